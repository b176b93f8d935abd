"""What waiting lists say in sentences: what a figure rests on, what is amiss, and what the whole comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvalitetsapp.domain.waiting import (
        WaitingCapacity,
        WaitingChoice,
        WaitingChoices,
        WaitingDistribution,
        WaitingScope,
        WaitingSpecialised,
        WaitingState,
    )

_MOST: Final = 6
_MINUTES: Final = 60


def everyone(scope: WaitingScope, choices: WaitingChoices) -> str:
    """Return whom a scope is about."""
    named = [
        _name(choices.counties, scope.county),
        _name(choices.providers, scope.provider_id),
        _name(choices.areas, scope.area),
    ]
    return ", ".join(name for name in named if name) or _("Alla län")


def _name(choices: Sequence[WaitingChoice], key: str) -> str:
    return next((one.name for one in choices if key and one.key == key), key)


def rests_on(state: WaitingState) -> str:
    """Return the day of the list, and the population that rates are reckoned by."""
    if state.snapshot_on is None:
        return _("Det finns ingen väntelista för urvalet.")
    told = [_("Listan den {day}.").format(day=state.snapshot_on.isoformat())]
    if state.population_year is None:
        told.append(_("Folkmängd saknas, så inget räknas per invånare."))
    elif state.invented:
        told.append(_("Per invånare enligt en påhittad folkmängd för {year}.").format(year=state.population_year))
    else:
        told.append(_("Per invånare enligt folkmängden {year}.").format(year=state.population_year))
    return " ".join(told)


def of_specialised(one: WaitingSpecialised, choices: WaitingChoices) -> str:
    """Return whose patients with need of highly specialised care are told, and how they are known."""
    county = _name(choices.counties, one.county) or _("alla län")
    return _("{county}: {mark} märkta i listan, {table} enligt områdestabellen").format(
        county=county, mark=number(one.by_mark), table=number(one.by_table)
    )


def gaps_told(gaps: Mapping[str, Sequence[str]]) -> str:
    """Return which months lack a list, and from whom; "" where none does."""
    if not gaps:
        return ""
    named = [
        _("{month} ({sources})").format(month=month, sources=", ".join(sources)) for month, sources in gaps.items()
    ]
    shown = ", ".join(named[:_MOST])
    if len(named) > _MOST:
        shown = _("{shown} och {n} månader till").format(shown=shown, n=number(len(named) - _MOST))
    told = ngettext(
        "Lista saknas: {months}. Den månaden är ett uppehåll i kurvan.",
        "Lista saknas: {months}. De månaderna är uppehåll i kurvan.",
        len(gaps),
    )
    return told.format(months=shown)


def operating_told(capacity: WaitingCapacity) -> str:
    """Return the operating time that a list takes, and for how many none is known."""
    told = _("Listan motsvarar {hours} timmars operationstid, {without} utan MOV och PVV.").format(
        hours=number(round(capacity.minutes / _MINUTES)), without=number(round(capacity.minutes_without / _MINUTES))
    )
    if not capacity.lacking:
        return told
    waiting = sum(many for _code, many in capacity.lacking)
    codes = ", ".join(code for code, _many in capacity.lacking[:_MOST])
    lacking = _("Operationstid saknas för {n} väntande ({codes}); de är inte med.").format(
        n=number(waiting), codes=codes + (" …" if len(capacity.lacking) > _MOST else "")
    )
    return f"{told} {lacking}"


def quartiles(found: WaitingDistribution) -> str:
    """Return how long half of those who wait have waited, and the middle half."""
    whole = found.whole
    median, without = (str(whole.get(name) or "") for name in ("median", "median_without"))
    if not median:
        return _("Ingen väntar i urvalet.")
    low, high = (str(whole.get(name) or "") for name in ("p25", "p75"))
    said = _("Hälften har väntat {median} dagar eller längre; mellersta hälften {low}–{high} dagar.").format(
        median=comma(median), low=comma(low), high=comma(high)
    )
    if not without:
        return said
    return f"{said} {_('Utan MOV och PVV är medianen {days} dagar.').format(days=comma(without))}"


def comma(value: str) -> str:
    """Return a decimal number as people write it."""
    return value.removesuffix(".0").replace(".", ",")
