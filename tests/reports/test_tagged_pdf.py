"""Reports for who does not see the page: headings, paragraphs, lists, tables and figures in reading order."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from reportlab.graphics.shapes import Drawing, String
from reportlab.platypus import Paragraph

from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.domain.report_seal import sealed
from kvalitetsapp.reports import document, provider_report, review_protocol, styles, total_report
from kvalitetsapp.reports.composer import Composer
from kvalitetsapp.reports.tables import Column, Grid, words
from support import pdf, protocol_example, report_example, tagged_pdf

if TYPE_CHECKING:
    from support.tagged_pdf import Node, Tagged

ALL = pytest.mark.parametrize("which", ["provider", "total", "protocol"])
FRAME = document.PageFrame("Prov", "vänster", "höger", "fot", sample=True)


@cache
@cache
def _bytes(which: str) -> bytes:
    data = report_example.provider_report()
    if which == "provider":
        return provider_report.build(sealed(replace(data, head=replace(data.head, sample=True))))
    if which == "total":
        return total_report.build(sealed(report_example.total_report()))
    return review_protocol.build(protocol_example.protocol())


@cache
def _read(which: str) -> Tagged:
    return tagged_pdf.read(_bytes(which))


def _composed(composer: Composer) -> Tagged:
    return tagged_pdf.read(document.build(FRAME, composer.story()))


@ALL
def test_the_file_says_that_it_is_tagged_in_swedish_and_shows_its_title(which: str) -> None:
    found = _read(which)
    assert found.reader.pdf_header == "%PDF-1.7"
    assert found.catalog["/MarkInfo"]["/Marked"]
    assert found.catalog["/Lang"] == "sv-SE"
    assert found.catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = found.reader.xmp_metadata
    assert metadata is not None
    assert metadata.dc_title == {"x-default": pdf.read(_bytes(which)).metadata["Title"]}
    assert found.root.role == "Document"
    assert {str(page["/Tabs"]) for page in found.reader.pages} == {"/S"}
    assert [int(str(page["/StructParents"])) for page in found.reader.pages] == list(range(len(found.pages)))


@ALL
def test_all_that_is_drawn_is_part_of_one_element_or_decoration(which: str) -> None:
    found = _read(which)
    marks = [mark for node in found.root.every() for mark in node.marks]
    drawn = [(page, piece.mark) for page, pieces in enumerate(found.pages) for piece in pieces]
    assert len(marks) == len(set(marks))
    assert not [mark for mark in drawn if mark[1] == tagged_pdf.UNMARKED]
    assert {mark for mark in drawn if mark[1] >= 0} <= set(marks)
    roles = {mark: f"/{node.role}" for node in found.root.every() for mark in node.marks}
    told = {(page, mark): role for page, line in enumerate(found.parents) for mark, role in enumerate(line)}
    assert roles == told


@ALL
def test_reading_follows_the_pages_and_says_all_that_is_not_decoration(which: str) -> None:
    found = _read(which)
    marks = [mark for node in found.root.every() for mark in node.marks]
    assert marks == sorted(marks)
    texts, pages = found.texts(), pdf.read(_bytes(which)).pages
    for page, pieces in enumerate(found.pages):
        decoration = " ".join(piece.text for piece in pieces if piece.mark == tagged_pdf.ARTIFACT and piece.text)
        read = "".join(texts.get(mark, "") for mark in marks if mark[0] == page)
        assert _letters(read + decoration) == _letters(pages[page])


def _letters(text: str) -> list[str]:
    return sorted(re.sub(r"\s", "", text.replace("\u00ad", "-")))


@ALL
def test_what_every_page_repeats_is_decoration(which: str) -> None:
    found = _read(which)
    for number, pieces in enumerate(found.pages, start=1):
        decoration = [piece.text for piece in pieces if piece.mark == tagged_pdf.ARTIFACT and piece.text]
        assert f"Sida {number} av {len(found.pages)}" in decoration
    read = " ".join(found.texts().values())
    assert "Sida 1 av" not in read
    assert "EXEMPELDATA" not in read


@ALL
def test_headings_begin_at_the_top_and_skip_no_level(which: str) -> None:
    found = _read(which)
    headings = [node for node in found.root.every() if re.fullmatch(r"H\d", node.role)]
    levels = [int(node.role[1]) for node in headings]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    outline = [(title, level + 1) for level, title, _page in pdf.read(_bytes(which)).outline]
    assert [(found.text(node).strip(), level) for node, level in zip(headings, levels, strict=True)] == outline


@ALL
def test_every_table_has_heads_and_rows_of_as_many_cells(which: str) -> None:
    tables = _read(which).of("Table")
    assert len(tables) > 5
    for table in tables:
        rows = [node for node in table.nodes if node.role != "Caption"]
        assert {row.role for row in rows} == {"TR"}
        assert len({len(row.nodes) for row in rows}) == 1
        assert {cell.role for row in rows for cell in row.nodes} == {"TH", "TD"}
        assert _scopes(rows) in ({"/Column"}, {"/Row"})
        assert [node.role for node in table.nodes].index("TR") <= 1


def _scopes(rows: list[Node]) -> set[str]:
    return {cell.attributes["/Scope"] for row in rows for cell in row.nodes if cell.role == "TH"}


@ALL
def test_every_figure_says_what_it_shows_and_where_it_stands(which: str) -> None:
    found = _read(which)
    figures = found.of("Figure")
    assert figures
    for figure in figures:
        assert len(figure.alt) > 20
        left, bottom, right, top = map(float, figure.attributes["/BBox"])
        assert 0 < left < right < styles.PAGE_WIDTH
        assert 0 < bottom < top < styles.PAGE_HEIGHT


@ALL
def test_parts_stand_where_the_standard_lets_them(which: str) -> None:
    allowed = {"L": {"LI"}, "LI": {"Lbl", "LBody"}, "TOC": {"Caption", "TOCI"}, "TOCI": {"Reference"}}
    allowed |= {"Reference": {"Link"}, "TR": {"TH", "TD"}, "Table": {"Caption", "TR"}, "Document": set()}
    found = _read(which)
    for node in found.root.every():
        assert not allowed.get(node.role) or {one.role for one in node.nodes} <= allowed[node.role]
    notes = [node.identity for node in found.of("Note")]
    assert len(notes) == len(set(notes))
    assert "" not in notes
    named = found.catalog["/StructTreeRoot"]["/IDTree"]["/Names"]
    assert named[::2] == sorted(notes)
    assert {str(one.get_object()["/S"]) for one in named[1::2]} <= {"/Note"}


@ALL
def test_lines_of_the_contents_are_links_that_say_where_they_lead(which: str) -> None:
    found = _read(which)
    links, parents = found.of("Link"), found.catalog["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    assert len(links) == found.links == len(found.of("TOCI"))
    assert {link.links for link in links} == {1}
    annotations = [one.get_object() for page in found.reader.pages for one in page.get("/Annots", ())]
    for annotation, link in zip(annotations, links, strict=True):
        assert found.text(link).startswith(annotation["/Contents"])
        assert parents[2 * annotation["/StructParent"] + 1].get_object()["/S"] == "/Link"


def test_lists_have_their_bullets_apart() -> None:
    found = _read("provider")
    for item in found.of("LI"):
        assert [node.role for node in item.nodes] == ["Lbl", "LBody"]
        assert found.text(item.nodes[0]).strip() == "•"
        assert "•" not in found.text(item.nodes[1])


def test_a_table_over_several_pages_is_one_whose_heads_are_read_once() -> None:
    composer = Composer()
    composer.chapter("Lång", new_page=False)
    rows = [(f"rad {number}", str(number)) for number in range(150)]
    composer.table("Många rader.", Grid((words("Vad"), Column("Antal")), rows))
    found = _composed(composer)
    (table,) = found.of("Table")
    assert [found.text(row).split() for row in table.nodes[1:3]] == [["Vad", "Antal"], ["rad", "0", "0"]]
    assert len([row for row in table.nodes if row.role == "TR"]) == 151
    assert [node.role for node in table.every()].count("TH") == 2
    pages = {page for node in table.every() for page, _mark in node.marks}
    assert len(pages) > 2
    repeated = [piece for pieces in found.pages for piece in pieces if piece.text == "Antal" and piece.mark < 0]
    assert len(repeated) == len(pages) - 1


def test_a_paragraph_that_goes_on_on_the_next_page_is_one() -> None:
    composer = Composer()
    composer.chapter("Lång", new_page=False)
    composer.text("Ett ord till. " * 1500)
    composer.bullets(["En kort punkt.", "Ett ord till. " * 1500])
    found = _composed(composer)
    long = [node for node in found.root.every() if len({page for page, _mark in node.marks}) > 1]
    assert [node.role for node in long] == ["P", "LBody"]
    assert all(found.text(node).count("ord") == 1500 for node in long)
    assert [len(item.nodes) for item in found.of("LI")] == [2, 2]


def test_a_figure_says_its_alternative_text_or_else_its_caption() -> None:
    composer = Composer()
    composer.chapter("Figurer", new_page=False)
    for alt in ("", "En punkt (ö) över gränsen."):
        composer.figure("Vad den visar.", Drawing(100, 20, String(0, 0, "x")), alt=alt)
    found = _composed(composer)
    assert [figure.alt for figure in found.of("Figure")] == ["Vad den visar.", "En punkt (ö) över gränsen."]
    assert [found.text(one) for one in found.of("Caption")[1:]] == [
        "Figur 1.  Vad den visar.",
        "Figur 2.  Vad den visar.",
    ]


def test_words_are_apart_also_where_a_line_ends_whoever_draws_it() -> None:
    """Lines are squeezed to fit at some of these widths; what draws nothing is marked as nothing."""
    composer = Composer()
    composer.chapter("Ord", new_page=False)
    texts = [f"{'ett ord ' * 8}och så {'m' * size} och ord till efter det" for size in range(1, 40)]
    composer.bullets(texts)
    composer.add(Paragraph("", styles.BODY))
    composer.add(Paragraph("Rad <u>under</u> reportlab.", styles.BODY))
    found = _composed(composer)
    read = [" ".join(found.text(node).split()) for node in found.root.every() if node.role in {"LBody", "P"}]
    assert read == [*texts, "Rad under reportlab."]
    assert not [piece for pieces in found.pages for piece in pieces if piece.mark == tagged_pdf.UNMARKED]


def test_lines_to_sign_on_are_no_table() -> None:
    found = _read("protocol")
    signed = found.of("Div")
    assert {node.role for one in signed for node in one.nodes} == {"P"}
    assert "Underskrift" in found.text(signed[0])


def test_small_numbers_are_not_told_by_alternative_texts_either() -> None:
    """The key figures are written beside their picture from the same texts, after small numbers are hidden."""
    data = report_example.provider_report()
    outside = replace(data, head=replace(data.head, small_numbers=SmallNumbers.PLAIN))
    found = tagged_pdf.read(provider_report.build(outside))
    shown = found.texts()
    first = found.of("Figure")[0]
    drawn = "".join(shown[mark] for mark in first.marks)
    for number in re.findall(r"\d+", first.alt):
        assert number in drawn
