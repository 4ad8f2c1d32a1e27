"""Names by sex and age: Sundanese and faker's id_ID lists, weighted, with single names."""

import numpy as np
import pandas as pd
from faker.providers.person.id_ID import Provider

_YOUNG = np.datetime64("1985-01-01")


def give_names(
    people: pd.DataFrame, lists: dict, settings: dict, rng: np.random.Generator
) -> np.ndarray:
    """A full name a person; a few sons carry their father's."""
    female = people["female"].to_numpy()
    young = people["born"].to_numpy() >= _YOUNG
    count = len(people)
    first = np.empty(count, dtype=object)
    for is_female, is_young, own, common in (
        (False, False, "laki_tua", Provider.first_names_male),
        (False, True, "laki_muda", Provider.first_names_male),
        (True, False, "perempuan_tua", Provider.first_names_female),
        (True, True, "perempuan_muda", Provider.first_names_female),
    ):
        here = (female == is_female) & (young == is_young)
        first[here] = _draw(here.sum(), lists[own], common, rng)
    last = _draw(count, lists["akhir"], Provider.last_names_male, rng)
    last[female] = _draw(
        int(female.sum()), lists["akhir_perempuan"], Provider.last_names_female, rng
    )
    middle = _draw(count, lists["perempuan_muda"] + lists["laki_muda"], (), rng)
    words = rng.random(count)
    single = words < np.where(young, 0.3, 1.6) * settings["nama_tunggal"]
    three = words > 0.85
    name = np.where(
        single, first, np.where(three, first + " " + middle + " " + last, first + " " + last)
    )
    return _fathers_names(people, name, settings["nama_anak_sama"], rng)


def _draw(count: int, own: list[str], common: tuple, rng: np.random.Generator) -> np.ndarray:
    """Three in four from the own list, earlier names oftener; the rest from faker's."""
    weight = 1 / (np.arange(len(own)) + 4.0)
    drawn = np.array(own, dtype=object)[rng.choice(len(own), count, p=weight / weight.sum())]
    if common:
        others = np.array(sorted({word.upper() for word in common if word.isalpha()}), dtype=object)
        other = rng.random(count) < 0.25
        drawn[other] = others[rng.integers(0, len(others), int(other.sum()))]
    return drawn


def _fathers_names(
    people: pd.DataFrame, name: np.ndarray, share: float, rng: np.random.Generator
) -> np.ndarray:
    head = (people["place"] == 0).to_numpy()
    family = people["family"].to_numpy()
    first = np.full(family.max() + 1, -1)
    first[family[head]] = np.flatnonzero(head)
    of_head = np.where(first[family] >= 0, first[family], np.arange(len(people)))
    sons = (
        (people["role"] == 2).to_numpy()
        & ~people["female"].to_numpy()
        & ~people["female"].to_numpy()[of_head]
    )
    same = sons & (rng.random(len(people)) < share)
    name[same] = name[of_head[same]]
    return name
