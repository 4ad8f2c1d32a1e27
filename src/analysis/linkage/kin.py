"""A person without a family card who lives at a family's door and shares a name with it is of that family.

Neither is enough alone: two families live behind one door, and names are shared by a whole town. Where
two families qualify, nobody is chosen.
"""

from analysis.engine import Engine
from analysis.linkage.sounds import skeleton


def build_kin(engine: Engine) -> None:
    """Make `_kin` (person_id, no_kk) from `_seen` and `_best`: the one family at the same door with a name in common.

    A door is kelurahan and address line with RT and RW, which may be silent on one side but not differ.
    Names are compared by their sound, words of three letters or more.
    """
    engine.table(
        "_housed",
        """SELECT person_id, no_kk, nama, kode_wilayah, alamat, rt, rw FROM _seen
        WHERE alamat IS NOT NULL AND kode_wilayah IS NOT NULL""",
    )
    engine.table(
        "_homeless",
        """SELECT DISTINCT s.person_id, s.kode_wilayah, s.alamat, s.rt, s.rw, s.nama FROM _housed s JOIN _best b USING (person_id)
        WHERE b.no_kk IS NULL AND s.nama IS NOT NULL""",
    )
    engine.table(
        "_doors",
        """SELECT DISTINCT h.person_id, h.nama, s.no_kk FROM _homeless h JOIN _housed s
        ON s.kode_wilayah = h.kode_wilayah AND s.alamat = h.alamat AND s.no_kk IS NOT NULL
            AND coalesce(s.rt = h.rt, true) AND coalesce(s.rw = h.rw, true)""",
    )
    engine.table(
        "_kin",
        f"""WITH members AS (SELECT DISTINCT no_kk, nama FROM _seen SEMI JOIN _doors USING (no_kk) WHERE nama IS NOT NULL),
        own AS (SELECT person_id, no_kk, unnest({_words("nama")}) AS word FROM _doors),
        theirs AS (SELECT no_kk, unnest({_words("nama")}) AS word FROM members),
        shared AS (SELECT DISTINCT person_id, no_kk FROM own JOIN theirs USING (no_kk, word) WHERE length(word) >= 3)
        SELECT person_id, min(no_kk) AS no_kk FROM shared GROUP BY person_id HAVING count(*) = 1""",
    )
    engine.drop("_housed", "_homeless", "_doors")


def _words(name: str) -> str:
    return f"string_split({skeleton(name)}, ' ')"
