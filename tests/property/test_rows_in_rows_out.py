"""Whatever a clerk's table looks like, no row is lost and none is invented."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from rosterkit import cleaned, pkh

from analysis.errors import SelarasError
from analysis.policy import load_rulebook

CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "",
            "-",
            "JUMLAH",
            "TOTAL",
            "NIP",
            "SARI DEWI",
            "H. UJANG, S.Pd",
            "Cikole",
            "05/03/1980",
            "NIK",
        ]
    ),
    st.from_regex(r"[0-9]{10,18}", fullmatch=True),
    st.integers(0, 10**16),
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12),
)
ROWS = st.lists(st.lists(CELLS, min_size=6, max_size=6), min_size=1, max_size=25)


@settings(max_examples=40, deadline=None)
@given(rows=ROWS)
def test_rows_read_are_rows_kept_plus_rows_set_aside(rows):
    sure = ["3272010503809001", "3272010101159001", "SARI", "05/03/1980", "Cikole", 600000]
    with TemporaryDirectory() as name:
        pkh(Path(name), [sure, *rows])
        try:
            with cleaned(Path(name), load_rulebook()) as engine:
                total = engine.rows(
                    "SELECT sum(baris_dibaca), sum(baris_disimpan), sum(baris_dikeluarkan) FROM core_files"
                )[0]
                records = engine.one("SELECT count(*) FROM core_records")
                aside = engine.one(
                    "SELECT count(*) FROM core_findings WHERE disposisi = 'dikeluarkan'"
                )
                last = max(
                    (
                        n
                        for n, row in enumerate(rows, start=5)
                        if any(c not in (None, "") for c in row)
                    ),
                    default=4,
                )
        except SelarasError as error:
            if error.key != "nik_gate":
                raise
            return
    assert total[0] == total[1] + total[2]
    assert (records, aside) == (total[1], total[2])
    assert total[0] >= last
