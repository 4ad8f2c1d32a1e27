"""Whose numbers are, at an increment: golden records tell the owners, and known rows were judged when they were linked."""

from analysis.engine import Engine
from analysis.linkage.card_numbers import Owners
from analysis.linkage.keys import tell_numbers
from analysis.rosters.identifiers import implied_birth

_KNOWN = Owners(
    "_owners", "sound", "sound",
    f"(in_register OR strftime(born, '%d%m%y') = {implied_birth('nik')})", "in_register",
    "FROM base_families UNION ALL FROM part_families",
)  # fmt: skip


def tell_new(engine: Engine, records: str) -> None:
    """Make `_cards` of `records`, rows nobody has seen, `part_cards` and `part_families`; owners are `base_nodes` and the rows themselves."""
    engine.table("part_families", FAMILIES.format(records=records))
    engine.table(
        "_new_owners",
        f"""SELECT nik, no_kk, sound, peran = 'registri_individu' AS in_register,
            CASE WHEN tgl_lahir_presisi = 'hari' THEN tgl_lahir END AS born FROM {records} LEFT JOIN _sounds USING (nama)""",
    )
    engine.view(
        "_owners",
        "SELECT nik, no_kk, sound, in_register, born FROM base_nodes UNION ALL FROM _new_owners",
    )
    tell_numbers(engine, records, _KNOWN)
    engine.table("part_cards", CARDS.format(records=records))
    engine.drop("_owners", "_new_owners")


# the family cards of rows; one a later part tells again is none the worse
FAMILIES = "SELECT DISTINCT CAST(no_kk AS BIGINT) AS number FROM {records} WHERE no_kk IS NOT NULL"
# what rows say whose NIK is a card's: a row that says the same is judged the same
CARDS = (
    "SELECT DISTINCT h, h2, card FROM {records} JOIN _cards USING (record_id) WHERE h IS NOT NULL"
)


def recall_cards(engine: Engine, records: str) -> None:
    """Make `_cards` of `records`, rows with their words (h, h2), as they were judged when they were linked."""
    engine.table(
        "_cards",
        f"""SELECT record_id, min(card) AS card FROM {records} JOIN (FROM base_cards UNION ALL FROM part_cards) USING (h, h2)
        GROUP BY record_id""",
    )
