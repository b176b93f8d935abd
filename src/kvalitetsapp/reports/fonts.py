"""The embedded fonts, each cut down and packed once for all documents that use the same letters.

Cutting a font down and packing it is most of the work of a short document, and short documents use the same alphabet.
So its letters are given out in the same order in every document, and what follows from them is remembered.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# Beyond ASCII, which every document begins with: what Swedish documents write.
_ALPHABET: Final = "åäöÅÄÖéÉüÜ–−·•…§”’×"
_ALPHABETS_KEPT: Final = 16
_TEXTS_KEPT: Final = 1 << 15


class _Face(TTFontFace):
    """A typeface that remembers the cuts that were made of it."""

    def __init__(self, filename: str) -> None:
        super().__init__(filename)
        self._cut = lru_cache(_ALPHABETS_KEPT)(super().makeSubset)
        self._packed = lru_cache(_ALPHABETS_KEPT)(zlib.compress)

    def makeSubset(self, subset: Sequence[int]) -> bytes:  # noqa: N802 - reportlab's name
        """Return the font with the glyphs of a list of characters alone."""
        return bytes(self._cut(tuple(subset)))

    def addSubsetObjects(self, doc: Any, fontname: str, subset: Sequence[int]) -> Any:  # noqa: ANN401, N802 - theirs
        """Add a cut to a document as reportlab does, packed in advance."""
        add: Any = super().addSubsetObjects
        descriptor = add(doc, fontname, subset)
        if doc.compression:
            file = doc.idToObject[f"fontFile:{self.filename}({fontname})"]
            file.content = self._packed(file.content)
            file.dictionary["Filter"] = pdfdoc.PDFArray([pdfdoc.PDFName(pdfdoc.PDFZCompress.pdfname)])
        return descriptor


class HouseFont(TTFont):
    """A TrueType font for embedding whose work is shared by all documents of the process."""

    def __init__(self, name: str, file: Path) -> None:
        super().__init__(name, str(file))
        self.face = _Face(str(file))
        self._widths = lru_cache(_ALPHABETS_KEPT)(self._widths_written)
        self._measured = lru_cache(_TEXTS_KEPT)(self._measure)

    def addObjects(self, doc: Any) -> None:  # noqa: ANN401, N802 - reportlab's
        """Add the font to a document as reportlab does, its widths written in advance."""
        subsets = self.state[doc].subsets
        names = [self.getSubsetInternalName(number, doc)[1:] for number in range(len(subsets))]
        add: Any = super().addObjects
        add(doc)
        for name, subset in zip(names, subsets, strict=True):
            doc.idToObject[name].Widths = self._widths(tuple(subset))

    def stringWidth(self, text: str | bytes, size: float, encoding: str = "utf-8") -> float:  # noqa: N802 - reportlab's
        """Return how wide a text is as reportlab does, measured once: a report is a few thousand words."""
        return 0.001 * size * self._measured(text if isinstance(text, str) else text.decode(encoding))

    def give_out_letters(self, doc: object) -> None:
        """Let a new document know the alphabet in one order, whatever it will write first."""
        self.splitString(_ALPHABET, doc)

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> Any:  # noqa: ANN401, N802 - reportlab's
        """Return a text in the codes of a document's cuts as reportlab does, at once where it knows the letters."""
        state: Any = self.state.get(doc)
        if state is not None and isinstance(text, str):
            known = state.assignments
            try:
                return [(0, bytes([known[ord(letter)] for letter in text.replace("\u00a0", " ")]))] if text else []
            except (KeyError, ValueError):  # a letter that is new to the document, or of a later cut
                pass
        split: Any = super().splitString
        return split(text, doc, encoding)

    def _measure(self, text: str) -> float:
        known, default = self.face.charWidths.get, self.face.defaultWidth
        return float(sum(known(ord(letter), default) for letter in text))

    def _widths_written(self, subset: tuple[int, ...]) -> bytes:
        width: Any = self.face.getCharWidth
        return b"[ %s ]" % b" ".join(b"%.6g" % width(code) for code in subset)
