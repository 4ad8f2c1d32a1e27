"""What may leave the office: protected cells, the leak gate, the manifest.

To publish a new out_* table, add one `Wish` to `other_tables.WISHES`, for example

    Wish("out_jkn", "jkn", "jiwa", options={"row": "segmen", "column": "desil", "area": "kode_wilayah", "n": "orang"})
    Wish("out_movement", "perpindahan", "keluarga",
         query="SELECT programme, kode_wilayah, arah FROM out_movement WHERE unit = 'keluarga'",
         options={"row": "programme", "column": "arah", "area": "kode_wilayah"})
    Wish("out_ladder", "penyaluran", "keluarga", options={"row": "programme", "area": "kode_wilayah",
         "n": "n_sk", "measure": "sk", "parts": {"belum_transaksi": "n_belum"}})

It becomes `rilis_<topic>`: `wilayah` = 32.72 and, with `area`, each kecamatan and kelurahan;
`baris` = the row column, `kolom` = the column column and 'jumlah', `ukuran` = `measure` (default:
the unit) and each part with its share `bagian_<part>`. Every unit must stand in the table (or in
the query) once: count persons or families, not rows. Nothing else is to be done: small counts and
zeros are hidden, the rest rounded, hierarchies audited, amounts follow their counts. Give only
counts: shares, means and intervals are recomputed from what is printed. `counts.release_counts`
says what each option means; use it directly where a topic needs its own code, as `pas.py` does.

What a reader of rilis_* must know: a hidden cell has status 'ditekan' and prints '–', be it small
or hidden to protect another (which of both, and zero or not, is not told); '<10' stands only for
status 'kurang_dari_k'. People are counted in multiples of 5 except book totals (recipients of a
programme × city, the register's size) and what the rules except (12 PAS by kelurahan). Topics by area: rilis_kelurahan and rilis_kecamatan
(priority families, programmes: penerima, sasaran, sasaran_terima, cakupan, di_atas_batas; `teks` =
above, level with, below the city), rilis_kasus (leads by kind: semua, ganda, kombinasi,
di_atas_batas), rilis_penerima (families by programme), rilis_pas12 row 'wilayah'.
"""

from analysis.lazily import lazily

__getattr__ = lazily(
    __name__,
    modules="leak_gate manifest",
    cells="release_tables",
    leak_gate="Leak",
    basis="RECORD basis",
)

__all__ = ["RECORD", "Leak", "basis", "leak_gate", "manifest", "release_tables"]
