"""Fifty provider reports of the sample county against bare reportlab documents with the same cells and lines.

What the bare document holds is read from the structure tree of ours: every cell of every table, every paragraph, and
of figures as many strings and lines.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from functools import partial
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias

from benchmarks.timing import Comparison, best
from kvalitetsapp import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.domain.report_data import ProviderReport
    from support.tagged_pdf import Node, Tagged

_REPORTS: Final = 50
_ROUNDS: Final = 3
_PASSPHRASE: Final = "mätning"  # noqa: S105 - of a sample store that is thrown away
_Drawn: TypeAlias = dict[tuple[int, int], list[str | None]]
_FONTS: Final = ("DejaVuSans", "DejaVuSans-Bold")
_BARE_DOCUMENTS: Final = """
import io, json, sys, time
from xml.sax.saxutils import escape
from reportlab.graphics.shapes import Drawing, Line, String
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle
folder, plain, bold = sys.argv[1:]
for name in (plain, bold):
    pdfmetrics.registerFont(TTFont(name, f"{folder}/{name}.ttf"))
text = ParagraphStyle("text", fontName=plain, bulletFontName=plain, fontSize=9, leading=13, spaceAfter=5)
heading = ParagraphStyle("heading", parent=text, fontName=bold, fontSize=12)
cells = TableStyle([("FONT", (0, 0), (-1, -1), plain, 7.8), ("FONT", (0, 0), (-1, 0), bold, 7.4),
    ("TOPPADDING", (0, 0), (-1, -1), 2.6), ("BOTTOMPADDING", (0, 0), (-1, -1), 3.2)])

def flowable(kind, content):
    if kind == "table":
        table = Table(content)
        table.setStyle(cells)
        return table
    if kind == "figure":
        drawing = Drawing(450, 200)
        for place in range(content["lines"]):
            drawing.add(Line(0, place, 450, place, strokeWidth=0.5))
        for place, words in enumerate(content["strings"]):
            drawing.add(String(place, place, words, fontName=plain, fontSize=7))
        return drawing
    return PageBreak() if kind == "page" else Paragraph(escape(content), heading if kind == "heading" else text)

for line in sys.stdin:
    content = json.loads(line)
    begun = time.perf_counter()
    document = SimpleDocTemplate(io.BytesIO(), invariant=1, pageCompression=1, initialFontName=plain)
    document.build([flowable(kind, part) for kind, part in content])
    print(time.perf_counter() - begun, document.page, flush=True)
"""


def compare() -> list[Comparison]:
    """Time each report in turns with the rival's document, and print how many pages both have and make a second."""
    from kvalitetsapp.reports import provider_report
    from support import tagged_pdf

    reports = list(_reports())
    read = [tagged_pdf.read(provider_report.build(data)) for data in reports]
    ours, theirs = [inf] * _REPORTS, [inf] * _REPORTS
    with _Bare() as bare:
        for _round in range(_ROUNDS):
            bare_pages = 0
            for place, (data, tagged) in enumerate(zip(reports, read, strict=True)):
                ours[place] = min(ours[place], best(partial(provider_report.build, data), 1))
                seconds, pages = bare.document(list(_content(tagged)))
                theirs[place], bare_pages = min(theirs[place], seconds), bare_pages + pages
    pages = sum(len(tagged.pages) for tagged in read)
    for whose, made, spent in (("ours", pages, sum(ours)), ("bare", bare_pages, sum(theirs))):
        print(f"{whose}: {made} pages, {made / spent:.0f} a second")
    return [Comparison(f"{_REPORTS} provider reports", sum(ours), "bare reportlab documents", sum(theirs), 2)]


def _reports() -> Iterator[ProviderReport]:
    """Give the reports of the sample county's providers, again and again under other names."""
    from kvalitetsapp.domain.report_seal import sealed

    found = list(_of_sample_county())
    for number in range(_REPORTS):
        data = found[number % len(found)]
        yield sealed(replace(data, head=replace(data.head, subject=f"Vårdgivare {number}")))


def _of_sample_county() -> Iterator[ProviderReport]:
    from kvalitetsapp.domain.released import SmallNumbers
    from kvalitetsapp.services import report_contents, report_making
    from kvalitetsapp.services.demo import make_sample_store
    from kvalitetsapp.store import providers

    with (
        TemporaryDirectory(prefix="kvalitetsapp-matning-") as name,
        make_sample_store(Path(name) / "prov.kvdb", _PASSPHRASE) as workspace,
    ):
        every = report_contents.source_of(workspace, report_making.data_cut(workspace))
        for one in providers.all_providers(workspace.store):
            source = every.of_provider(one.provider_id)
            yield report_contents.provider_report(workspace, source, small_numbers=SmallNumbers.OPEN)


def _content(tagged: Tagged) -> Iterator[tuple[str, Any]]:
    """Give the parts of a report in order: headings, paragraphs, tables, figures, new pages."""
    drawn: _Drawn = {}
    for page, pieces in enumerate(tagged.pages):
        for piece in pieces:
            drawn.setdefault((page, piece.mark), []).append(piece.text)
    yield from _parts(tagged.root, drawn)


def _parts(node: Node, drawn: _Drawn) -> Iterator[tuple[str, Any]]:
    if node.role in {"Document", "Sect", "TOC", "L"}:
        for part in node.nodes:
            yield from _parts(part, drawn)
    elif node.role == "Table":
        yield from (("text", " ".join(_texts(part, drawn))) for part in node.nodes if part.role == "Caption")
        yield "table", [[_cell(cell, drawn) for cell in row.nodes] for row in node.nodes if row.role == "TR"]
    elif node.role == "Figure":
        lines = [text for mark in node.marks for text in drawn[mark] if text is None]
        yield "figure", {"strings": _texts(node, drawn), "lines": len(lines)}
    else:
        if node.role == "H1":
            yield "page", None
        yield "heading" if node.role in {"H1", "H2"} else "text", " ".join(_texts(node, drawn))


def _cell(cell: Node, drawn: _Drawn) -> str:
    """Return the lines of a cell; in heads marks stand beside words, which are no lines of their own."""
    return (" " if cell.role == "TH" else "\n").join(_texts(cell, drawn))


def _texts(node: Node, drawn: _Drawn) -> list[str]:
    return [text for one in node.every() for mark in one.marks for text in drawn.get(mark, ()) if text]


class _Bare:
    """A process that knows nothing but reportlab: in ours, a font of ours would be taken for the rival's."""

    def __init__(self) -> None:
        fonts = str(settings.resources_dir() / "fonts")
        command = [sys.executable, "-c", _BARE_DOCUMENTS, fonts, *_FONTS]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")

    def document(self, content: list[tuple[str, Any]]) -> tuple[float, int]:
        """Return the seconds that a bare document of the same parts takes, and its pages."""
        assert self._process.stdin is not None  # noqa: S101 - asked for above
        assert self._process.stdout is not None  # noqa: S101 - asked for above
        print(json.dumps(content), file=self._process.stdin, flush=True)
        seconds, pages = self._process.stdout.readline().split()
        return float(seconds), int(pages)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        self._process.communicate()
