"""Which blocking rules a list of any size can afford, told by a sample of its rows."""

from analysis.engine import Engine
from analysis.linkage.lists.keys import Rule
from analysis.policy import Linkage

_AT_ONCE = 24  # rules whose keys are held at the same time


def affordable(engine: Engine, offered: list[Rule], rules: Linkage) -> list[str]:
    """Queries (node, rule, key) of the rules worth their cost: in turn one of every two fields, the loosest first.

    Every key costs time in each row, every pair a comparison: both are bounded for the whole list.
    """
    bounds = rules.lain
    rows = int(engine.one("SELECT count(*) FROM _rows"))
    parts = max(1, rows // bounds.baris_sampel)
    cost = _costs(engine, offered, parts, rules)
    each = bounds.pasangan_per_baris * rows
    kept = [rule for rule in offered if 0 < cost.get(rule.name, 0) <= each]
    left, most = (
        bounds.pasangan_maks * rows + bounds.pasangan_awal,
        max(bounds.kunci_maks // max(rows, 1), 1),
    )
    chosen = []
    for rule in _in_turn(kept, cost, each):
        if len(chosen) < most and cost[rule.name] <= left:
            left -= cost[rule.name]
            chosen.append(rule)
    return [rule.query() for rule in sorted(chosen)]


def _in_turn(kept: list[Rule], cost: dict[str, float], each: float) -> list[Rule]:
    """Rules, first one of every two fields, then another: the loosest that costs a tenth of what one may, then others."""
    by_fields: dict[tuple[str, ...], list[Rule]] = {}
    for rule in sorted(kept, key=lambda r: (cost[r.name] > each / 10, abs(cost[r.name] - each / 10), r.name)):  # fmt: skip
        by_fields.setdefault(rule.fields, []).append(rule)
    places = [(place, cost[rule.name], rule) for group in by_fields.values() for place, rule in enumerate(group)]  # fmt: skip
    return [rule for *_, rule in sorted(places)]


def _costs(engine: Engine, offered: list[Rule], parts: int, rules: Linkage) -> dict[str, float]:
    """Pairs each rule costs: of one row in `parts`, times `parts` squared."""
    found: dict[str, float] = {}
    largest = rules.lain.blok_maks // parts + 1
    rows = "_rows"
    if parts > 1:
        rows = "_sample"
        engine.table(rows, f"SELECT * FROM _rows WHERE hash(node, 3) % {parts} = 0")
    for start in range(0, len(offered), _AT_ONCE):
        some = " UNION ALL ".join(rule.query(rows) for rule in offered[start : start + _AT_ONCE])
        found |= engine.rows(
            f"""SELECT rule, sum(n * (n - 1) / 2) * {parts**2} FROM (
                SELECT rule, key, count(*) AS n FROM ({some}) GROUP BY rule, key HAVING n BETWEEN 2 AND {largest})
            GROUP BY rule"""
        )
    engine.drop("_sample")
    return found
