"""Axes that speak Swedish: pyqtgraph's own ticks ignore the language."""

from __future__ import annotations

from datetime import date
from math import ceil
from typing import TYPE_CHECKING, Any, Final

import pyqtgraph as pg
from PySide6.QtGui import QFontMetricsF, QGuiApplication

from kvalitetsapp.texts import NO_BREAK_SPACE, _, decimal, number

if TYPE_CHECKING:
    from collections.abc import Sequence

_STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 240)  # months
_MONTHS: Final = 12
_DAYS_OF_MONTH: Final = 365.25 / 12
_WIDEST_LABEL: Final = "0000-00    "


class NumberAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Whole numbers: `1 200`."""

    def tickStrings(self, values: Sequence[float], _scale: float, spacing: float) -> list[str]:  # noqa: N802 - pyqtgraph's name
        """Return the numbers as Swedish text; a tick between whole numbers has none."""
        return [number(round(value)) if spacing >= 1 else "" for value in values]


class PercentAxis(pg.AxisItem):  # type: ignore[misc]  # as above
    """Fractions as percent: `2,5 %`."""

    def tickStrings(self, values: Sequence[float], _scale: float, spacing: float) -> list[str]:  # noqa: N802 - as above
        """Return the fractions as Swedish percent, with as many decimals as the ticks need."""
        digits = 0 if spacing >= 0.01 else 1 if spacing >= 0.001 else 2
        return [f"{decimal(value * 100, digits)}{NO_BREAK_SPACE}%" for value in values]


class DateAxis(pg.AxisItem):  # type: ignore[misc]  # as above
    """Days (proleptic ordinals) as years, or months where there is room for them."""

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N802 - as above
        """Return the first days of the months or years that have room for a label."""
        width = QFontMetricsF(self.style["tickFont"] or QGuiApplication.font()).horizontalAdvance(_WIDEST_LABEL)
        most = max(int(size / width), 1)
        months = (high - low) / 30.4
        step = next((each for each in _STEPS if months / each <= most), _STEPS[-1])
        return [(step * 30.4, [float(day.toordinal()) for day in _firsts(low, high, step)])]

    def tickStrings(self, values: Sequence[float], _scale: float, spacing: float) -> list[str]:  # noqa: N802 - as above
        """Return `2021`, or `2021-03` where the ticks are months."""
        days = [date.fromordinal(int(value)) for value in values]
        return [f"{day.year}" if spacing >= _MONTHS * 30 else f"{day.year}-{day.month:02d}" for day in days]


class DecimalAxis(pg.AxisItem):  # type: ignore[misc]  # as above
    """Numbers with the decimals that their ticks need: `1,5`."""

    def tickStrings(self, values: Sequence[float], _scale: float, spacing: float) -> list[str]:  # noqa: N802 - as above
        """Return the numbers as Swedish text."""
        digits = 0 if spacing >= 1 else 1 if spacing >= 0.1 else 2
        return [decimal(value, digits) for value in values]


class TimeAxis(pg.AxisItem):  # type: ignore[misc]  # as above
    """Days since something as years, or months where there is room for them."""

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N802 - as above
        """Return whole years, half years, quarters or months."""
        width = QFontMetricsF(self.style["tickFont"] or QGuiApplication.font()).horizontalAdvance(_WIDEST_LABEL)
        most = max(int(size / width), 1)
        step = next((each for each in _STEPS if (high - low) / _DAYS_OF_MONTH / each <= most), _STEPS[-1])
        first, last = (int(edge / _DAYS_OF_MONTH / step) for edge in (max(low, 0.0), high))
        days = [place * step * _DAYS_OF_MONTH for place in range(first, last + 1)]
        return [(step * _DAYS_OF_MONTH, [day for day in days if low <= day <= high])]

    def tickStrings(self, values: Sequence[float], _scale: float, _spacing: float) -> list[str]:  # noqa: N802 - as above
        """Return `2 år`, or `3 mån` between whole years."""
        return [_since(round(value / _DAYS_OF_MONTH)) for value in values]


class SignedPercentAxis(PercentAxis):
    """Differences as percent with their sign: `+10 %`."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:  # noqa: N802 - as above
        """Return the differences as Swedish percent."""
        shown = super().tickStrings(values, scale, spacing)
        return [f"+{text}" if value > 0 else text for value, text in zip(values, shown, strict=True)]


class SlotAxis(pg.AxisItem):  # type: ignore[misc]  # as above
    """The names of what stands side by side at 0, 1, 2 and so on; as many as there is room for."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - passed on
        super().__init__(*args, **options)
        self._labels: tuple[str, ...] = ()

    def set_slots(self, labels: Sequence[str]) -> None:
        """Name the slots from the left."""
        self._labels = tuple(labels)
        self.picture = None
        self.update()

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N802 - as above
        """Return every slot, or every second, third and so on, so that the names do not meet."""
        metrics = QFontMetricsF(self.style["tickFont"] or QGuiApplication.font())
        lines = [line for label in self._labels for line in label.splitlines()]
        widest = max((metrics.horizontalAdvance(f"{line}  ") for line in lines), default=1.0)
        step = max(ceil(widest * (high - low) / max(size, 1.0)), 1)
        shown = range(len(self._labels) - 1, -1, -step)  # the last is always named
        return [(float(step), [float(place) for place in reversed(shown) if low <= place <= high])]

    def tickStrings(self, values: Sequence[float], _scale: float, _spacing: float) -> list[str]:  # noqa: N802 - as above
        """Return the names of the slots."""
        return [self._labels[round(value)] for value in values]


class LaneAxis(pg.AxisItem):  # type: ignore[misc]  # as above
    """The names of lanes beside them."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - passed on
        super().__init__(*args, **options)
        self._labels: tuple[str, ...] = ()

    def set_lanes(self, labels: Sequence[str]) -> None:
        """Name the lanes from the top; the first lies highest."""
        self._labels = tuple(labels)
        self.setTicks([[(-float(place), label) for place, label in enumerate(labels)]])


def _since(months: int) -> str:
    if not months:
        return "0"
    years, rest = divmod(months, _MONTHS)
    return _("{n} mån").format(n=months) if rest else _("{n} år").format(n=years)


def _firsts(low: float, high: float, step: int) -> list[date]:
    first, last = (date.fromordinal(max(int(edge), 1)) for edge in (low, high))
    month = (first.year * _MONTHS + first.month - 1) // step * step
    found: list[date] = []
    while True:
        day = date(month // _MONTHS, month % _MONTHS + 1, 1)
        if day > last:
            return found
        if day.toordinal() >= low:
            found.append(day)
        month += step
