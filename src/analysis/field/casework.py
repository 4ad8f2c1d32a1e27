"""Field work on a period: cases out per kelurahan, answers back, how far each case has come."""

from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.engine import Engine, Store
from analysis.errors import UsageError
from analysis.field.answers import read_answers
from analysis.field.casebook import write_casebooks
from analysis.field.cases import build_cases, case_inputs
from analysis.field.decisions import INDICATION, case_states, read_decisions, record_decisions
from analysis.policy import Rulebook

FOLDER = "lapangan"
_ROWS = ("core_records", "core_links", "out_family_programmes")


@dataclass(frozen=True)
class Casework:
    """A period's cases: `store` holds its tables, `decisions` is the set's folder of answers, `key` the office key."""

    store: Store
    rulebook: Rulebook
    decisions: Path
    key: str
    mark: str = ""

    def export(self, password: str | None = None) -> list[Path]:
        """Write the work sheets of every kelurahan that has cases or proposals; returns the files.

        With a password the workbooks are encrypted.
        """
        with self._opened() as engine:
            _proposals(engine, self.rulebook)
            _faces(engine)
            states = case_states(read_decisions(self.decisions))
            return write_casebooks(
                engine, self.rulebook, states, self.store.folder / FOLDER, self.mark, password
            )

    def take_in(self, files: Sequence[Path], password: str | None = None) -> int:
        """Read filled sheets; all of them, or none where one has a mistake. Returns answers added."""
        with self._opened() as engine:
            known = {row[0] for row in engine.rows("SELECT case_id FROM _case")}
        known |= {answer.case_id for answer in read_decisions(self.decisions)}
        answers = [a for file in files for a in read_answers(file, self.rulebook, known, password)]
        return record_decisions(self.decisions, answers)

    def progress(self) -> pd.DataFrame:
        """A row a kind and status: cases, of which answers differ; 'kasus lama' were answered but are found no more."""
        states = case_states(read_decisions(self.decisions))
        with self._opened() as engine:
            engine.register("_state", states.astype({"berbeda": "bool"}))
            return engine.frame(f"""
                SELECT coalesce(c.jenis, 'kasus lama') AS jenis, coalesce(s.status, '{INDICATION}') AS status,
                    count(*) AS kasus, count(*) FILTER (coalesce(s.berbeda, false)) AS berbeda
                FROM _case c FULL JOIN _state s USING (case_id) GROUP BY 1, 2 ORDER BY 1, 2""")

    @contextmanager
    def _opened(self):
        missing = [name for name in (*case_inputs(), *_ROWS) if not self.store.path(name).exists()]
        if missing:
            raise UsageError("field_not_assessed", tables=", ".join(missing))
        with Engine() as engine:
            self.store.attach(engine, *case_inputs(), *_ROWS)
            build_cases(engine, self.rulebook, self.key)
            yield engine


def _proposals(engine: Engine, rulebook: Rulebook) -> None:
    """Make `_proposal`: families of the priority desil registered without a programme."""
    priority = ", ".join(str(desil) for desil in rulebook.targeting.desil_prioritas)
    engine.table(
        "_proposal",
        f"""
        SELECT family_id, desil, (SELECT count(DISTINCT programme) FROM core_enrolments) AS lists
        FROM out_family_programmes WHERE is_registri AND n_programmes = 0 AND desil IN ({priority})""",
    )


def _faces(engine: Engine) -> None:
    """Make `_face`: how the officer finds them; person_id null = the head of the family.

    The register's rows are trusted before a list's; the head is who a row calls so, else who stands first.
    """
    engine.table(
        "_face",
        """
        WITH wanted AS (SELECT family_id FROM _case UNION SELECT family_id FROM _proposal),
        seen AS (
            SELECT r.*, p.family_id, p.person_id, NOT r.peran LIKE 'registri%' AS listed
            FROM core_records r JOIN core_links l USING (record_id) JOIN core_persons p USING (person_id)
            WHERE p.family_id IN (SELECT family_id FROM wanted)),
        heads AS (
            SELECT family_id, arg_min(person_id, (hubungan_keluarga IS DISTINCT FROM 'kepala', listed, record_id)) AS person_id
            FROM seen GROUP BY family_id),
        places AS (
            SELECT family_id, arg_min(alamat, (listed, record_id)) FILTER (alamat IS NOT NULL) AS alamat,
                arg_min(rt, (listed, record_id)) FILTER (rt IS NOT NULL) AS rt,
                arg_min(rw, (listed, record_id)) FILTER (rw IS NOT NULL) AS rw
            FROM seen GROUP BY family_id),
        asked AS (
            SELECT family_id, person_id, true AS is_head FROM heads
            UNION ALL SELECT DISTINCT family_id, person_id, false FROM _case WHERE person_id IS NOT NULL),
        persons AS (
            SELECT person_id, arg_min(nama_asli, (listed, record_id)) FILTER (nama_asli IS NOT NULL) AS nama,
                arg_min(nik, (listed, record_id)) FILTER (nik IS NOT NULL) AS nik,
                arg_min(hubungan_keluarga, (listed, record_id)) FILTER (hubungan_keluarga IS NOT NULL) AS hubungan_keluarga,
                arg_min(jenis_kelamin, (listed, record_id)) FILTER (jenis_kelamin IS NOT NULL) AS jenis_kelamin,
                arg_min(tgl_lahir, (listed, record_id)) FILTER (tgl_lahir IS NOT NULL) AS tgl_lahir
            FROM seen GROUP BY person_id)
        SELECT a.family_id, CASE WHEN NOT a.is_head THEN a.person_id END AS person_id, p.* EXCLUDE (person_id),
            l.alamat, l.rt, l.rw
        FROM asked a JOIN persons p USING (person_id) JOIN places l USING (family_id)""",
    )
