"""The sample city as a table of contents: people → welfare → receipt → dirty files → truth."""

import shutil
import tempfile
import tomllib
from collections.abc import Callable
from datetime import date
from importlib import resources
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.policy import Rulebook
from analysis.settings import Workspace
from analysis.synthetic import files
from analysis.synthetic.lists import ListRows, compose
from analysis.synthetic.names import give_names
from analysis.synthetic.numbers import area_prefixes, card_numbers, niks
from analysis.synthetic.people import Dice, issue_dates, make_families, make_members
from analysis.synthetic.receipt import (
    component_rupiah,
    draw_receipt,
    family_components,
    visited_by_pas12,
)
from analysis.synthetic.truth import planted_receipt, planted_rows, record_ids, write_truth
from analysis.synthetic.welfare import add_welfare
from analysis.synthetic.workbooks import MARK

_TODAY = date(2025, 12, 1)
_SOURCE_NOTE = f"""# {MARK}
data_sintetis = true
pengirim = "Kota contoh Selaras"
nomor_surat = "DATA SINTETIS"
tanggal = 2025-12-05
tujuan = "contoh dan pengujian"
dasar_hukum = "data buatan, tidak memuat data pribadi"
simpan_sampai = 2099-12-31
edisi = 2025-12-15
"""


def write_city(
    workspace: Workspace,
    rulebook: Rulebook,
    set_name: str = "contoh",
    families: int = 122_000,
    seed: int = 1,
    period: str = "2025-12",
    progress: Callable[[str], None] = lambda _: None,
    dirtiness: str = "biasa",
) -> list[Path]:
    """Write the city's files to data/raw and its truth to data/truth; same seed, same bytes.

    Everything is written beside its place and swapped in whole. Returns the files.
    """
    target = workspace.raw(set_name, period)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".tulis-", dir=target.parent) as name:
        folder, truth = Path(name) / "raw", Path(name) / "truth"
        folder.mkdir()
        progress("penduduk")
        city = City(rulebook, families, seed, dirtiness)
        write_truth(truth, city.write(folder, period, progress))
        (folder / "sumber.toml").write_text(_SOURCE_NOTE, encoding="utf-8", newline="\n")
        for made, place in ((folder, target), (truth, workspace.truth(set_name))):
            shutil.rmtree(place, ignore_errors=True)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(made, place)
    return sorted(path for path in target.iterdir() if path.suffix != ".toml")


