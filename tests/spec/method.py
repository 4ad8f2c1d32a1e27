"""Renders the rule specifications into docs/METHOD.md, between two marks; run it to renew the document."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from rule_specs import FILES, Spec, read_spec  # noqa: E402

from analysis.notation import plain_date  # noqa: E402

METHOD = HERE.parents[1] / "docs" / "METHOD.md"
START, END = (
    "<!-- aturan gabungan: mulai (python tests/spec/method.py) -->",
    "<!-- aturan gabungan: selesai -->",
)
_WINDOW = {
    "periode_sama": "bulan yang sama", "tahun_anggaran": "tahun anggaran yang sama", "sekali": "sekali untuk seterusnya",
    "setelah_peristiwa": "setelah peristiwa",
}  # fmt: skip
_INTRO = """## Aturan gabungan program: contoh dan putusan

Setiap aturan diuji dengan lima keluarga. Tanpa aturan putusannya `belum_diatur`: bukan izin dan bukan larangan.
Hanya naskah yang dibaca dan pasal yang disebut dapat menghasilkan `dilarang`; aturan contoh di akhir adalah rekaan
untuk kota contoh. Tanda `–` pada putusan: tidak ada yang bertemu. Satuan "orang": satu orang menerima keduanya."""


def current_text() -> str:
    """The document as it should be: what stands outside the marks stays as it is."""
    old = METHOD.read_text(encoding="utf-8") if METHOD.exists() else f"# Metode\n\n{START}\n{END}\n"
    if START not in old:
        old = f"{old.rstrip()}\n\n{START}\n{END}\n"
    before, rest = old.split(START)
    after = rest.split(END)[1]
    sections = [
        _section(read_spec(path))
        for path in sorted(FILES, key=lambda p: (p.stem.startswith("contoh"), p.stem))
    ]
    return f"{before}{START}\n\n{_INTRO}\n\n" + "\n\n".join(sections) + f"\n\n{END}{after}"


def _section(spec: Spec) -> str:
    rule = spec.rule
    article = f", pasal {rule.pasal}" if rule.pasal else ""
    until = f" sampai {plain_date(rule.berlaku_sampai)}" if rule.berlaku_sampai else ""
    lines = [
        f"### {spec.judul}",
        "",
        f"Aturan `{rule.kode}` · satuan {'orang' if rule.satuan == 'jiwa' else 'keluarga'} · {_WINDOW[rule.jendela]} · berlaku "
        f"sejak {plain_date(rule.berlaku_mulai)}{until} · naskah {rule.status_naskah}.",
        f"Alasan: {rule.alasan} Dasar: {rule.dasar_hukum}{article}. Sumber: {rule.sumber}.",
        "",
        f"| Keluarga (pada {plain_date(spec.tanggal)}) | Tercatat | Putusan |",
        "|---|---|---|",
    ]
    return "\n".join(
        lines + [f"| {g['siapa']} | {_listed(g)} | {_verdict(g)} |" for g in spec.keluarga]
    )


def _listed(given: dict) -> str:
    now = ", ".join(given["daftar"]) or "–"
    old = ", ".join(given.get("daftar_lama", []))
    return f"{now}; daftar {given['periode_lama']}: {old}" if old else now


def _verdict(given: dict) -> str:
    return f"`{given['putusan']}`" if given["putusan"] else "–"


if __name__ == "__main__":
    METHOD.write_text(current_text(), encoding="utf-8")
