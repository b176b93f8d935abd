"""What stands in a PDF: its text, fonts, outline and the facts about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pypdfium2


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF read back."""

    pages: tuple[str, ...]
    outline: tuple[tuple[int, str, int], ...]
    metadata: dict[str, str]
    raw: bytes

    @property
    def text(self) -> str:
        """Return the text of all pages, with plain spaces and without line ends."""
        return " ".join(self.pages)

    def fonts(self) -> set[str]:
        """Return the names of all fonts."""
        return {name.decode() for name in re.findall(rb"/BaseFont\s*/([^\s/>]+)", self.raw)}

    def embedded_fonts(self) -> set[str]:
        """Return the names of the fonts whose file is in the PDF."""
        described = re.findall(rb"<<[^<>]*?/FontFile2[^<>]*?>>", self.raw)
        return {found.decode() for each in described for found in re.findall(rb"/FontName\s*/([^\s/>]+)", each)}


def read(content: bytes) -> Pdf:
    """Return what stands in a PDF."""
    document = pypdfium2.PdfDocument(content)
    try:
        pages = tuple(_page_text(page) for page in document)
        outline = tuple(_entry(bookmark) for bookmark in document.get_toc())
        return Pdf(pages, outline, document.get_metadata_dict(), content)
    finally:
        document.close()


def _page_text(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage()
    try:
        return re.sub(r"\s+", " ", str(text.get_text_bounded()).replace("\ufffe", ""))
    finally:
        text.close()
        page.close()


def _entry(bookmark: pypdfium2.PdfBookmark) -> tuple[int, str, int]:
    destination = bookmark.get_dest()
    return bookmark.level, bookmark.get_title(), destination.get_index() if destination else -1