class City:
    """People, welfare and receipt of one made-up city, before anything is soiled."""

    def __init__(self, rulebook: Rulebook, families: int, seed: int, dirtiness: str) -> None:
        self.settings = _settings()
        self.dirtiness, self.dice = dirtiness, Dice(seed)
        kelurahan = rulebook.kelurahan()
        above = {area.kode: area.nama for area in rulebook.areas if area.tingkat == "kecamatan"}
        self.places = files.Places(kelurahan, above)
        names = rulebook.codes["nama_sunda"]
        self.families = make_families(families, kelurahan, self.settings, self.dice)
        self.members = make_members(self.families, self.settings, self.dice, _TODAY)
        add_welfare(self.families, self.members, len(kelurahan), self.settings, self.dice)
        kecamatan = np.array([area.induk for area in kelurahan])
        self.people = self._people(kecamatan, names)
        self.receipt = draw_receipt(self.families, self.members, self.settings, self.dice)
        self.log = visited_by_pas12(
            self.families, self.members, self.receipt, self.settings, self.dice
        )

    def _people(self, kecamatan: np.ndarray, names: dict) -> pd.DataFrame:
        """Members with numbers, names and home: what any list may say of them."""
        rng, family = self.dice.part("identity"), self.members["family"].to_numpy()
        home = self.families["area"].to_numpy()
        prefix = area_prefixes(kecamatan[home[family]], self.settings["migran"], rng)
        card_prefix = np.char.replace(kecamatan[home].astype(str), ".", "")
        cards = card_numbers(card_prefix, issue_dates(len(home), self.dice))
        streets = np.array(names["jalan"], dtype=object)[
            rng.integers(0, len(names["jalan"]), len(home))
        ]
        doors = rng.integers(1, 200, len(home)).astype(str).astype(object)
        people = self.members.assign(
            member=np.arange(len(family)),
            nik=niks(prefix, self.members["born"].to_numpy(), self.members["female"].to_numpy()),
            no_kk=cards[family],
            nama=give_names(self.members, names, self.settings, self.dice.part("names")),
            area=home[family],
            home=home[family],
            kecamatan=kecamatan[home[family]],
            rt=self.families["rt"].to_numpy()[family],
            rw=self.families["rw"].to_numpy()[family],
            alamat=(streets + " NO. " + doors)[family],
        )
        first = np.flatnonzero(people["place"].to_numpy() == 0)
        people["head_nik"] = people["nik"].to_numpy()[first][family]
        return people

    def write(
        self, folder: Path, period: str, progress: Callable[[str], None]
    ) -> dict[str, pd.DataFrame]:
        """Write all six sources; returns the truth tables."""
        known = (
            self.dice.part("register").random(len(self.families)) >= self.settings["luar_registri"]
        )
        records, planted = [], []
        for listed, write in self._sources(known):
            progress(listed.source)
            written = write(folder, listed)
            ids = record_ids(listed.source, period, written)
            rows = listed.rows
            records.append(
                pd.DataFrame({"record_id": ids, "person": rows["member"], "family": rows["family"]})
            )
            planted.append(planted_rows(listed.source, ids, listed.planted, rows))
        planted.append(planted_receipt(self.families, self.receipt, self.members, self.log))
        return self._truth(records, planted, known)

    def _sources(self, known: np.ndarray):
        """(rows, writer) of every source; PKH and Sembako list the head of each family."""
        settings, places = self.settings, self.places
        heads = np.flatnonzero(self.people["place"].to_numpy() == 0)
        registered = self.families[known].reset_index(drop=True)
        head_rows = self.people.iloc[heads[known]].reset_index(drop=True)
        yield (
            ListRows("dtsen_keluarga", head_rows, _none()),
            lambda folder, listed: files.register_families(folder, registered, listed.rows, places),
        )
        everyone = np.flatnonzero(known[self.people["family"].to_numpy()])
        bare = settings | {"tanam": {"ganda_orang": {}, "ganda_keluarga": {}}}
        yield (
            compose("dtsen_individu", everyone, self.people, bare, "registri", self.dice),
            lambda folder, listed: files.register_persons(folder, listed.rows, places),
        )
        paid = self.people.assign(status=self._status())
        components = family_components(self.families, self.members)
        family = self.people["family"].to_numpy()
        paid["components"] = components.to_numpy()[family]
        paid["rupiah"] = component_rupiah(components).to_numpy()[family]
        for source, member, write in (
            ("pkh", heads[np.sort(self.receipt["pkh"])], files.pkh_list),
            ("sembako", heads[np.sort(self.receipt["sembako"])], files.sembako_list),
            ("pbi_jk", self.receipt["pbi_jk"], files.pbi_list),
        ):
            listed = compose(source, member, paid, settings, self.dirtiness, self.dice)
            yield listed, lambda folder, rows, write=write: write(folder, rows, places)
        yield (
            self._pas12_rows(),
            lambda folder, listed: files.pas12_log(folder, self.log, listed.rows, places),
        )

    def _status(self) -> np.ndarray:
        rng = self.dice.part("status")
        words = np.array(["SUKSES SPM", "GAGAL BUREKOL", "EXCLUDE MENINGGAL"], dtype=object)
        failed = self.settings["gagal_salur"]
        return words[rng.choice(3, len(self.people), p=[1 - 1.5 * failed, failed, 0.5 * failed])]

    def _pas12_rows(self) -> ListRows:
        """The log's people: a third gave no NIK."""
        rng = self.dice.part("pas12-rows")
        rows = self.people.iloc[self.log["member"]].reset_index(drop=True)
        rows.loc[rng.random(len(rows)) < 0.35, "nik"] = ""
        return ListRows("pas12", rows, _none())

    def _truth(self, records: list, planted: list, known: np.ndarray) -> dict[str, pd.DataFrame]:
        families = self.families.assign(in_register=known)
        return {
            "truth_record": _named(pd.concat(records, ignore_index=True)),
            "truth_person": _named(self.people.rename(columns={"member": "person"})[
                ["person", "family", "nik", "no_kk", "nama", "born", "female", "disabled"]
            ]),
            "truth_family": _named(families[
                ["family", "area", "size", "consumption_rp", "score", "desil", "in_register"]
            ]),
            "truth_planted": _named(pd.concat(planted, ignore_index=True)[
                ["kind", "source", "record_id", "person", "family"]
            ]),
        }  # fmt: skip


def _none() -> pd.DataFrame:
    return pd.DataFrame({"row": pd.Series(dtype=int), "kind": pd.Series(dtype="str")})


def _named(table: pd.DataFrame) -> pd.DataFrame:
    return table.rename(columns={"person": "person_id", "family": "family_id"})


def _settings() -> dict:
    text = resources.files("analysis").joinpath("rules/synthetic.toml").read_text(encoding="utf-8")
    parts = tomllib.loads(text)
    return (
        parts["kota"]
        | parts["kesejahteraan"]
        | parts["program"]
        | {"kotor": parts["kotor"], "tanam": parts["tanam"]}
    )
