"""Which field each column of an unknown sheet may be: by its header, and by what stands under it."""

import pyarrow as pa

from analysis.engine import Engine
from analysis.policy import ProposalRule, Rulebook
from analysis.rosters.column_evidence import measured_columns
from analysis.rosters.proposal import Proposal, ProposedColumn
from analysis.rosters.recognition import squeezed

BY_HEADER, BY_VALUES, BY_NOTHING = "judul", "isi", ""


def propose(
    engine: Engine, rulebook: Rulebook, file: str, sheet: str, cells: pa.Table
) -> Proposal | None:
    """The proposal for one sheet of text cells; None where no row looks like a header."""
    names = [name for name in cells.column_names if name != "baris"]
    top = cells.slice(0, rulebook.reading.baris_kepala_maks).to_pylist()
    header_row = _header_row(top, names, rulebook)
    if header_row is None:
        return None
    headers = {name: (top[header_row - 1][name] or "") for name in names}
    engine.register("_proposed", cells.slice(header_row).select(names))
    rows = int(engine.one("SELECT count(*) FROM _proposed"))
    measured = measured_columns(engine, rulebook, names, rows)
    columns = _assign(rulebook, names, headers, measured)
    engine.drop("_proposed")
    return Proposal(file, sheet, header_row, rows, tuple(columns))


def _header_row(top: list[dict], names: list[str], rulebook: Rulebook) -> int | None:
    """The row with most different short words without long numbers, with rows below it."""
    known = {
        squeezed(alias)
        for layout in rulebook.layouts.values()
        for names_ in layout.kolom.values()
        for alias in names_
    }

    def score(row: dict) -> tuple[int, int]:
        texts = [row[name] for name in names if row[name]]
        words = [t for t in texts if len(t) <= 60 and sum(c.isdigit() for c in t) < 4]
        recognised = sum(squeezed(t) in known for t in words)
        return (
            recognised * 3 + len(set(words)) if len(words) == len(texts) else 0,
            -int(row["baris"]),
        )

    best = max(top[:-1] or top, key=score, default=None)
    return int(best["baris"]) if best and score(best)[0] >= 2 else None


def _assign(
    rulebook: Rulebook, names: list[str], headers: dict[str, str], measured: dict
) -> list[ProposedColumn]:
    """Headers first, then values for what is left; a field is given once, to the column that bears it out best."""
    aliases = {
        squeezed(alias): field
        for layout in rulebook.layouts.values() if layout.peran != "survei"
        for field, spelled in layout.kolom.items() for alias in spelled
    }  # fmt: skip
    given: dict[str, tuple[str, str]] = {}
    for name in names:
        field = aliases.get(squeezed(headers[name])) if headers[name] else None
        if (
            field
            and field not in {f for f, _ in given.values()}
            and _borne_out(field, measured[name], rulebook.reading.usulan)
        ):
            given[name] = (field, BY_HEADER)
    for name, field in _by_values(names, measured, given, rulebook.reading.usulan):
        given[name] = (field, BY_VALUES)
    return [
        ProposedColumn(
            name, headers[name], *given.get(name, (None, BY_NOTHING)),
            measured[name].get(given[name][0], 1.0) if name in given else 0.0, measured[name]["filled"],
        )
        for name in names if headers[name] or measured[name]["filled"] > 0
    ]  # fmt: skip


def _borne_out(field: str, shares: dict[str, float], rule: ProposalRule) -> bool:
    """A header that says NIK over a column of dates is not believed; what cannot be tested is."""
    if field not in ("nik", "no_kk", "tgl_lahir") or shares["filled"] == 0:
        return True
    others = [shares[name] for name in ("nik", "tgl_lahir", "manfaat_rp", "nama") if name != field]
    return shares[field] > rule.judul_dipercaya or max(others) < rule.cukup


def _by_values(
    names: list[str], measured: dict, given: dict, rule: ProposalRule
) -> list[tuple[str, str]]:
    placed: list[tuple[str, str]] = []
    free = [name for name in names if name not in given]
    order = (
        "nik",
        "no_kk",
        "tgl_lahir",
        "kelurahan",
        "kecamatan",
        "jenis_kelamin",
        "alamat",
        "nama",
        "manfaat_rp",
        "desil",
    )
    for field in order:
        if field in {f for f, _ in given.values()}:
            continue
        able = [
            n
            for n in free
            if measured[n][field] >= rule.cukup and _plausible(field, measured[n], rule)
        ]
        if able:
            best = max(able, key=lambda n: (measured[n][field], measured[n]["distinct"], n))
            placed.append((best, field))
            free.remove(best)
    return placed


def _plausible(field: str, shares: dict[str, float], rule: ProposalRule) -> bool:
    """Names differ from row to row; areas, sexes and decile classes repeat."""
    if field in ("nik", "nama"):
        return shares["distinct"] > rule.beda_orang
    return (
        field not in ("kelurahan", "kecamatan", "jenis_kelamin", "desil")
        or shares["distinct"] < rule.beda_kelas
    )
