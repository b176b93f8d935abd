"""What an XLSX sheet's XML tells that the reader of workbooks does not: its extent, errors, formulas without a result.

Each part is gone through once as bytes, a block of whole rows at a time: looking for the few signs of trouble takes a
small part of the time that reading the cells takes, and only where there are any is the place worked out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kvalitetsapp.exchange.archives import LARGEST_INFLATED, bomb, damaged
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.exchange.archives import Archive
    from kvalitetsapp.progress import Progress

WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_LONGEST_ROW: Final = 64 << 20
_LONGEST_TEXT: Final = 4 << 20  # a cell holds 32 767 letters, and how they look takes some more
_LARGEST_INDEX: Final = 16 << 20
_OPENS: Final = re.compile(rb"<(?:([\w.-]+):)?worksheet[\s>]")
_NUMBER: Final = re.compile(rb"\sr=[\"']([0-9]{1,7})[\"']")
_PLACE: Final = re.compile(rb"\sr=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_TEXTS: Final = "xl/sharedstrings.xml"
_TEXT_ENDS: Final = re.compile(rb"</(?:[\w.-]+:)?si>|<(?:[\w.-]+:)?si\s*/>")
_REFERS: Final = re.compile(rb"\st=[\"']s[\"'][^>]*>\s*<(?:[\w.-]+:)?v>([0-9]{1,9})<")
_SHOWN: Final = re.compile(rb"#[A-Z0-9/_]{1,24}[!?]?")


@dataclass(slots=True)
class Extent:
    """How far a sheet reaches, how many of its cells hold something, and the cells that hold no value.

    `faults` gives, by row and column from 1, the fault's code and what the cell shows.
    """

    rows: int = 0
    columns: int = 0
    cells: int = 0
    faults: dict[int, dict[int, tuple[str, str]]] = field(default_factory=dict)

    def note(self, row: int, column: int, code: str, shown: str) -> None:
        """Note a cell without a value."""
        self.faults.setdefault(row, {})[column] = (code, shown)


def parts_of_sheets(archive: Archive) -> dict[str, str]:
    """Return the part of every sheet by the sheet's name.

    Raises:
        InputError: the workbook's own list is damaged.
    """
    from defusedxml.ElementTree import ParseError, fromstring

    names = {name.lower(): name for name in archive.parts}
    listed = [names.get(WORKBOOK, ""), names.get(_RELATIONS, "")]
    if not all(listed) or any(archive.parts[name].file_size > _LARGEST_INDEX for name in listed):
        raise damaged(archive.file_name)
    try:
        workbook, relations = [fromstring(archive.content(name)) for name in listed]
    except (ParseError, ValueError, LookupError):  # no XML, XML that gives orders, in an encoding nobody knows
        raise damaged(archive.file_name) from None
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    found = {}
    for sheet in (each for each in workbook.iter() if each.tag.endswith("}sheet")):
        relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
        target = targets.get(relation, "")
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if part := names.get(path.lower().replace("\\", "/")):
            found[sheet.get("name", "")] = part
    return found


def extent_of(archive: Archive, part: str, progress: Progress, *, precise: bool = False) -> Extent:
    """Return what a sheet's XML tells; only precisely are cells left out that have a format but hold nothing.

    Raises:
        InputError: a row is longer than any spreadsheet makes it.
    """
    found, scan = Extent(), None
    rest, done, size = b"", 0, archive.parts[part].file_size
    for block in archive.blocks(part):
        rest += block
        done += len(block)
        progress.step(size + done, 4 * size, _("Granskar filen"))
        scan = scan or _scan_for(rest, found, precise=precise)
        cut = rest.rfind(scan.row_opens) if scan else 0
        if cut > 0 and scan:
            scan.take(rest[:cut])
            rest = rest[cut:]
        if len(rest) > _LONGEST_ROW:
            raise damaged(archive.file_name)
    if scan:
        scan.take(rest)
    return found


def _scan_for(beginning: bytes, found: Extent, *, precise: bool) -> _Scan | None:
    opens = _OPENS.search(beginning)
    return _Scan((opens[1] + b":") if opens[1] else b"", found, precise=precise) if opens else None


def refuse_long_texts(archive: Archive, part: str, cells: int) -> None:
    """Refuse a sheet whose shared texts would take too much room written out in every cell that refers to them.

    Raises:
        InputError: they would.
    """
    shared = next((name for name in archive.parts if name.lower() == _TEXTS), None)
    if shared is None:
        return
    lengths: list[int] = []
    rest = b""
    for block in archive.blocks(shared):
        *whole, rest = _TEXT_ENDS.split(rest + block)
        lengths += map(len, whole)
        if len(rest) > _LONGEST_TEXT:
            raise damaged(archive.file_name)
    if cells * max(lengths, default=0) <= LARGEST_INFLATED:
        return
    total, rest = 0, b""
    for block in archive.blocks(part):
        rest += block
        cut = rest.rfind(b"</")
        if cut >= 0:
            places = map(int, _REFERS.findall(rest, 0, cut + 1))
            total += sum(lengths[place] for place in places if place < len(lengths))
            rest = rest[cut:]
        if total > LARGEST_INFLATED:
            raise bomb(archive.file_name)


class _Scan:
    """Goes through whole rows; `prefix` is what stands before every name of the sheet, mostly nothing."""

    def __init__(self, prefix: bytes, found: Extent, *, precise: bool) -> None:
        p = re.escape(prefix)
        self._found = found
        self._precise = precise
        self.row_opens = b"<" + prefix + b"row"
        self._usual = re.compile(rb"<%bc r=\"([A-Z]{1,3})[0-9]" % p)
        self._cell_opens = re.compile(rb"<%bc[\s/>]" % p)
        self._filled = re.compile(rb"<%bc\s[^>]*?\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"'][^>]*(?<!/)>(?!</)" % p)
        self._has_value = re.compile(rb"<%b(?:v|is|f)[\s>]" % p)
        self._row_number = re.compile(rb"<%brow\s[^>]*?\br=[\"']([0-9]{1,7})[\"']" % p)
        self._error = re.compile(
            rb"<%bc\s[^>]*\bt=[\"']e[\"'][^>]*>(?:<%bf[^>]*?(?:/>|>[^<]*</%bf>))?"
            rb"\s*(?:<%bv>([^<]*)<)?" % (p, p, p, p)
        )
        self._formula = re.compile(
            rb"(<%bc(?:\s[^>]*)?>)\s*<%bf(?:\s[^>]*?)?(?:/>|>[^<]*</%bf>)\s*"
            rb"(<%bv\s*/>|<%bv></%bv>|</%bc>)" % (p, p, p, p, p, p, p)
        )
        self._signs = (b't="e"', b"t='e'", b"<" + prefix + b"f>", b"<" + prefix + b"f ", b"<" + prefix + b"f/")
        self._rows_before = 0

    def take(self, rows: bytes) -> None:
        """Take note of what some whole rows hold."""
        if self._has_value.search(rows):
            self._reach(rows)
        if any(sign in rows for sign in self._signs):
            self._look_for_faults(rows)
        self._rows_before += rows.count(self.row_opens)

    def _reach(self, rows: bytes) -> None:
        """Take the extent from the cells' places, counted instead where they have none."""
        found = self._found
        if self._precise and (filled := self._filled.findall(rows)):
            found.cells += len(filled)
            found.rows = max(found.rows, *(int(number) for _letters, number in filled))
            found.columns = max(found.columns, *(_column(letters) for letters, _number in filled))
            return
        usual = self._usual.findall(rows)
        numbers = self._row_number.findall(rows)
        found.rows = max(found.rows, self._rows_before + rows.count(self.row_opens), *map(int, numbers))
        if len(usual) == len(self._cell_opens.findall(rows)):
            found.cells += len(usual)
            found.columns = max([found.columns, *map(_column, set(usual))])
            return
        for row in rows.split(self.row_opens):
            cells = self._cell_opens.split(row)[1:]
            places = [_column(place[1]) for cell in cells if (place := _PLACE.search(b" " + cell[:200]))]
            found.cells += len(cells)
            found.columns = max(found.columns, len(cells) + max(places, default=0))

    def _look_for_faults(self, rows: bytes) -> None:
        for hit in self._error.finditer(rows):
            shown = _SHOWN.match(hit[1] or b"")
            self._note(rows, hit.start(), "error_cell", shown[0].decode("ascii") if shown else "#")
        for hit in self._formula.finditer(rows):
            is_text = b't="str"' in hit[1] or b"t='str'" in hit[1]
            if not (is_text and b"v" in hit[2]):  # a formula whose result is no text at all has one all the same
                self._note(rows, hit.start(), "no_result", "=")

    def _note(self, rows: bytes, start: int, code: str, shown: str) -> None:
        opens = max(0, rows.rfind(self.row_opens, 0, start))
        place = _PLACE.search(rows, start, rows.index(b">", start))
        row = _NUMBER.search(rows, opens, rows.index(b">", opens))
        if place:
            number, column = int(place[2]), _column(place[1])
        else:
            number = int(row[1]) if row else self._rows_before + rows.count(self.row_opens, 0, start)
            column = len(self._cell_opens.findall(rows, opens, start)) + 1
        self._found.note(number, column, code, shown)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number
