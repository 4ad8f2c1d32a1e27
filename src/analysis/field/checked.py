"""What came back from the field on a period: the brief of the next one says what the checks came to."""

from collections.abc import Sequence

from analysis.engine import Engine, Store
from analysis.field.cases import build_cases, case_inputs
from analysis.field.decisions import Decision, case_states
from analysis.policy import Rulebook

TABLE = "out_checks"
DIFFERENT = "berbeda"  # answers on one case that do not agree


def register_checks(
    engine: Engine, store: Store, rulebook: Rulebook, answers: Sequence[Decision], key: str
) -> None:
    """Make `out_checks`: case_id, kode_wilayah, jenis, hasil of each answered case of the period in `store`.

    No table where nothing was answered, where the period was never assessed, or where the answers are to
    cases of another. `key` is the office key under which the cases were sent out.
    """
    if not answers or not all(store.path(name).exists() for name in case_inputs()):
        return
    with Engine() as own:
        store.attach(own, *case_inputs())
        build_cases(own, rulebook, key)
        own.register("_state", case_states(answers).astype({"berbeda": "bool"}))
        checked = own.frame(f"""
            SELECT c.case_id, c.kode_wilayah, c.jenis, CASE WHEN s.berbeda THEN '{DIFFERENT}' ELSE s.hasil END AS hasil
            FROM _case c JOIN _state s USING (case_id) ORDER BY c.case_id""")
    if len(checked):
        engine.register(TABLE, checked)
