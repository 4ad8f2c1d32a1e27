"""Pairwise precision and recall against the sample city's truth: Selaras and exact NIK."""

from pathlib import Path

from measuring import printed

from analysis.engine import Engine

PAIRS = """
WITH t AS (SELECT r.record_id, t.person_id AS truth, {key} AS found FROM core_records r
           JOIN truth_record t USING (record_id) {join}),
found AS (SELECT sum(n * (n - 1) / 2) AS pairs FROM (SELECT count(*) AS n FROM t WHERE found IS NOT NULL GROUP BY found)),
truth AS (SELECT sum(n * (n - 1) / 2) AS pairs FROM (SELECT count(*) AS n FROM t GROUP BY truth)),
common AS (SELECT sum(n * (n - 1) / 2) AS pairs FROM (
    SELECT count(*) AS n FROM t WHERE found IS NOT NULL GROUP BY found, truth))
SELECT common.pairs / found.pairs, common.pairs / truth.pairs,
    (SELECT count(DISTINCT found) + count(*) FILTER (found IS NULL) FROM t) / (SELECT count(DISTINCT truth) FROM t)
FROM found, truth, common
"""


def quality(engine: Engine, key: str, join: str = "") -> tuple[float, float, float]:
    """Precision, recall, and persons counted per true person."""
    return tuple(float(cell) for cell in engine.rows(PAIRS.format(key=key, join=join))[0])


def section(office: Path) -> str:
    """The finished office's links against its truth."""
    return "## Linkage against exact NIK\n\n" + printed("linkage_quality.py", office)


def main() -> None:
    store = next(Path("data/derived").glob("*/*/core"))
    with Engine() as engine:
        engine.attach("core_records", store / "core_records.parquet")
        engine.attach("core_links", store / "core_links.parquet")
        engine.attach("truth_record", next(Path("data/truth").glob("*/truth_record.parquet")))
        ways = {
            "Selaras": quality(engine, "l.person_id", "JOIN core_links l USING (record_id)"),
            "exact NIK": quality(engine, "r.nik"),
        }
    print(
        "| way | precision | recall | F1 | persons counted ÷ true persons |\n|---|---|---|---|---|"
    )
    for name, (precision, recall, persons) in ways.items():
        f1 = 2 * precision * recall / (precision + recall)
        print(f"| {name} | {precision:.4f} | {recall:.4f} | {f1:.4f} | {persons:.4f} |")


if __name__ == "__main__":
    main()
