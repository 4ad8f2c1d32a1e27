"""Why a pair of records is, or is not, one person: the review pair's pattern against the set's model."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.engine import Engine, Store
from analysis.errors import UsageError, message
from analysis.field.review import LinkReview
from analysis.linkage import Background, Evidence, background, model_table, taken_apart
from analysis.policy import Rulebook

_FIELDS = ("daftar", "nama_asli", "nik_t", "no_kk", "tgl_lahir", "jenis_kelamin", "alamat_t")


@dataclass(frozen=True)
class Explanation:
    """A pair's evidence, its two rows (medan, a, b), and whether they are joined now."""

    number: str
    evidence: Evidence
    rows: pd.DataFrame
    joined: bool

    def sentence(self, lang: str = "id") -> str:
        """Evidence and state in plain words; no value of any row."""
        state = message("explain_joined" if self.joined else "explain_apart", lang)
        return f"{self.evidence.sentence(lang)} {state}"


def explain(
    review: LinkReview, registry: Store, rulebook: Rulebook, pair: str, lang: str = "id"
) -> Explanation:
    """The explanation of review pair `pair` (P-…). Raises UsageError where it is unknown or has no score."""
    pairs = review.pairs()
    found = next((row for row in pairs.itertuples() if row.nomor == pair), None)
    if found is None:
        raise UsageError("explain_unknown", pair=pair)
    if pd.isna(found.pola) and found.told:
        raise UsageError("explain_answered", pair=pair, told=found.told)
    if pd.isna(found.pola):
        raise UsageError("explain_without_score", pair=pair)
    model, rules = model_of(registry, review.store, rulebook), rulebook.linkage
    evidence, scored = taken_apart(int(found.pola), model, rules, lang), pairs.dropna(subset="pola")
    if model.scored(scored["pola"], scored["peluang"], rules):
        evidence = evidence.with_lists(float(found.peluang), rules, lang)
    sides = [[_text(getattr(found, f"{column}_{side}")) for column in _FIELDS] for side in "ab"]
    heads = message("explain_fields", lang).split("|")
    rows = pd.DataFrame({"medan": heads, "a": sides[0], "b": sides[1]})
    return Explanation(pair, evidence, rows, bool(found.digabung))


def model_of(registry: Store, linked: Store, rulebook: Rulebook) -> Background:
    """The model of the period in `linked`, as evidence is told against it."""
    table_name = model_table(registry, linked)
    with Engine() as engine:
        registry.attach(engine, table_name)
        table = engine.frame(f"SELECT pattern, peluang FROM {table_name} ORDER BY pattern")
    return background(table.set_index("pattern")["peluang"], rulebook.linkage)


def explanation_path(root: Path, store: Store, number: str, wished: Path | None) -> Path:
    """Where the page goes: the period's review folder, or `wished` below data/. Raises UsageError elsewhere."""
    data = (root / "data").resolve()
    target = (wished or store.folder / "tinjau" / f"penjelasan_{number}.html").resolve()
    if not target.is_relative_to(data):
        raise UsageError("explain_outside", file=target.name)
    return target


def _text(value: object) -> str:
    text = "" if value is None or value != value else str(value)
    return "–" if text in ("", "NaT") else text.removesuffix(" 00:00:00")
