"""Rules of services on need, staged selection, insurance, movement and shared work."""

from typing import Annotated, Literal

from pydantic import Field

from analysis.policy.base import Authority, Desil, Rule, TextStatus, Unit

Days = Annotated[int, Field(ge=1)]


class PasRule(Rule):
    """The 12 PAS log: persons a kelurahan and round, and which official figure is the target in families."""

    program: str
    per_kelurahan: Annotated[int, Field(ge=1)]
    sasaran_statistik: str
    daftar_kebutuhan: str
    sumber: str


class StayRule(Rule):
    """Stays: the length others aim at, the outcomes that end a stay, when a log has a gap (days)."""

    lama_acuan_hari: Days
    hasil_akhir: tuple[str, ...]
    hasil_nik: str
    hasil_provinsi: str
    jeda_log_hari: Days
    sumber: str


class SchoolLevel(Rule):
    """A school level and its ages in completed years, both ends included."""

    kode: str
    usia_minimum: int
    usia_maksimum: int


class SchoolRule(Rule):
    """Staged selection into a school: the programme's desil decides, with age and school status."""

    program: str
    jenjang: tuple[SchoolLevel, ...]
    sumber: str


class InsuranceRule(Rule):
    """JKN: who pays which segment, and the words that say a membership is off."""

    program: str
    segmen_pusat: str
    segmen_kota: str
    program_kota: str
    status_nonaktif: tuple[str, ...]
    sumber: str


class MovementRule(Rule):
    """From how many desil on a change between two quarters is shown as a jump."""

    loncatan_desil: Annotated[int, Field(ge=1, le=9)]
    sumber: str


class ExtremeRule(Rule):
    """Extreme poverty: desil and list that mark a family, and the class of intervention of each programme."""

    desil: Desil
    daftar: str
    intervensi: dict[str, tuple[str, ...]]
    sumber: str
    status_naskah: TextStatus


class Need(Rule):
    """One need of the collaboration matrix: programmes of each level, who has the authority, on what text."""

    kode: str
    nama: str
    satuan: Unit
    kota: tuple[str, ...]
    provinsi: tuple[str, ...]
    pusat: tuple[str, ...]
    kewenangan: Authority
    dasar: str
    status_naskah: TextStatus
    permintaan: str = ""


class Request(Rule):
    """What is asked of the province; `jumlah` names how the amount is counted, 'tetap' takes `tetap`."""

    kode: str
    isi: str
    jumlah: Literal["tetap", "rujukan_panti", "calon_lokasi"]
    tetap: int | None = None
    satuan: str
    dasar: str


class Answer(Rule):
    """A word the province's answer may take, in both languages."""

    kode: str
    nama: str
    nama_en: str


class Services(Rule):
    """All of rules/services.toml."""

    pas: PasRule
    tinggal: StayRule
    sekolah: SchoolRule
    jkn: InsuranceRule
    pergerakan: MovementRule
    ekstrem: ExtremeRule
    kebutuhan: tuple[Need, ...]
    permintaan: tuple[Request, ...]
    jawaban: tuple[Answer, ...]
