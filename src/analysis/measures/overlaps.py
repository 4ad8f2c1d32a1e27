"""Everything about programmes that meet, in the order it is made."""

from analysis.engine import Engine
from analysis.measures.aggregates import build_amounts, build_combinations
from analysis.measures.doubt import build_doubt
from analysis.measures.eligibility import build_desil_at_decision
from analysis.measures.meetings import build_meetings
from analysis.measures.overlap import build_overlap
from analysis.policy import Policy
from analysis.settings import Run


def build_meeting_tables(engine: Engine, policy: Policy, run: Run) -> list[str]:
    """Make out_overlap, out_combinations, out_telaah, out_meetings and out_overlap_doubt.

    Also `_desil_at_decision`, on which the review of eligibility rests. Needs out_family_programmes.
    """
    made = [
        *build_overlap(engine, policy, run),
        *build_combinations(engine),
        *build_amounts(engine),
    ]
    made += [*build_meetings(engine, policy, run), *build_doubt(engine, policy)]
    build_desil_at_decision(engine, run)
    return made
