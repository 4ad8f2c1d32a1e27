"""Pairs of rows before reviewers, and their answers back. Nothing of it leaves the office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from analysis.engine import Engine, Store
from analysis.errors import UsageError
from analysis.field.asked_pairs import AskedPair, number_sql, read_asked, record_asked
from analysis.field.link_decisions import (
    ANSWERS,
    UNDO,
    LinkDecision,
    read_link_decisions,
    record_link_decisions,
    standing,
)
from analysis.field.review_answers import read_review
from analysis.field.review_sheet import SIDES, review_sheet
from analysis.field.sheets import renew_workbook
from analysis.policy import Rulebook


@dataclass(frozen=True)
class LinkReview:
    """Review of a period's links: `store` holds the tables, `decisions` what was answered before."""

    store: Store
    decisions: Path
    rulebook: Rulebook
    mark: str = ""

    def export(self) -> Path:
        """Write the sheet of pairs not settled yet, those on which reviewers differ first; they are known ever after.

        A sheet that lay there and may hold answers is kept in `sebelumnya/`.
        """
        pairs = self.pairs()
        open_pairs = pairs[pairs["jawaban"] == ""]
        record_asked(self.decisions, [_asked(pair) for pair in open_pairs.itertuples()])
        sheet = review_sheet(open_pairs, self.mark)
        return renew_workbook(self.store.folder / "tinjau" / "tinjau_padanan.xlsx", [sheet])

    def take_in(self, path: Path, password: str | None = None, lang: str = "id") -> int:
        """Record the answers of a sheet that came back, of this export or an older one; returns how many were new.

        Raises InputFileError naming every wrong row, in the words of `lang`; then nothing is recorded.
        """
        spoken = {word.whose for word in read_link_decisions(self.decisions)}
        answers = read_review(
            path, self._known(), spoken, date.today(), self.rulebook, password, lang
        )
        return record_link_decisions(self.decisions, answers)

    def label(self, pair: str, answer: str, reviewer: str, day: str, reason: str) -> int:
        """Record one answer. Raises UsageError for an unknown pair or answer, a nameless reviewer, nothing to take back."""
        known = self._known()
        if pair not in known or answer not in ANSWERS:
            raise UsageError("review_unknown", pair=pair, answers=", ".join(ANSWERS))
        reviewer, reason = " ".join(reviewer.split()), " ".join(reason.split())
        if not (reviewer and reason):
            raise UsageError("review_nameless")
        said = LinkDecision.on(known[pair], answer, reviewer, reason, day)
        if answer == UNDO and said.whose not in {w.whose for w in read_link_decisions(self.decisions)}:  # fmt: skip
            raise UsageError("review_nothing_to_undo", pair=pair, reviewer=reviewer)
        return record_link_decisions(self.decisions, [said], anew=True)

    def disputed(self) -> Sequence[str]:
        """Numbers of the pairs on which reviewers differ."""
        said = standing(read_link_decisions(self.decisions))
        with Engine() as engine:
            engine.register("_said", said[["kunci_a", "kunci_b", "berbeda"]])
            rows = engine.rows(f"SELECT {number_sql()} FROM _said WHERE berbeda ORDER BY 1")
        return [number for (number,) in rows]

    def pairs(self) -> pd.DataFrame:
        """The period's review pairs with both rows' fields, their number and what was said before."""
        said = standing(read_link_decisions(self.decisions))
        lists = [(layout.kode, layout.label) for layout in self.rulebook.layouts.values()]
        places = [(area.kode, area.nama) for area in self.rulebook.areas]
        with Engine() as engine:
            self.store.attach(engine, "core_review_pairs", "core_records")
            engine.register("_said", said.astype({"jawaban": "str", "told": "str"})[["kunci_a", "kunci_b", "jawaban", "told", "berbeda"]])  # fmt: skip
            engine.register("_labels", pd.DataFrame(lists, columns=["source", "daftar"]))
            engine.register("_names", pd.DataFrame(places, columns=["kode_wilayah", "kelurahan"]))
            return engine.frame(_PAIRS)

    def _known(self) -> dict[str, AskedPair]:
        """Every pair an answer may speak of: what any export asked, and the period's own."""
        own = (_asked(pair) for pair in self.pairs().itertuples())
        return {pair.nomor: pair for pair in (*read_asked(self.decisions), *own)}


_SHOWN = """(
    SELECT r.*, coalesce(daftar, r.source) AS daftar, coalesce(nik, nik15 || '?', replace(nik_status, '_', ' ')) AS nik_t,
        concat_ws(' ', alamat, 'RT ' || rt, 'RW ' || rw, coalesce(kelurahan, kode_wilayah)) AS alamat_t
    FROM core_records r LEFT JOIN _labels USING (source) LEFT JOIN _names USING (kode_wilayah))"""
_PAIRS = f"""
    SELECT {number_sql("p.")} AS nomor, p.*, {", ".join(f"{s}.{c} AS {c}_{s}" for c in ("source", *SIDES) for s in ("a", "b"))},
        coalesce(s.jawaban, '') AS jawaban, coalesce(s.told, '') AS told,
        coalesce(s.berbeda, false) AS berbeda
    FROM core_review_pairs p JOIN {_SHOWN} a ON a.record_id = p.record_a JOIN {_SHOWN} b ON b.record_id = p.record_b
    LEFT JOIN _said s ON s.kunci_a = p.kunci_a AND s.kunci_b = p.kunci_b
    ORDER BY coalesce(s.berbeda, false) DESC, sebab = 'acak', sebab, abs(coalesce(peluang, 0.5) - 0.5), nomor"""


def _asked(pair) -> AskedPair:
    drawn = not pd.isna(pair.bobot)
    return AskedPair(
        pair.nomor, pair.kunci_a, pair.kunci_b, str(bool(pair.digabung)).lower(),
        str(int(pair.lapisan)) if drawn else "", f"{pair.bobot:.4f}" if drawn else "",
    )  # fmt: skip
