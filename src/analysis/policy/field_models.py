"""Rules of work sheets: which cases go to the field, what to check, which answers exist."""

from analysis.policy.base import Rule, Said, Verdict


class CaseKind(Rule):
    """A kind of case: its name and what the officer is asked to check."""

    label: Said
    periksa: Said


class Answers(Rule):
    """The answers of the drop-down lists, code → words; `tahap` is how far the answer settles the case."""

    hasil: dict[str, str]
    tindak_lanjut: dict[str, str]
    tahap: dict[str, str]


class FieldWork(Rule):
    """`putusan_kasus`: verdicts that make a case; `urutan_siks`: columns of usulan and sanggah sheets."""

    putusan_kasus: tuple[Verdict, ...]
    provinsi: Said
    urutan_siks: tuple[str, ...]
    jenis: dict[str, CaseKind]
    jawaban: Answers
    sumber: Said
