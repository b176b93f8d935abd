"""What somebody who has a published table can work out of its hidden cells: the least and most that each can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linprog

if TYPE_CHECKING:
    from collections.abc import Sequence


def table(shown: Sequence[Sequence[str]], small: str) -> dict[tuple[int, int], tuple[float, float]]:
    """Return the range of every hidden cell of a table whose last row and column are totals."""
    hidden = [(r, c) for r, row in enumerate(shown) for c, text in enumerate(row) if not _digits(text).isdigit()]
    place = {key: n for n, key in enumerate(hidden)}
    last_row, last = len(shown) - 1, len(shown[0]) - 1
    sums = [((r, last), [(r, c) for c in range(last)]) for r in range(len(shown))]
    sums += [((last_row, c), [(r, c) for r in range(last_row)]) for c in range(last + 1)]
    left, right = np.zeros((len(sums), len(hidden))), np.zeros(len(sums))
    for n, (total, parts) in enumerate(sums):
        for key, sign in ((total, -1.0), *((part, 1.0) for part in parts)):
            if key in place:
                left[n, place[key]] += sign
            else:
                right[n] -= sign * int(_digits(shown[key[0]][key[1]]))
    bounds = [(1.0, 4.0) if shown[r][c] == small else (0.0, None) for r, c in hidden]
    return {key: (_end(n, 1.0, left, right, bounds), _end(n, -1.0, left, right, bounds)) for key, n in place.items()}


def _end(
    place: int, sign: float, left: np.ndarray, right: np.ndarray, bounds: Sequence[tuple[float, float | None]]
) -> float:
    goal = np.zeros(left.shape[1])
    goal[place] = sign
    found = linprog(goal, A_eq=left, b_eq=right, bounds=list(bounds))
    return sign * float(found.fun or 0.0) if found.status == 0 else -sign * float("inf")


def _digits(text: str) -> str:
    return text.replace("\u00a0", "")
