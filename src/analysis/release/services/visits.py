"""The log of the 12 PAS and the logs' identity: what is needed and served, who came, which rows bear a NIK."""

from analysis.policy import Rulebook
from analysis.release.links import Link
from analysis.release.other_tables import Wish
from analysis.release.services.links import ARRIVALS, part


def wishes(rulebook: Rulebook) -> list[Wish]:
    """Needs by PAS group, sensitive groups as one; persons seen, those held by national programmes among them; rows with and without a NIK."""
    guarded = ", ".join(f"'{group.kode}'" for group in rulebook.pas12 if group.sensitif)
    need = f"""SELECT CASE WHEN kelompok IN ({guarded}) THEN 'sensitif' ELSE kelompok END AS kelompok, kebutuhan, kebutuhan_terlayani
        FROM out_pas12_groups WHERE kebutuhan IS NOT NULL"""
    persons = "SELECT 'orang' AS hal, is_nasional FROM out_pas12_visits WHERE orang_ke = 1"
    return [
        Wish("out_pas12_groups", "pas12_kebutuhan", "jiwa", need, {
            "row": "kelompok", "n": "kebutuhan", "measure": "kebutuhan", "parts": {"terlayani": "kebutuhan_terlayani"},
            "together": True, "links": (
                Link(("kolaborasi", "{city}", "pas12", "", "dibutuhkan"), over_rows=True),
                Link(("kolaborasi", "{city}", "pas12", "", "terlayani"), part("terlayani"), over_rows=True))}),
        Wish("out_pas12_visits", "pas12_kaitan", "jiwa", persons, {
            "row": "hal", "measure": "orang", "parts": {"nasional": "is_nasional::INT"},
            "links": (Link(("pas12", "{area}", "ringkas", "", "orang")),)}),
        Wish("out_service_identity", "identitas", "kasus", options={
            "row": "source", "n": "baris", "measure": "baris",
            "parts": {"dengan_nik": "dengan_nik", "sebagian": "sebagian", "tanpa": "tanpa"},
            "links": (ARRIVALS, Link(("layanan", "{area}", "{row}", "", "tanpa_nik"), part("tanpa")))}),
    ]  # fmt: skip
