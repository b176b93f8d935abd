"""A report as tables for a workbook: every table that stands on paper, and all its words and footnotes.

The tables are read off what was printed, so what is hidden on paper is nowhere in the workbook either: `<5` is text
in a column of its own beside an empty number. What is drawn is not there; its numbers stand in the tables.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.reports import printed_numbers
from kvalitetsapp.reports.printed import PrintedTable, PrintedText
from kvalitetsapp.reports.tables import Column as PaperColumn
from kvalitetsapp.texts import N_, NO_BREAK_SPACE, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kvalitetsapp.domain.table import Row, Value
    from kvalitetsapp.reports.composed import Composed
    from kvalitetsapp.reports.tables import Grid

ABOUT: Final = (
    Column("part", Kind.TEXT, N_("Avsnitt")),
    Column("what", Kind.TEXT, N_("Uppgift")),
    Column("said", Kind.TEXT, N_("Text")),
)
WORDS: Final = (
    Column("part", Kind.TEXT, N_("Avsnitt")),
    Column("word", Kind.TEXT, N_("Ord")),
    Column("said", Kind.TEXT, N_("Text")),
)
_MARK: Final = re.compile(r"<super.*?</super>|<[^>]*>")
_Filled = tuple[Column, "Sequence[Value]"]


def sheets(report: Composed) -> list[tuple[str, Table]]:
    """Return the sheets of the workbook with their titles: about it, the tables in their order, and the words."""
    printed = report.printed()
    tables = [one for one in printed if isinstance(one, PrintedTable)]
    named = [(f"{one.number} {one.place}", table_of(one.grid)) for one in tables]
    return [
        (_("Om rapporten"), Table(ABOUT, list(_about(report, tables)))),
        *named,
        (_("Text och noter"), Table(WORDS, list(_words(printed)))),
    ]


def table_of(grid: Grid) -> Table:
    """Return a printed table with its numbers as numbers; ranges have two columns, and what is hidden one of text."""
    grid = _turned(grid) if grid.measures_in_rows else grid
    filled: list[_Filled] = []
    for place, head in enumerate(grid.columns):
        texts = [row[place] for row in grid.rows]
        if place == 0 and grid.groups:
            texts = list(_downwards(texts))
        filled += _numbers(_plain(head.head), texts) if head.number else [_text(_plain(head.head), texts)]
    columns = tuple(replace(column, name=f"c{place}") for place, (column, _values) in enumerate(filled, start=1))
    return Table(columns, list(zip(*(values for _column, values in filled), strict=True)))


def _about(report: Composed, tables: Iterable[PrintedTable]) -> Iterator[Row]:
    yield (_("Rapporten"), _("Titel"), report.title)
    yield (_("Rapporten"), _("Gäller"), report.head.subject)
    for what, said in report.facts():
        yield (_("Rapporten"), what, said)
    yield (_("Rapporten"), _("Underlagets fingeravtryck"), report.manifest.fingerprint)
    yield (_("Läsa tabellerna"), _("Tom cell"), _("Uppgiften saknas eller visas inte. Noll betyder att inget hände."))
    yield (_("Läsa tabellerna"), _("Figurer"), _("Diagrammen står bara i PDF-filen."))
    for one in tables:
        yield (_("Tabeller"), _("Tabell {number}").format(number=one.number), one.caption)


def _words(printed: Iterable[PrintedText | PrintedTable]) -> Iterator[Row]:
    for one in printed:
        if isinstance(one, PrintedText):
            yield (one.chapter or _("Framsida"), one.word.rstrip("."), one.text)
        else:
            for mark, said in one.notes:
                yield (one.chapter, _("Tabell {number}").format(number=one.number), f"{mark} {said}".strip())


def _numbers(heading: str, texts: Sequence[str]) -> Iterator[_Filled]:
    """Give the columns that a printed column of numbers makes: one, two of a range, and one of what is no number."""
    ends = [printed_numbers.ends(text) for text in texts]
    low = printed_numbers.column([one and one[0] for one in ends])
    high = printed_numbers.column([one and one[1] for one in ends])
    if low is None or high is None or not any(ends):
        yield _text(heading, texts)
        return
    if any(map(printed_numbers.is_range, texts)):
        heading = printed_numbers.with_unit(heading, low)
        yield Column("", low.kind, _("{heading}, från").format(heading=heading)), low.values
        yield Column("", high.kind, _("{heading}, till").format(heading=heading)), high.values
    else:
        yield Column("", low.kind, printed_numbers.with_unit(heading, low)), low.values
    others = ["" if one else text for one, text in zip(ends, texts, strict=True)]
    if not all(map(printed_numbers.is_nothing, others)):
        yield _text(_("{heading}, text").format(heading=heading), others)


def _text(heading: str, texts: Sequence[str]) -> _Filled:
    return Column("", Kind.TEXT, heading), [_whole(text) for text in texts]


def _whole(text: str) -> str:
    """Return a text of one line; a word that was broken to fit its column is whole again."""
    if printed_numbers.is_nothing(text):
        return ""
    return text.replace("\n", " " if " " in text else "").replace(NO_BREAK_SPACE, " ")


def _downwards(texts: Iterable[str]) -> Iterator[str]:
    """Give every row the name of its group, which paper says once."""
    said = ""
    for text in texts:
        said = text or said
        yield said


def _turned(grid: Grid) -> Grid:
    """Return a table whose measures stand below each other with the measures beside each other."""
    subjects = [column.head for column in grid.columns[1:]]
    return replace(
        grid,
        columns=(replace(grid.columns[0], number=False), *(PaperColumn(row[0]) for row in grid.rows)),
        rows=[(_plain(name), *(row[n] for row in grid.rows)) for n, name in enumerate(subjects, start=1)],
        measures_in_rows=False,
    )


def _plain(head: str) -> str:
    """Return the head of a column without footnote marks and markup."""
    return html.unescape(_MARK.sub("", head)).replace(NO_BREAK_SPACE, " ")
