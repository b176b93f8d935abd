"""How the figures of a forest are written, and what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.texts import MINUS, NOTHING, _, decimal, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.chart_data import Forest, ForestRow

_RATIO_DIGITS = 2


def scale(chart: Forest) -> tuple[float, int]:
    """Return what a figure is multiplied by to be read, and with how many decimals."""
    if chart.quantity == "ratio":
        return 1.0, _RATIO_DIGITS
    return (100.0 if chart.is_share else 1.0), chart.decimals


def heading(chart: Forest) -> str:
    """Return what the figures are, with their unit."""
    if chart.quantity == "ratio":
        return _("Kvot")
    if chart.quantity == "difference":
        unit, head = (_("procentenheter") if chart.is_share else chart.unit), _("Skillnad")
    else:
        unit, head = ("%" if chart.is_share else chart.unit), _("Värde")
    return _("{heading} ({unit})").format(heading=head, unit=unit) if unit else head


def shown(chart: Forest, value: float | None) -> str:
    """Return a figure without its unit, a difference with its sign."""
    if value is None:
        return NOTHING
    times, digits = scale(chart)
    told = decimal(value * times, digits)
    if chart.quantity != "difference" or told.startswith(MINUS) or not told.strip("0,"):
        return told
    return f"+{told}"


def interval(chart: Forest, low: float | None, high: float | None) -> str:
    """Return an interval, "" without one; an end that is missing beside the other has none."""
    if low is None and high is None:
        return ""
    ends = ("∞" if end is None else shown(chart, end) for end in (low, high))
    return _("{low} till {high}").format(**dict(zip(("low", "high"), ends, strict=True)))


def told(chart: Forest, row: ForestRow) -> str:
    """Return a group with its figure and interval: the age standardised one where there is one."""
    value, low, high = ends(row)
    inside = interval(chart, low, high)
    said = f"{row.name} {shown(chart, value)}"
    return _("{said} ({interval})").format(said=said, interval=inside) if inside else said


def ends(row: ForestRow) -> tuple[float | None, float | None, float | None]:
    """Return the figure and ends that count: the age standardised where there are any."""
    if row.adjusted is not None:
        return row.adjusted, row.adjusted_low, row.adjusted_high
    return row.value, row.low, row.high


def is_away(chart: Forest, row: ForestRow) -> bool:
    """Tell whether a difference or ratio is more than chance gives, as it is or age standardised; no figure is."""
    line = chart.line
    if chart.quantity == "value" or line is None:
        return False
    every = ((row.low, row.high), (row.adjusted_low, row.adjusted_high))
    return any((low is not None and low > line) or (high is not None and high < line) for low, high in every)


def nothing_away(chart: Forest) -> str:
    """Return that nothing differs, "" of figures."""
    return "" if chart.quantity == "value" else _("Ingen grupp skiljer sig mer än slumpen ger.")


def caption(chart: Forest) -> str:
    """Return how the chart is read."""
    has_adjusted = any(row.adjusted is not None for row in chart.rows)
    read = _("Fylld punkt: som det är, med 95 % intervall.")
    if has_adjusted:
        read = f"{read} {_('Ihålig ruta: åldersstandardiserat, europeisk standardbefolkning 2013.')}"
    if chart.quantity == "ratio":
        return f"{read} {_('Linjen är kvoten 1, ingen skillnad; axeln är logaritmisk.')}"
    if chart.quantity == "difference":
        return f"{read} {_('Linjen är ingen skillnad mot jämförelsegruppen.')}"
    return read if chart.line is None else f"{read} {_('Linjen är alla i urvalet tillsammans.')}"


def sentence(chart: Forest, row: ForestRow) -> str:
    """Return all that is known of a group."""
    n = _("n {n}").format(n=number(row.n))
    if row.value is None:
        return _("{name}: {note}, {n}").format(name=row.name, note=row.note or _("inget värde"), n=n)
    inside = interval(chart, row.low, row.high)
    said = _("{name}: {what} {value}").format(
        name=row.name, what=heading(chart).lower(), value=shown(chart, row.value)
    )
    parts = [f"{said} (95 % KI {inside})" if inside else said, n]
    if row.adjusted is not None:
        within = interval(chart, row.adjusted_low, row.adjusted_high)
        parts.append(
            _("åldersstandardiserat {value} ({interval})").format(value=shown(chart, row.adjusted), interval=within)
        )
    return ", ".join([*parts, *([row.note] if row.note else [])])
