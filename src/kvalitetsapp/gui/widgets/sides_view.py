"""Two contents side by side, as text that can be read, selected and scrolled; where they differ is marked."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from kvalitetsapp.gui.theme import tokens_of
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.texts import NOTHING, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.table import Row, Table


class SidesView(FactsView):
    """Shows rows of name, field, ours, theirs and whether they differ; what differs has a sign, not a colour alone."""

    def show_sides(self, told: Table, ours: str, theirs: str) -> None:
        """Show a table of `exchange_tables.SIDES` under the headings of the two sides."""
        of_thing = [(str(name), list(rows)) for name, rows in groupby(told.rows, key=lambda row: row[0])]
        differing = [(name, rows) for name, rows in of_thing if any(row[4] for row in rows)]
        self.setHtml("".join(self._thing(name, rows, (ours, theirs)) for name, rows in differing or of_thing))

    def _thing(self, name: str, rows: Sequence[Row], headings: tuple[str, str]) -> str:
        gap = self.fontMetrics().height() // 4
        tokens = tokens_of(QGuiApplication.palette())
        pad = f"padding:{gap // 2}px {gap * 4}px {gap // 2}px 0"
        top = "".join(
            f'<td style="{pad}" width="{width}%"><span style="color:{tokens.muted}">{escape(text)}</span></td>'
            for text, width in (("", 4), ("", 20), (headings[0], 38), (headings[1], 38))
        )
        body = "".join(self._row(row, pad) for row in rows)
        title = f'<p style="margin:{gap * 2}px 0 {gap}px 0"><b>{escape(name)}</b></p>'
        return f'{title}<table cellspacing="0" width="100%"><tr>{top}</tr>{body}</table>'

    def _row(self, row: Row, pad: str) -> str:
        _name, field, ours, theirs, differs = row
        tokens = tokens_of(QGuiApplication.palette())
        weight = "font-weight:600" if differs else ""
        sides = "".join(
            f'<td style="{pad}; {weight}">{escape(str(text) or NOTHING).replace(chr(10), "<br>")}</td>'
            for text in (ours, theirs)
        )
        sign = f'<span title="{escape(_("Skiljer sig"))}">≠</span>' if differs else ""
        label = f'<span style="color:{tokens.muted}">{escape(str(field))}</span>'
        return f'<tr><td style="{pad}">{sign}</td><td style="{pad}">{label}</td>{sides}</tr>'
