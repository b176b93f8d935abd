"""The provider's own printed figures beside ours: units in columns, a table for each country, never on one axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports.markup import escaped
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import N_, NOTHING, _, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.report_chapters import PublishedColumn, PublishedTable
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer

_COUNTRIES: Final = {"SE": N_("Sverige"), "NO": N_("Norge"), "DK": N_("Danmark"), "FI": N_("Finland")}
_MOST_COLUMNS: Final = 6


def add(composer: Composer, tables: Sequence[PublishedTable], cells: Cells) -> None:
    """Add the chapter."""
    composer.chapter(_("Vårdgivarens egna siffror"), new_page=False)
    if not tables:
        composer.text(_("Inga publicerade siffror om vårdgivaren eller dess enheter finns i databasen."))
        return
    composer.text(
        _(
            "Siffror som vårdgivaren eller ett register har publicerat, som de står där, och under dem vad det här "
            "underlaget ger för samma sak. Urvalen är olika: här räknas bara operationer som regionen känner till."
        )
    )
    abroad = len({one.country for one in tables}) > 1
    for one in tables:
        for first in range(0, len(one.columns), _MOST_COLUMNS):
            _table(composer, one, one.columns[first : first + _MOST_COLUMNS], cells, abroad=abroad)


def _table(
    composer: Composer, one: PublishedTable, columns: Sequence[PublishedColumn], cells: Cells, *, abroad: bool
) -> None:
    notes = Notes()
    heads = [
        Column(escaped(column.unit) + (notes.mark(_fault(column)) if column.fits is False else ""))
        for column in columns
    ]
    notes.remark(footnotes.printed_by(one.source, one.period))
    notes.remark(_("Siffror ur vårdgivarens eller registrets rapport, inte uträknade här."))
    if any(column.n is None for column in columns):
        notes.remark(_("Utan antal går en andel inte att pröva, och inget intervall kan räknas ut."))
    if abroad:
        notes.remark(footnotes.countries())
    if any(column.ours is not None for column in columns):
        notes.remark(footnotes.suppressed(cells))
    what = word("indicator", one.indicator)
    composer.table(
        _("{what}, {joint}, {country}.").format(
            what=what, joint=word("procedure_area", one.joint).lower(), country=country(one.country)
        ),
        Grid(
            (words(country(one.country), 2.2), *heads, Column(_("Nationellt medel"), 0.9)),
            [*_printed_rows(one, columns, what), *_our_rows(columns, cells)],
        ),
        notes,
    )


def _printed_rows(one: PublishedTable, columns: Sequence[PublishedColumn], what: str) -> list[tuple[str, ...]]:
    period = _("Antal operationer ({period})").format(period=one.period)
    return [
        (period, *(NOTHING if column.n is None else number(column.n) for column in columns), ""),
        (_("Antal händelser som ger andelen"), *(_events(column) for column in columns), ""),
        (what, *(column.printed for column in columns), one.national or NOTHING),
    ]


def _our_rows(columns: Sequence[PublishedColumn], cells: Cells) -> list[tuple[str, ...]]:
    shares = [column.ours for column in columns]
    if all(share is None for share in shares):
        return []
    return [
        (_("Här: antal operationer"), *(cells.count(one.n) if one else NOTHING for one in shares), ""),
        (_("Här: antal händelser"), *(cells.count(one.events) if one else NOTHING for one in shares), ""),
        (_("Här: andel"), *(cells.rate(one) if one else NOTHING for one in shares), ""),
        (_("Här: 95 % intervall"), *(cells.interval(one) if one else NOTHING for one in shares), ""),
    ]


def _events(column: PublishedColumn) -> str:
    if column.fits is False:
        return _("inget")
    return column.events or NOTHING


def _fault(column: PublishedColumn) -> str:
    return _("Antal och andel går inte ihop. {why}").format(why=column.fault)


def country(code: str) -> str:
    """Return a country's name; an unknown code stands as it is."""
    return _(_COUNTRIES[code]) if code in _COUNTRIES else code
