"""An outsider with every printed cell, the rules of printing, and a linear programme.

Set up apart from the code: unknowns are the cells themselves, tied by what anybody can see of how
tables hang together. A tie is used only where it holds for the true counts.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

import numpy as np
from scipy import sparse
from scipy.optimize import linprog
from scipy.sparse.csgraph import connected_components

# topic → whole and disjoint parts of it
_WHOLES = {
    "cakupan": (("unit", ["penerima"]),),
    "kelurahan": (("keluarga", ["tanpa_program"]), ("sasaran", ["sasaran_terima"]), ("penerima", ["sasaran_terima", "di_atas_batas"])),
    "kecamatan": (("keluarga", ["tanpa_program"]), ("sasaran", ["sasaran_terima"]), ("penerima", ["sasaran_terima", "di_atas_batas"])),
    "program": (("sasaran", ["sasaran_terima"]),),
    "utama": (("keluarga", ["tanpa_program"]),),
    "ekstrem_kelas": (("keluarga", ["belum"]),),
    "sekolah_rakyat": (("layak", ["diusulkan"]), ("diusulkan", ["diterima"])),
    "layanan": (("tamu", ["kembali"]), ("tamu", ["tanpa_nik"])),
    "pas12": (("orang", ["orang_registri"]), ("orang_registri", ["orang_desil12"])),
    "pas12_kebutuhan": (("kebutuhan", ["terlayani"]),),
    "identitas": (("baris", ["dengan_nik", "sebagian", "tanpa"]),),
}  # fmt: skip
PEOPLE = ("keluarga", "jiwa", "kasus")
_CITY = "32.72"
_PAID = ("salur", "belum_transaksi", "transaksi", "dikembalikan", "lainnya", "tanpa_status")
_FAILED = ("gagal", "belum_transaksi", "dikembalikan")
Key = tuple[str, str, str, str, str]
Tie = tuple[dict[Key, float], bool]  # Σ coefficient × cell = 0, or ≥ 0 where not equal


def read_cells(engine, released) -> list[dict]:
    """Every printed row that counts people."""
    rows = []
    for table in released:
        frame = engine.frame(f"SELECT * FROM {table} WHERE satuan IN {PEOPLE}")
        rows += [{"topik": table.removeprefix("rilis_")} | row for row in frame.to_dict("records")]
    return [row for row in rows if row["topik"] != "statistik"]


def key_of(row: dict) -> Key:
    return (row["topik"], row["wilayah"], row["baris"], row["kolom"], row["ukuran"])


def _moving(key: Key) -> Iterator[Tie]:
    """Who came, stayed and left."""
    topic, area, row, column, measure = key
    if topic == "pergerakan_alasan" and column == "jumlah":
        yield {key: 1.0, ("pergerakan", area, row, "keluar", measure): -1.0}, True
    if topic == "pergerakan_salur":
        here = {("pergerakan", area, row, kind, measure): 1.0 for kind in ("baru", "tetap")}
        yield here | {key: -1.0}, False


def _poorest(key: Key) -> Iterator[Tie]:
    """Families of the lowest desil, by class, by list and by programme."""
    topic, area, row, column, measure = key
    if topic == "ekstrem_kelas" and measure == "keluarga":
        lists = [("ekstrem", area, name, "jumlah", measure) for name in ("desil", "daftar")]
        yield dict.fromkeys(lists, 1.0) | {key: -1.0}, False
        for one in lists:
            yield {key: 1.0, one: -1.0}, False
    if topic == "ekstrem" and row == "desil" and area == _CITY:
        yield {key: 1.0, ("desil_program", _CITY, "1", column, measure): -1.0}, True
    if topic == "transisi_desil" and row == "jumlah":
        yield {key: 1.0, ("desil_program", _CITY, column, "jumlah", measure): -1.0}, True


def _served(key: Key) -> Iterator[Tie]:
    """Needs and what is left of them, results by month, health cover."""
    topic, area, row, column, measure = key
    if topic == "kolaborasi" and measure == "dibutuhkan":
        yield {key: 1.0, (*key[:4], "terlayani"): -1.0, (*key[:4], "celah"): -1.0}, True
    if topic == "layanan_hasil" and column == "jumlah":
        for other in ("layanan_bulan", "layanan_lama"):
            yield {key: 1.0, (other, *key[1:]): -1.0}, True
    if topic == "jkn" and row == "tanpa_segmen":
        yield {(topic, area, "reaktivasi", column, measure): 1.0, key: -1.0}, False


class Attacker:
    """Knows `cells` (one edition); `truth` only says which ties hold and what is to be protected."""

    def __init__(
        self,
        cells: list[dict],
        truth: dict[Key, float],
        targets: dict[str, int | None],
        k: int = 10,
        base: int = 5,
    ) -> None:
        self.targets = targets
        self.truth, self.k, self.base = dict(truth), k, base
        self.cells = {key_of(row): row for row in cells if key_of(row) in truth}
        self.place = {key: n for n, key in enumerate(self.cells)}
        self.ties = [tie for tie in self._ties() if self._is_true(tie)]

    def _reads(self, key: Key) -> tuple[float, float]:
        """What one printed figure says: book totals are exact, the rest rounded to the base."""
        row = self.cells[key]
        if row["status"] != "terbit":
            return 0, np.inf
        value = row["nilai"]
        if (
            (key[0] == "pas12" and key[2] in ("wilayah", "ringkas") and key[4] == "orang")
            or (key[4] == "penerima" and key[0] == "program")
            or key[2] == "kota"
            or key[0] == "buku"
        ):
            return value, value
        return max(value - self.base + 1, self.k), value + self.base - 1

    def _is_true(self, tie: Tie) -> bool:
        terms, is_equal = tie
        if len(terms) < 2 or not all(key in self.place for key in terms):
            return False
        total = sum(factor * self.truth[key] for key, factor in terms.items())
        return total == 0 if is_equal else total >= 0

    def _ties(self) -> Iterator[Tie]:
        yield from self._areas()
        yield from self._columns()
        yield from self._parts()
        yield from self._programmes()
        yield from self._elsewhere()

    def _areas(self) -> Iterator[Tie]:
        """Kelurahan add up to kecamatan; kecamatan to the city or, with people of no known area, to less."""
        groups = defaultdict(dict)
        for topic, area, *rest in self.cells:
            topic = "wilayah" if topic in ("kelurahan", "kecamatan") else topic
            groups[topic, *rest][area] = True
        for (topic, row, column, measure), areas in groups.items():
            named = lambda area, topic=topic: (  # noqa: E731
                ("kelurahan" if area.count(".") == 3 else "kecamatan")
                if topic == "wilayah"
                else topic
            )
            cell = lambda area, r=row, c=column, m=measure, n=named: (n(area), area, r, c, m)  # noqa: E731
            upper = [area for area in areas if area.count(".") == 2]
            for area in upper:
                below = [a for a in areas if a.startswith(area + ".")]
                if below:
                    yield {cell(area): 1.0} | {cell(a): -1.0 for a in below}, True
            city = next(
                (c for c in (("utama" if row == "desil_prioritas" else "program", "32.72", row, "", measure),
                             (topic, "32.72", row, column, measure)) if c in self.cells), None,
            )  # fmt: skip
            if upper and city:
                terms = {city: 1.0} | {cell(a): -1.0 for a in upper}
                yield terms, True
                yield terms, False

    def _columns(self) -> Iterator[Tie]:
        """Columns add up to 'jumlah', rows too."""
        for place in (2, 3):
            rest = lambda key, p=place: (*key[:p], *key[p + 1 :])  # noqa: E731
            for _, found in groupby(sorted(self.cells, key=rest), key=rest):
                keys = list(found)
                total = [key for key in keys if key[place] == "jumlah"]
                if total and len(keys) > 2:
                    yield {total[0]: 1.0} | {k: -1.0 for k in keys if k != total[0]}, True

    def _parts(self) -> Iterator[Tie]:
        """Parts are not more than their whole; weeks add up."""
        for key in self.cells:
            for whole, parts in _WHOLES.get(key[0], ()):
                if key[4] == whole:
                    yield {key: 1.0} | {(*key[:4], part): -1.0 for part in parts}, False
        for one, other in itertools.pairwise(
            sorted(k for k in self.cells if k[4] == "orang_kumulatif")
        ):
            yield {other: 1.0, one: -1.0, (*other[:4], "orang"): -1.0}, True

    def _elsewhere(self) -> Iterator[Tie]:
        """One figure in two tables, stocks and flows, needs and what is left of them."""
        for key in self.cells:
            yield from self._paid(key)
            yield from _moving(key)
            yield from _poorest(key)
            yield from _served(key)
        yield from self._whole_city()

    def _paid(self, key: Key) -> Iterator[Tie]:
        """Payments: what was decided, ordered and paid, and what became of it."""
        topic, area, row, column, measure = key
        if topic == "penyaluran" and column == "jumlah":
            yield {key: 1.0, ("program", _CITY, row, "", "penerima"): -1.0}, True
            yield {key: 1.0, ("buku", _CITY, row, "sk", measure): -1.0}, True
            sums = [(*key[:3], state, measure) for state in _PAID]
            ordered = ("buku", _CITY, row, "sp2d", measure)
            yield {ordered: 1.0} | {k: -1.0 for k in sums if k in self.cells}, True
            failed = [(*key[:3], state, measure) for state in _FAILED]
            moved = ("pergerakan_salur", _CITY, row, "", measure)
            yield {moved: 1.0} | dict.fromkeys(failed, -1.0), True
        if topic == "belum_transaksi":
            yield {key: 1.0, ("penyaluran", area, row, "belum_transaksi", measure): -1.0}, True
            yield {("pergerakan_salur", area, row, "", measure): 1.0, key: -1.0}, False

    def _whole_city(self) -> Iterator[Tie]:
        """Everybody, in tables that part them otherwise."""
        seen = ("utama", _CITY, "telaah", "", "keluarga")
        yield {seen: 1.0, ("kasus", _CITY, "semua", "", "keluarga"): -1.0}, True
        families = [k for k in self.cells if k[0] == "desil_program" and k[3] == "jumlah"]
        yield {("utama", _CITY, "kota", "", "keluarga"): 1.0} | dict.fromkeys(families, -1.0), True
        segments = [k for k in self.cells if k[0] == "jkn_segmen"]
        yield {("utama", _CITY, "kota", "", "jiwa"): 1.0} | dict.fromkeys(segments, -1.0), True

    def _programmes(self) -> Iterator[Tie]:
        """The same people in several tables."""
        for key in self.cells:
            topic, area, row, column, measure = key
            if topic == "cakupan":
                yield {key: 1.0, ("desil_program", area, column, "jumlah", "keluarga"): -1.0}, True
            if topic in ("kelurahan", "kecamatan") and measure == "penerima":
                yield {key: 1.0, ("penerima", area, row, "", "keluarga"): -1.0}, True
                now = {
                    ("pergerakan", area, row, kind, u): -1.0
                    for kind in ("baru", "tetap")
                    for u in ("keluarga", "jiwa")
                }
                yield {key: 1.0} | {k: f for k, f in now.items() if k in self.cells}, True
            if topic == "program" and measure == "penerima":
                parts = (
                    "sasaran_terima",
                    "di_atas_batas",
                    "tanpa_desil_terima",
                    "luar_registri_terima",
                )
                yield {key: 1.0} | {(*key[:4], part): -1.0 for part in parts}, True
                last = self.targets.get(row) or 0
                for part, measure_ in (("sasaran_terima", "penerima"), ("sasaran", "unit")):
                    desils = [("cakupan", area, row, str(d), measure_) for d in range(1, last + 1)]
                    yield {(*key[:4], part): 1.0} | dict.fromkeys(desils, -1.0), True
                every = [
                    k
                    for k in self.cells
                    if k[0] == "cakupan" and k[2] == row and k[4] == "penerima"
                ]
                yield {key: 1.0} | dict.fromkeys(every, -1.0), False
                sets = [k for k in self.cells if k[0] == "kombinasi" and row in k[2].split("+")]
                yield {key: 1.0} | dict.fromkeys(sets, -1.0), False
            if topic == "kasus" and row != "semua":
                yield {("kasus", area, "semua", "", measure): 1.0, key: -1.0}, False
        firsts = {d: ("desil_program", "32.72", d, "jumlah", "keluarga") for d in ("1", "2")}
        yield (
            {("utama", "32.72", "desil_prioritas", "", "keluarga"): 1.0}
            | dict.fromkeys(firsts.values(), -1.0),
            True,
        )
        none = [("desil_program", "32.72", d, "0", "keluarga") for d in ("1", "2")]
        yield (
            {("utama", "32.72", "desil_prioritas", "", "tanpa_program"): 1.0}
            | dict.fromkeys(none, -1.0),
            True,
        )

    def intervals(self, wanted: list[Key]) -> dict[Key, tuple[float, float]]:
        """Least and greatest value of each wanted cell, given every print and every tie."""
        bounds = np.array([self._reads(key) for key in self.cells])
        found = {}
        for group, ties in self._components():
            index = {place: n for n, place in enumerate(group)}
            mine = [key for key in wanted if self.place[key] in index]
            if mine:
                found |= _solve(
                    mine,
                    [index[self.place[k]] for k in mine],
                    self._rows(ties, index),
                    bounds[group],
                )
        return found

    def _components(self) -> Iterator[tuple[list[int], list[Tie]]]:
        n = len(self.place)
        pairs = [
            (self.place[next(iter(terms))], self.place[k]) for terms, _ in self.ties for k in terms
        ]
        graph = sparse.csr_matrix((np.ones(len(pairs)), tuple(zip(*pairs, strict=True))), (n, n))
        label = connected_components(graph, directed=False)[1]
        ties = defaultdict(list)
        for tie in self.ties:
            ties[label[self.place[next(iter(tie[0]))]]].append(tie)
        for one in range(label.max() + 1):
            yield list(np.flatnonzero(label == one)), ties[one]

    def _rows(self, ties: list[Tie], index: dict[int, int]) -> tuple:
        kinds = []
        for is_equal in (True, False):
            own = [terms for terms, equal in ties if equal is is_equal]
            rows = sparse.lil_matrix((len(own), len(index)))
            for n, terms in enumerate(own):
                for key, factor in terms.items():
                    rows[n, index[self.place[key]]] = factor
            kinds.append(rows.tocsr())
        return tuple(kinds)


class TwoEditions(Attacker):
    """Lays an earlier edition beside this one, wherever the count is what it was."""

    def __init__(
        self, cells: list[dict], truth: dict, targets: dict, before: list[dict], was: dict
    ) -> None:
        super().__init__(cells, truth, targets)
        self.before = Attacker(before, was, targets)
        self.holds = {
            key for key in self.cells if key in self.before.cells and was[key] == truth[key]
        }

    def _reads(self, key: Key) -> tuple[float, float]:
        low, high = super()._reads(key)
        if key not in self.holds:
            return low, high
        old = self.before._reads(key)
        return max(low, old[0]), min(high, old[1])


def _solve(
    keys: list[Key], places: list[int], rows: tuple, bounds: np.ndarray
) -> dict[Key, tuple[float, float]]:
    equal, more = rows
    known = {}
    if equal.shape[0]:
        known |= {"A_eq": equal, "b_eq": np.zeros(equal.shape[0])}
    if more.shape[0]:
        known |= {"A_ub": -more, "b_ub": np.zeros(more.shape[0])}
    found = {}
    for key, place in zip(keys, places, strict=True):
        ends = []
        for sign in (1, -1):
            goal = np.zeros(len(bounds))
            goal[place] = sign
            answer = linprog(goal, bounds=bounds, **known)
            assert answer.status in (0, 3), (key, answer.message)
            ends.append(sign * answer.fun if answer.status == 0 else sign * -np.inf)
        found[key] = (ends[0], ends[1])
    return found
