"""Words that fit: measured, shortened, broken into lines, moved apart, and placed where nothing stands yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth

from kvalitetsapp.reports import styles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.reports.figures.axes import Area

Box = tuple[float, float, float, float]
_LEAST_SHRUNK: Final = 0.86
_ELLIPSIS: Final = "…"
_FAR: Final = 1000.0


def width(words: str, size: float, font: str = styles.FONT) -> float:
    """Return how wide words are."""
    styles.register_fonts()
    return float(stringWidth(words, font, size))


def fitted(words: str, room: float, size: float, font: str = styles.FONT) -> tuple[str, float]:
    """Return words and a size that fit into `room`: somewhat smaller if that is enough, else without their middle.

    The end of a name is kept: it is often there that the names of units differ.
    """
    wide = width(words, size, font)
    if wide <= room:
        return words, size
    if wide * _LEAST_SHRUNK <= room:
        return words, size * room / wide
    small = size * _LEAST_SHRUNK
    for kept in range(len(words) - 1, 0, -1):
        shown = words[: kept - kept // 3].rstrip() + _ELLIPSIS + words[len(words) - kept // 3 :].lstrip()
        if width(shown, small, font) <= room:
            return shown, small
    return "", small


def lines(words: str, room: float, size: float, most: int, font: str = styles.FONT) -> list[tuple[str, float]]:
    """Return words broken into at most `most` lines, each with the size at which it fits."""
    styles.register_fonts()
    broken = simpleSplit(words, font, size, room)
    if len(broken) > most:
        broken = [*broken[: most - 1], " ".join(broken[most - 1 :])]
    return [fitted(line, room, size, font) for line in broken]


def apart(wanted: Sequence[float], least: float, low: float, high: float) -> list[float]:
    """Return heights near the wanted ones, at least `least` apart and, where there is room, between the ends."""
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    heights = [0.0] * len(wanted)
    below = low - least
    for place in order:
        below = heights[place] = max(wanted[place], below + least)
    above = high + least
    for place in reversed(order):
        above = heights[place] = min(heights[place], above - least)
    return heights


def chosen(count: int, room: float, widest: float) -> list[int]:
    """Return which of `count` evenly spread labels can stand without touching: every one, every second and so on."""
    step = max(-(-int(count * widest + 0.999) // max(int(room), 1)), 1)
    return list(range(0, count, step))


@dataclass(slots=True)
class Placer:
    """Finds places for names in an area, so that they cover no mark and no other name."""

    area: Area
    taken: list[Box] = field(default_factory=list)

    def occupy(self, left: float, bottom: float, right: float, top: float) -> None:
        """Keep names away from a box."""
        self.taken.append((left, bottom, right, top))

    def place(self, x: float, y: float, wide: float, size: float, within: float = _FAR) -> tuple[float, float] | None:
        """Return where words of a width stand nearest to a point, and take that place; None where none is free."""
        for left, low in self._places(x, y, wide, size):
            if distance((left, low), wide, size, x, y) > within:
                return None
            if not self._covers(left, low, wide, size):
                self.occupy(left - 1, low - 0.25 * size, left + wide + 1, low + size)
                return left, low
        return None

    def _places(self, x: float, y: float, wide: float, size: float) -> list[tuple[float, float]]:
        lifts = [-2.4, *(sign * step for step in range(9, 120, 9) for sign in (1, -1))]
        shifts = (6.0, -wide - 6.0, -wide / 2, 18.0, -wide - 18.0)
        every = [(x + shift, y + lift) for lift in lifts for shift in shifts if lift != lifts[0] or shift != -wide / 2]
        every.sort(key=lambda place: distance(place, wide, size, x, y))
        right, top = self.area.left + self.area.width, self.area.bottom + self.area.height
        return [
            (left, low)
            for left, low in every
            if left >= self.area.left + 2 and left + wide <= right and self.area.bottom + 2 <= low <= top - size
        ]

    def _covers(self, left: float, low: float, wide: float, size: float) -> bool:
        right, top = left + wide, low + size
        return any(left < x2 and right > x1 and low - 0.25 * size < y2 and top > y1 for x1, y1, x2, y2 in self.taken)


def distance(place: tuple[float, float], wide: float, size: float, x: float, y: float) -> float:
    """Return how far words at a place are from a point."""
    left, low = place
    across = max(left - x, x - left - wide, 0)
    return float((across**2 + (low + size / 3 - y) ** 2) ** 0.5)
