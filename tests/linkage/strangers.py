"""Made-up people of several countries with known truth: lists that `selaras resolve` was never shown.

Households share name, door and telephone; twins share the birth date; a row may carry typing errors,
a nickname, a married name, swapped names, a turned date, another address, holes.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

_US = (
    "james mary robert patricia john jennifer michael linda william elizabeth david barbara richard susan joseph "
    "jessica thomas sarah charles karen christopher lisa daniel nancy matthew betty anthony margaret donald sandra "
    "steven ashley andrew kimberly kenneth emily joshua donna kevin michelle brian carol george amanda timothy",
    "smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson "
    "anderson thomas taylor moore jackson martin lee perez thompson white harris sanchez clark ramirez lewis robinson",
)
_DE = (
    "peter maria hans ursula wolfgang monika klaus petra juergen elisabeth dieter sabine manfred renate uwe helga "
    "guenter karin stefan brigitte horst ingrid bernd erika andreas andrea thomas gisela frank claudia michael susanne",
    "mueller schmidt schneider fischer weber meyer wagner becker schulz hoffmann schaefer koch bauer richter klein wolf "
    "schroeder neumann schwarz zimmermann braun krueger hofmann hartmann lange schmitt werner krause meier lehmann",
)
_AR = (
    "mohammed ahmed ali fatima omar aisha hassan khadija ibrahim maryam youssef zainab khalid amina mustafa layla "
    "abdullah noor abdulrahman huda hussein salma mahmoud rania tariq samira bilal yasmin karim nadia",
    "alhassan alsayed mansour haddad khoury nasser saleh hamdan qasim rahman aziz suleiman farouk shaheen darwish "
    "sabbagh najjar hamad jaber kanaan ghanem bakri alamin zidan othman",
)
_ZH = (
    "wei fang na min jing lei yang yan juan jun yong qiang jie ping tao chao xia gang ming xiuying guiying yulan xinyi "
    "haoran zihan yuxuan mengyao jianguo zhiqiang lihua xiaoming",
    "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo zheng liang xie song tang deng",
)
PEOPLES = {"us": _US, "de": _DE, "ar": _AR, "zh": _ZH}
_NICK = {
    "robert": "bob", "william": "bill", "elizabeth": "liz", "james": "jim", "richard": "dick", "margaret": "peggy",
    "michael": "mike", "thomas": "tom", "jennifer": "jen", "patricia": "pat", "charles": "chuck", "joseph": "joe",
    "christopher": "chris", "mohammed": "mohamad", "hans": "johannes", "ahmed": "ahmad", "fatima": "fatma",
}  # fmt: skip
_NEAR = {
    "a": "sq",
    "e": "wr",
    "i": "uo",
    "o": "ip",
    "n": "bm",
    "r": "et",
    "s": "ad",
    "t": "ry",
    "l": "k",
    "m": "n",
}
_STREETS = [
    "oak",
    "main",
    "church",
    "park",
    "mill",
    "station",
    "north",
    "south",
    "hill",
    "lake",
    "river",
    "garden",
    "school",
    "bridge",
    "king",
    "queen",
    "market",
]
_PLACES = [
    "springfield",
    "greenville",
    "fairview",
    "salem",
    "madison",
    "clinton",
    "georgetown",
    "arlington",
    "ashland",
    "dover",
]
_SYLLABLES = [
    "ba",
    "ke",
    "ri",
    "no",
    "ta",
    "lu",
    "mi",
    "so",
    "da",
    "ve",
    "ro",
    "ha",
    "na",
    "pe",
    "zu",
    "la",
]


@dataclass(frozen=True)
class Dirt:
    """How often a second row of a person is changed, by what."""

    typo: float = 0.08
    nickname: float = 0.05
    married: float = 0.02
    swapped: float = 0.02
    date: float = 0.04
    moved: float = 0.1
    hole: float = 0.05


class People:
    """`number` persons in houses, drawn by `seed`; `rows` gives a list of some of them."""

    def __init__(self, number: int, seed: int, people: str = "us") -> None:
        self.random = np.random.default_rng(seed)
        given, family = (text.split() for text in PEOPLES[people])
        family += [a + b + c for a in _SYLLABLES for b in _SYLLABLES[:6] for c in ("", "n", "ski")]
        made = []
        while len(made) < number:
            made.extend(self._house(given, family))
        self.table = pd.DataFrame(made[:number])
        self.given, self.family = given, family

    def _zipf(self, words: list[str]) -> str:
        weight = 1 / (np.arange(len(words)) + 3)
        return words[self.random.choice(len(words), p=weight / weight.sum())]

    def _house(self, given: list[str], family: list[str]) -> list[dict]:
        random = self.random
        home, surname, phone = self._door(), self._zipf(family), self._digits(9)
        born = []
        for place in range(1 + random.poisson(1.4)):
            year = random.integers(1935, 1975) if place < 2 else random.integers(1985, 2015)
            day = f"{year}-{random.integers(1, 13):02}-{random.integers(1, 29):02}"
            twin = place > 2 and random.random() < 0.04
            born.append(born[-1] if twin else day)
        return [
            {
                "given": self._zipf(given), "middle": chr(97 + random.integers(0, 20)), "family": surname, "born": day,
                "sex": "mf"[random.integers(0, 2)], **home, "phone": phone, "number": self._digits(9),
            }
            for day in born
        ]  # fmt: skip

    def _door(self) -> dict:
        street = (
            f"{self._zipf(_STREETS)} {('street', 'avenue', 'road')[self.random.integers(0, 3)]}"
        )
        return {
            "house": str(self.random.integers(1, 300)), "street": street, "city": self._zipf(_PLACES),
            "postcode": self._digits(3) + "00",
        }  # fmt: skip

    def _digits(self, length: int) -> str:
        return "".join(str(d) for d in self.random.integers(0, 10, length))

    def rows(self, who: np.ndarray, dirt: Dirt | None = None) -> pd.DataFrame:
        """A row for every person of `who` (places, may repeat), changed by `dirt`; `truth` says whose it is."""
        rows = self.table.iloc[who].to_dict("records")
        changed = [self._changed(row, dirt) if dirt else row for row in rows]
        return pd.DataFrame(changed).assign(truth=[f"p{w}" for w in who])

    def _changed(self, row: dict, dirt: Dirt) -> dict:
        random, row = self.random, dict(row)
        if random.random() < dirt.nickname:
            row["given"] = _NICK.get(row["given"], row["given"][:3])
        if random.random() < dirt.married:
            row["family"] = self._zipf(self.family)
        if random.random() < dirt.moved:
            row |= self._door()
        if random.random() < dirt.swapped:
            row["given"], row["family"] = row["family"], row["given"]
        if random.random() < dirt.date:
            row["born"] = self._misread(row["born"])
        for column in ("given", "family", "street", "number", "phone"):
            if random.random() < dirt.typo:
                row[column] = self._typo(row[column])
        return {k: (None if random.random() < dirt.hole else v) for k, v in row.items()}

    def _misread(self, day: str) -> str:
        year, month, date = day.split("-")
        if self.random.random() < 0.5 and int(date) <= 12:
            return f"{year}-{date}-{month}"
        place = self.random.integers(2, 4)
        return day[:place] + str(self.random.integers(0, 10)) + day[place + 1 :]

    def _typo(self, text: str) -> str:
        if len(text) < 3:
            return text
        place, kind = self.random.integers(1, len(text) - 1), self.random.integers(0, 4)
        letter = _NEAR.get(text[place], "e" if text[place].isalpha() else "7")[0]
        return (
            text[:place] + letter + text[place + 1 :],
            text[:place] + text[place + 1 :],
            text[:place] + letter + text[place:],
            text[: place - 1] + text[place] + text[place - 1] + text[place + 1 :],
        )[kind]
