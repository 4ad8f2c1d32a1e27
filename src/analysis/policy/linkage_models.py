"""What rules/linkage.toml may say."""

from typing import Annotated, Literal

from pydantic import Field

from analysis.policy.base import Rule
from analysis.policy.file_models import Role

KindName = Literal["name", "date", "sex", "text", "code", "contact", "household", "identifier"]
Chance = Annotated[float, Field(gt=0, lt=1)]


class LevelWeights(Rule):
    """m and u by level, closest level first."""

    m: tuple[Chance, ...]
    u: tuple[Chance, ...]


class ListShows(Rule):
    """Least shares of a list's rows that bear a number, and that meet another list."""

    bernomor_minimum: Annotated[float, Field(ge=0, lt=1)]
    bertemu_minimum: Annotated[float, Field(ge=0, lt=1)]


class Gates(Rule):
    """When linkage stops the run (exit 7)."""

    gugus_besar: int
    kali_daftar: int
    bagian_gugus: Chance
    lonjakan: Chance
    baris_minimum: int
    jenis: dict[Role, ListShows]


class Prior(Rule):
    """What no set can teach: the chance that two random rows are one person's, and the factor of numbers as twins have them."""

    peluang: Chance
    kembar: Chance


class KindOfField(Rule):
    """What a kind of field says of persons and of people of one house.

    `beda_maks`: most that a person's own rows may differ; `pembeda_maks`: where it tells people of one house apart. `sama_minimum`: least that they agree but for
    a slip. `kebetulan`: chance that two persons agree. `serumah`: share of pairs of one house that
    agree, before anything is learned; `serumah_maks` bounds what is learned. `milik_rumah`: belongs to
    the house. `pribadi`: belongs to one person. `penentu`: with a name it tells a person who moved from a namesake.
    """

    beda_maks: Chance
    pembeda_maks: Annotated[float, Field(gt=0, le=1)] = 1.0
    sama_minimum: Annotated[float, Field(ge=0, lt=1)] = 0.0
    kebetulan: Chance
    serumah: Chance
    serumah_maks: Annotated[float, Field(gt=0, le=1)]
    milik_rumah: bool = False
    pribadi: bool = False
    penentu: bool = False


class AnyLists(Rule):
    """Bounds of `selaras resolve`."""

    blok_maks: int
    pasangan_per_baris: int
    pasangan_maks: int
    pasangan_awal: int
    kunci_maks: int
    baris_sampel: int
    pasangan_acak: int
    rumah_minimum: Chance
    baris_awal: int
    baris_per_orang: float
    nama_penuh: Chance
    gelar: tuple[str, ...]
    jenis: dict[KindName, KindOfField]


class ReviewChoice(Rule):
    """Which pairs people are shown."""

    terpenting: int
    acak_per_lapisan: int
    lapisan: tuple[Chance, ...]


class Increments(Rule):
    """When next month's rows are linked against the registry, and when all are linked again."""

    bagian_baru: Chance


class PlainWords(Rule):
    """A comparison's name, what each level means from closest on, and silence."""

    judul: str
    tingkat: tuple[str, ...]
    bungkam: str


class EvidenceWords(PlainWords):
    """How one comparison is told, in Indonesian and in English."""

    en: PlainWords | None = None

    def told(self, lang: str) -> PlainWords:
        """The words of a language; Indonesian where no English is given."""
        return self.en if lang == "en" and self.en else self


class Linkage(Rule):
    """Thresholds, guards and working weights of record linkage."""

    sumber: str
    blok_maks: int
    gugus_maks: int
    ambang: Chance
    ambang_mungkin: Chance
    ambang_tinjau: Chance
    ambang_pasti: Chance
    ambang_kuat: Chance
    luput_calon: Chance
    latih_baris: int
    latih_pasangan: int
    latih_minimum: int
    simpang_bobot: float
    transport: float
    galat_peluang: float
    periksa_baris: int
    periksa_daftar: int
    periksa_bobot: float
    kelompok_umur: tuple[int, ...]
    gerbang: Gates
    awal: Prior
    bobot: dict[str, LevelWeights]
    lain: AnyLists
    tinjau: ReviewChoice
    bertahap: Increments
    kata: dict[str, EvidenceWords]
