"""The sample city as a table of contents: people → welfare → receipt → dirty files → truth."""

import shutil
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.policy import Rulebook
from analysis.settings import Workspace
from analysis.synthetic.cells import Places
from analysis.synthetic.delivery import Delivery
from analysis.synthetic.insurance import members_of_jkn
from analysis.synthetic.lists import Composer, ListRows
from analysis.synthetic.needs import need_lists, true_needs, visited_by_pas12
from analysis.synthetic.offices import PASSWORD, file_forms
from analysis.synthetic.people import HEAD, Dice
from analysis.synthetic.population import populate
from analysis.synthetic.programmes import draw_programmes
from analysis.synthetic.province import settings_of_all
from analysis.synthetic.quarters import Quarter
from analysis.synthetic.receipt import MONTHS, draw_receipt
from analysis.synthetic.references import reference_lists
from analysis.synthetic.shelter import by_month, stays
from analysis.synthetic.survey import write_survey
from analysis.synthetic.truth import write_truth
from analysis.synthetic.workbooks import MARK

_SOURCE_NOTE = """# {mark}
data_sintetis = true
pengirim = "Kota contoh Selaras"
nomor_surat = "DATA SINTETIS"
tanggal = {sent}
tujuan = "contoh dan pengujian"
dasar_hukum = "data buatan, tidak memuat data pribadi"
simpan_sampai = 2099-12-31
edisi = {edition}
# Sandi berkas terkunci kota contoh. Hanya data buatan boleh menyebut sandinya di sini;
# sandi berkas nyata ditanyakan atau diambil dari SELARAS_SANDI dan tidak disimpan.
sandi_contoh = "{password}"
"""
_DATES = {"2025-11": ("2025-11-05", "2025-11-30"), "2025-12": ("2025-12-05", "2025-12-15")}


def write_city(
    workspace: Workspace,
    rulebook: Rulebook,
    set_name: str = "contoh",
    families: int = 122_000,
    seed: int = 1,
    progress: Callable[[str], None] = lambda _: None,
    dirtiness: str = "biasa",
) -> list[Path]:
    """Write both periods' files to data/raw, a household survey to data/survei, the truth to data/truth; same seed, same bytes.

    Everything is written beside its place and swapped in whole. Returns the files.
    """
    target = workspace.raw(set_name)
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".tulis-", dir=target.parent) as name:
        folder, told = Path(name) / "raw", Path(name) / "truth"
        progress("penduduk")
        delivery = Delivery(City(rulebook, families, seed, dirtiness))
        for period in MONTHS:
            (folder / period).mkdir(parents=True)
            delivery.write(folder / period, period, progress)
            note = _SOURCE_NOTE.format(mark=MARK, sent=_DATES[period][0], edition=_DATES[period][1], password=PASSWORD)  # fmt: skip
            (folder / period / "sumber.toml").write_text(note, encoding="utf-8", newline="\n")
        write_truth(told, delivery.truth())
        write_survey(Path(name) / "survey", delivery.city)
        swaps = [(folder / period, workspace.raw(set_name, period)) for period in MONTHS]
        beside = [
            (told, workspace.truth(set_name)),
            (Path(name) / "survey", workspace.surveys(set_name)),
        ]
        for made, place in (*swaps, *beside):
            shutil.rmtree(place, ignore_errors=True)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(made, place)
    return sorted(path for period in MONTHS for path in workspace.raw(set_name, period).iterdir() if path.suffix != ".toml")  # fmt: skip


class City:
    """People, welfare, receipt and need of a made-up city (or of several, `province`), and the entries of every list."""

    def __init__(self, rulebook: Rulebook, families: int, seed: int, dirtiness: str) -> None:
        self.rulebook, self.dice = rulebook, Dice(seed)
        self.settings = settings_of_all(read_settings(), rulebook.areas)
        above = {area.kode: area.nama for area in rulebook.areas if area.tingkat == "kecamatan"}
        self.places = Places(rulebook.kelurahan(), above)
        settings, dice = self.settings, self.dice
        self.people = populate(rulebook, families, settings, dice)
        self.receipt = draw_receipt(self.people, settings, dice)
        self.needs = true_needs(self.people.now, settings, dice)
        self.entries = dict(self.receipt.entries)
        self.entries |= draw_programmes(self.people, self.receipt, settings, dice)
        self.entries |= need_lists(self.people, self.needs, settings, dice)
        log = visited_by_pas12(self.people, self.receipt, self.needs, settings, dice)
        self.entries["pas12", MONTHS[0]] = log[log["tgl_peristiwa"] < "2025-12-01"].reset_index(drop=True)  # fmt: skip
        self.entries["pas12", MONTHS[1]] = log
        names = rulebook.codes["nama_sunda"]
        self.entries |= by_month(stays(self.people, self.needs, names, settings, dice))
        self.entries["jkn_peserta", MONTHS[1]], self.twice_insured = members_of_jkn(self.people, self.receipt, settings, dice)  # fmt: skip
        self.entries |= reference_lists(self.people, self.receipt, self.entries, settings, dice)
        outside = dice.part("register").random(len(self.people.now.families))
        self.in_register = outside >= settings["luar_registri"]
        for period, quarter in zip(MONTHS, (self.people.before, self.people.now), strict=True):
            self.entries |= self._register(period, quarter)
        self.composer = Composer(self.people, settings, dirtiness, dice)

    def _register(self, period: str, quarter: Quarter) -> dict:
        """DTSEN: everybody of the families it knows, and those families by their heads."""
        roll = quarter.roll
        known = (roll["here"] & self.in_register[roll["family"]]).to_numpy()
        heads = np.flatnonzero(known & (roll["role"] == HEAD).to_numpy())
        told = quarter.families.iloc[roll["family"].to_numpy()[heads]].drop(columns=["here", "family", "job"])  # fmt: skip
        told["job"] = quarter.families["job"].to_numpy()[roll["family"].to_numpy()[heads]]
        return {
            ("dtsen_keluarga", period): told.assign(person=heads).reset_index(drop=True),
            ("dtsen_individu", period): self._of_persons(period, np.flatnonzero(known), roll),
        }

    def _of_persons(self, period: str, people: np.ndarray, roll: pd.DataFrame) -> pd.DataFrame:
        """What the register says of each: disability as the enumerator saw it, or left open."""
        chance = self.dice.part(f"disability-{period}").random((2, len(people)))
        seen = roll["disabled"].to_numpy()[people] & (
            chance[0] < self.settings["disabilitas_tercatat"]
        )
        told = np.where(seen, "Ya", "Tidak").astype(object)
        told[chance[1] < self.settings["disabilitas_kosong"]] = ""
        return pd.DataFrame({"person": people, "disabilitas": told})

    def lists(self, period: str) -> Iterator[ListRows]:
        """Every list of a month that names persons, soiled; one with nobody on it was not sent."""
        for source, month in file_forms():
            if month == period and len(self.entries.get((source, month), ())):
                yield self.composer.compose(source, period, self.entries[source, period])


def read_settings() -> dict:
    """rules/synthetic.toml: the numbers of [kota], [kesejahteraan] and [program] as one, the rest by name."""
    text = resources.files("analysis").joinpath("rules/synthetic.toml").read_text(encoding="utf-8")
    parts = tomllib.loads(text)
    flat = parts["kota"] | parts["kesejahteraan"] | parts["program"]
    return flat | {name: parts[name] for name in ("triwulan", "kotor", "tanam", "status")}
