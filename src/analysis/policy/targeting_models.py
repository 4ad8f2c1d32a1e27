"""What targeting rules may say: whom to compare, which conditions a register shows, how a ground check is made."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from analysis.policy.base import (
    Desil,
    Rule,
    Said,
)

Positive = Annotated[float, Field(gt=0)]
Share = Annotated[float, Field(gt=0, lt=1)]


class Groups(Rule):
    """Groups that errors are told for. `umur` and `ukuran_keluarga`: the least value of each class.

    A person counts as disabled where a list says so: a need list of the named groups, or a component with the word.
    """

    umur: tuple[int, ...]
    ukuran_keluarga: tuple[int, ...]
    disabilitas_kelompok: tuple[Said, ...]
    disabilitas_komponen: Said


class VisibleCondition(Rule):
    """A programme's condition as far as a register shows it: some member within an age span, or disabled.

    `tidak_terlihat` names what the register cannot show; whoever receives for that reason is no error.
    """

    program: Said
    umur: tuple[tuple[int, int], ...] = ()
    disabilitas: bool = False
    tidak_terlihat: str = ""
    sumber: Said


class Question(Rule):
    """One verval question of the field sheet. `jenis`: pilihan (of `pilihan`), rupiah, bilangan, teks."""

    kode: Said
    tanya: Said
    jenis: Literal["pilihan", "rupiah", "bilangan", "teks"]
    pilihan: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _choices_are_named(self) -> "Question":
        if (self.jenis == "pilihan") != bool(self.pilihan):
            raise ValueError(
                f"pertanyaan {self.kode}: pilihan hanya, dan harus, pada jenis pilihan"
            )
        return self


class GroundCheck(Rule):
    """How a ground check is sized, paid and asked.

    `kelas_desil`: the last desil of each class of the register; `miskin_perkiraan`: the share of truly poor
    expected in each class, and last among the unranked: only the size of the sample rests on them.
    `garis_kode`: the official poverty line in statistics.csv; `hari_sebulan`: weeks to months.
    """

    margin: Share
    tanggapan: Annotated[float, Field(gt=0, le=1)]
    minimum_strata: Annotated[int, Field(ge=2)]
    kelas_desil: tuple[Desil, ...]
    miskin_perkiraan: tuple[Share, ...]
    rupiah_kunjungan: Annotated[int, Field(ge=0)]
    rupiah_kelurahan: Annotated[int, Field(ge=0)]
    garis_kode: Said
    hari_sebulan: Positive
    terwawancara: Said
    pertanyaan: tuple[Question, ...]
    sumber: Said

    @model_validator(mode="after")
    def _a_share_for_every_class(self) -> "GroundCheck":
        if len(self.miskin_perkiraan) != len(self.kelas_desil) + 1:
            raise ValueError(
                "cek_lapangan: miskin_perkiraan harus satu lebih banyak dari kelas_desil"
            )
        return self


class ProxyTest(Rule):
    """Proxy means tests: quotas they are judged at, folds, the grid of the boosted trees, yearly ageing."""

    kuota: tuple[Share, ...]
    lipatan: Annotated[int, Field(ge=2)]
    lipatan_dalam: Annotated[int, Field(ge=2)]
    ulangan: Annotated[int, Field(ge=2)]
    kisi: tuple[dict[str, float], ...] = Field(min_length=1)
    usang_poin_setahun: tuple[float, float]
    sumber: Said


class SurveyLine(Rule):
    """The poverty line a survey is held against, rupiah per person a month (strictly below = poor)."""

    rupiah: Annotated[float, Field(gt=0)]
    sumber: str


class Targeting(Rule):
    """Thresholds of the measures; `corong_simpangan` in standard deviations of the funnel."""

    desil_prioritas: tuple[Desil, ...]
    setara_selisih_maks: float
    corong_simpangan: Annotated[float, Field(gt=0)]
    n_minimum: int
    garis_survei: SurveyLine
    kelompok: Groups
    himpunan: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    syarat_terlihat: tuple[VisibleCondition, ...] = ()
    cek_lapangan: GroundCheck
    pmt: ProxyTest
    sumber: str
