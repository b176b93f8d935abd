"""What the XML of an ODS workbook tells that its reader does not: extents, errors, formulas without a result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from kvalitetsapp.exchange.archives import LARGEST_INFLATED, bomb, damaged, locked
from kvalitetsapp.exchange.xlsx_parts import Extent
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.exchange.archives import Archive
    from kvalitetsapp.progress import Progress

CONTENT: Final = "content.xml"
LAST_ROW: Final = 1 << 20
LAST_COLUMN: Final = 1 << 14
_MOST_REPEATED: Final = 1 << 20
_MANIFEST: Final = "META-INF/manifest.xml"
_CELLS: Final = frozenset({"table:table-cell", "table:covered-table-cell"})
_VALUES: Final = frozenset({"office:value-type", "calcext:value-type", "table:formula"})


def extents_of(archive: Archive, progress: Progress) -> dict[str, Extent]:
    """Return what every sheet's XML tells, by the sheet's name.

    Raises:
        InputError: it is damaged or has a password.
    """
    if CONTENT not in archive.parts:
        raise damaged(archive.file_name)
    if _MANIFEST in archive.parts and b"encryption-data" in archive.content(_MANIFEST):
        raise locked(archive.file_name)
    scan, parser = _Scan(archive.file_name), expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = scan.start, scan.end
    parser.CharacterDataHandler = scan.text
    done, size = 0, archive.parts[CONTENT].file_size
    try:
        for block in archive.blocks(CONTENT):
            parser.Parse(block)
            done += len(block)
            progress.step(size + done, 4 * size, _("Granskar filen"))
        parser.Parse(b"", True)  # noqa: FBT003 - expat takes no keyword
    except (expat.ExpatError, ValueError, LookupError):
        raise damaged(archive.file_name) from None
    return scan.found


class _Scan:
    """Counts rows and cells, each as often as it says it is repeated."""

    def __init__(self, file_name: str) -> None:
        self.found: dict[str, Extent] = {}
        self._file_name = file_name
        self._extent = Extent()
        self._row = self._column = 0
        self._repeated = 1
        self._formula: tuple[int, int] | None = None
        self._has_result = False
        self._shown = ""
        self._times = 0
        self._letters = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of where an element stands."""
        if name in _CELLS:
            self._cell(attributes)
        elif name == "table:table-row":
            self._row += 1
            self._column = 0
            self._repeated = _times(attributes, "table:number-rows-repeated")
        elif name == "table:table":
            self._extent = self.found[attributes.get("table:name", "")] = Extent()
            self._row = 0

    def end(self, name: str) -> None:
        """Judge a cell with a formula once its text is known, and pass by the repeated rows."""
        if name == "table:table-row":
            self._row += self._repeated - 1
        if name in _CELLS:
            self._times = 0
        if name in _CELLS and self._formula:
            if self._shown.startswith(("#", "Err:")):
                self._note("error_cell", self._shown[:24])
            elif not self._has_result:
                self._note("no_result", "=")
            self._formula = None

    def text(self, text: str) -> None:
        """Count the letters as often as their cell is repeated; keep what a cell with a formula shows."""
        self._letters += len(text) * self._times
        if self._letters > LARGEST_INFLATED:
            raise bomb(self._file_name)
        if self._formula:
            self._shown += text

    def _cell(self, attributes: dict[str, str]) -> None:
        first, self._column = (
            self._column + 1,
            self._column + _times(attributes, "table:number-columns-repeated"),
        )
        if _VALUES.isdisjoint(attributes):
            return
        self._times = self._repeated * (self._column - first + 1)
        extent, last = self._extent, self._row + self._repeated - 1
        if last > LAST_ROW or self._column > LAST_COLUMN:
            raise bomb(self._file_name)
        extent.cells += 1
        extent.rows, extent.columns = max(extent.rows, last), max(extent.columns, self._column)
        is_error = attributes.get("calcext:value-type") == "error"
        if is_error or "table:formula" in attributes:
            self._formula = (first, self._column)
            self._has_result = "office:value-type" in attributes
            self._shown = "#" if is_error else ""

    def _note(self, code: str, shown: str) -> None:
        first, last = self._formula or (1, 0)
        if (self._repeated - 1) * (last - first) > _MOST_REPEATED:
            raise bomb(self._file_name)
        shown = shown[1:] if shown.startswith(("##", "#Err:")) else shown
        for row in range(self._row, self._row + self._repeated):
            for column in range(first, last + 1):
                self._extent.note(row, column, code, shown)


def _times(attributes: dict[str, str], name: str) -> int:
    """Return how often something is repeated; what takes away from the counts would get more past them."""
    times = int(attributes.get(name, "1"))
    if times < 1:
        raise ValueError(name)
    return times
