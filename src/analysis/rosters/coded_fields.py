"""Coded fields: sex, kinship, group, funds, segment and the like, from whatever spelling to their code."""

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Rulebook

_CODED = {
    "kelamin": "jenis_kelamin_t",
    "hubungan": "hubungan_keluarga_t",
    "kelompok": "kelompok_t",
    "dana": "sumber_dana_t",
    "segmen": "segmen_t",
    "tahap": "tahap_t",
    "hasil": "hasil_t",
    "disabilitas": "disabilitas_t",
}


def decode(engine: Engine, rulebook: Rulebook) -> None:
    """Make `_decoded`: each distinct text of a coded field of `_data` once, with its code."""
    engine.register("_codes", _spellings(rulebook))
    texts = " UNION ALL ".join(
        f"SELECT DISTINCT '{field}' AS medan, {column} AS asli FROM _data WHERE {column} IS NOT NULL"
        for field, column in _CODED.items()
    )
    engine.table(
        "_decoded",
        f"""SELECT t.medan, t.asli, c.kode FROM ({texts}) t JOIN _codes c ON c.medan = t.medan
            AND c.teks = trim(regexp_replace(lower(t.asli), '[^a-z0-9]+', ' ', 'g'))""",
    )
    engine.drop("_codes")


def join_codes() -> str:
    """Joins of the rows `d` with the code of each coded field, each under the field's name."""
    return " ".join(
        f"LEFT JOIN _decoded {field} ON {field}.medan = '{field}' AND {field}.asli = d.{column}"
        for field, column in _CODED.items()
    )


def _spellings(rulebook: Rulebook) -> pd.DataFrame:
    """Spellings of coded fields: (medan, teks in lower case without punctuation, kode)."""
    rows = [
        (field, _plain(spelling), code)
        for field, name in (
            ("hubungan", "hubungan"),
            ("kelamin", "kelamin"),
            ("dana", "sumber_dana"),
            ("segmen", "segmen"),
            ("tahap", "tahap"),
            ("hasil", "hasil"),
            ("disabilitas", "disabilitas"),
        )
        for code, spellings in rulebook.codes[name].items()
        for spelling in spellings
    ]
    rows += [
        ("kelompok", _plain(spelling), group.kode)
        for group in rulebook.pas12
        for spelling in (group.nama, group.kode, str(group.nomor), *group.alias, *group.jenis_lama)
    ]
    frame = pd.DataFrame(rows, columns=["medan", "teks", "kode"])
    return frame.drop_duplicates(["medan", "teks"])


def _plain(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text.lower()).split())
