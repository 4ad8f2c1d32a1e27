"""Other possible cities, found by hand: a quick proof that a hidden count is safe.

Starting from the true city, units are added to an atom of the target and taken from other atoms,
never beyond what the known figures leave open. If the target can be lifted by `width` in this way
an outsider cannot place it more closely. A target that cannot is not thereby exposed: that is for
the linear programme to say.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

_STEPS = 12
_TINY = 1e-6


def by_hand(
    targets: sparse.csr_matrix, truth: NDArray, width: NDArray, rows: sparse.csr_matrix, low: NDArray, high: NDArray
) -> NDArray[np.intp]:  # fmt: skip
    """The targets (rows over the atoms) that are not shown to be safe."""
    held = rows.toarray()
    sums = held @ truth
    city = _City(held, truth.astype(float), high - sums, sums - low)
    left = [
        place
        for place in range(targets.shape[0])
        if not city.lifts(targets[place].indices, width[place])
    ]
    return np.array(left, int)


class _City:
    """Atoms, the known figures over them (`held`), and how far each may still go up and down."""

    def __init__(self, held: NDArray, atoms: NDArray, up: NDArray, down: NDArray) -> None:
        self.held, self.atoms, self.up, self.down = held, atoms, up, down

    def lifts(self, target: NDArray[np.intp], width: float) -> bool:
        """Whether the atom of the target with most room can rise by `width`."""
        if not len(target):
            return False
        room = _room(self.held[:, target], self.up, self.down)
        return self._rises(int(target[np.argmax(room)]), target, width)

    def _rises(self, atom: int, target: NDArray[np.intp], width: float) -> bool:
        own = self.held[:, atom : atom + 1]
        up, down, atoms = self.up.copy(), self.down.copy(), self.atoms.copy()
        step = min(_room(own, up, down)[0], width)
        up, down, lifted = up - own[:, 0] * step, down + own[:, 0] * step, step
        swaps = own - self.held
        atoms[target] = 0
        for _ in range(_STEPS):
            if lifted >= width - _TINY:
                return True
            room = np.minimum(atoms, _room(swaps, up, down))
            giver = int(np.argmax(room))
            step = min(room[giver], width - lifted)
            if step <= _TINY:
                return False
            atoms[giver] -= step
            up, down = up - swaps[:, giver] * step, down + swaps[:, giver] * step
            lifted += step
        return lifted >= width - _TINY


def _room(moves: NDArray, up: NDArray, down: NDArray) -> NDArray:
    """How often each move (a column: change of every figure) can be made within `up` and `down`."""
    if not len(moves):
        return np.full(moves.shape[1], np.inf)
    with np.errstate(divide="ignore", invalid="ignore"):
        rise = np.where(moves > 0, up[:, None] / moves, np.inf)
        fall = np.where(moves < 0, down[:, None] / -moves, np.inf)
    return np.minimum(rise.min(axis=0), fall.min(axis=0))
