"""The zip archive that a workbook is (XLSX, ODS), looked through before anything else reads it.

A workbook comes from outside and is unpacked by a library that trusts it. So everything that could exhaust the
machine or do something of its own is refused here, from the table of contents first and then while the parts are
unpacked once, block by block: what a part says of its own size is held against what comes out of it.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from kvalitetsapp.domain import identity
from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.progress import Progress

LARGEST_INFLATED: Final = 1 << 30
"""Bytes of all parts unpacked: a million rows of sixteen columns take 0.8 GiB."""
LARGEST_RATIO: Final = 200
"""Times that a part may grow: a sheet grows 10 to 50 times, a bomb about a thousand."""
RATIO_FROM: Final = 1 << 20
"""Bytes from which a part's growth is judged; smaller ones do no harm."""
MOST_PARTS: Final = 10_000
"""Parts in the archive: a workbook has some ten, and three for every sheet."""
LARGEST_CONTENTS: Final = 4 << 20
"""Bytes of the table of contents, which has to be held in memory: 400 for each of the most parts."""

_BLOCK: Final = 1 << 20
_END: Final = struct.Struct("<4s4H2LH")
_LOCAL: Final = struct.Struct("<26x2H")
_ENCRYPTED: Final = 1
_NESTED: Final = (".zip", ".7z", ".rar", ".gz", ".xlsx", ".xlsm", ".xlsb", ".ods", ".docx", ".pptx")
_MACROS: Final = ("xl/macrosheets/", "basic/", "scripts/")
_ORDERS: Final = (b"<!doctype", b"<!entity")
_OVERLAP: Final = 16


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive whose table of contents has been found harmless."""

    file: BinaryIO
    file_name: str
    parts: dict[str, zipfile.ZipInfo]

    def blocks(self, name: str) -> Iterator[bytes]:
        """Give a part unpacked, never more of it than it was said to be.

        Raises:
            InputError: there is more, there is less, or it is not what its checksum says.
        """
        part = self.parts[name]
        size, check = 0, 0
        for block in self._inflated(part):
            size += len(block)
            if size > part.file_size:
                raise bomb(self.file_name)
            check = zlib.crc32(block, check)
            yield block
        if size != part.file_size or check != part.CRC:
            raise damaged(self.file_name)

    def content(self, name: str) -> bytes:
        """Return a small part whole."""
        return b"".join(self.blocks(name))

    def _inflated(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        left, place = part.compress_size, self._start(part)
        inflater = zlib.decompressobj(-zlib.MAX_WBITS) if part.compress_type == zipfile.ZIP_DEFLATED else None
        while left:
            self.file.seek(place)  # whoever takes the blocks may have read elsewhere in between
            packed = self.file.read(min(left, _BLOCK))
            if not packed:
                return
            left, place = left - len(packed), place + len(packed)
            if inflater is None:
                yield packed
                continue
            try:
                while packed:
                    yield inflater.decompress(packed, _BLOCK)
                    packed = inflater.unconsumed_tail
            except zlib.error:
                raise damaged(self.file_name) from None

    def _start(self, part: zipfile.ZipInfo) -> int:
        self.file.seek(part.header_offset)
        header = self.file.read(_LOCAL.size)
        if len(header) < _LOCAL.size:
            raise damaged(self.file_name)
        name, extra = _LOCAL.unpack(header)
        return part.header_offset + _LOCAL.size + int(name) + int(extra)


def open_archive(file: BinaryIO, file_name: str, progress: Progress) -> Archive:
    """Return the archive in a file after looking it through, table of contents first.

    Raises:
        InputError: it is damaged, encrypted, or holds something a table of data does not need.
    """
    listed = _listed(file, file_name)
    _refuse_names(listed, file_name)
    _refuse_sizes(listed, file_name)
    archive = Archive(file, file_name, {part.filename: part for part in listed if not part.is_dir()})
    total = sum(part.file_size for part in listed)
    done = 0
    for name in archive.parts:
        before, plain = b"", name.lower().endswith((".xml", ".rels"))
        for block in archive.blocks(name):
            _refuse_content(before, block, file_name, is_xml=plain)
            before = block[-_OVERLAP:]
            done += len(block)
            progress.step(done, 4 * total, _("Granskar filen"))
    return archive


def part_names(file: BinaryIO, file_name: str) -> list[str]:
    """Return the names of the parts by the table of contents.

    Raises:
        InputError: it is damaged, or longer than any workbook's.
    """
    return [part.filename for part in _listed(file, file_name)]


def _listed(file: BinaryIO, file_name: str) -> list[zipfile.ZipInfo]:
    _refuse_long_contents(file, file_name)
    try:
        listed = zipfile.ZipFile(file).infolist()
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError):
        raise damaged(file_name) from None
    size = file.seek(0, 2)
    if not all(part.filename and 0 <= part.header_offset < size for part in listed):
        raise damaged(file_name)
    return listed


def _refuse_long_contents(file: BinaryIO, file_name: str) -> None:
    """Refuse a table of contents that would take long to read, before it is read."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END.size - 0xFFFF))
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < _END.size:
        raise damaged(file_name)
    _mark, _disk, _start, _here, parts, contents, _offset, _comment = _END.unpack_from(tail, place)
    if parts > MOST_PARTS or contents > LARGEST_CONTENTS:
        raise bomb(file_name)


def _refuse_names(listed: list[zipfile.ZipInfo], file_name: str) -> None:
    names = [part.filename.replace("\\", "/").lower() for part in listed]
    if len(set(names)) < len(names):
        raise damaged(file_name)
    for name in names:
        if name.startswith("/") or ":" in name or ".." in name.split("/"):
            raise InputError(
                _("{file} innehåller filer med sökvägar ut ur arbetsboken. Läs inte in den; fråga avsändaren.").format(
                    file=file_name
                )
            )
        if name.endswith("vbaproject.bin") or name.startswith(_MACROS):
            raise macros(file_name)
        if name.endswith(_NESTED):
            raise InputError(
                _(
                    "{file} innehåller en annan fil, {inner}. Kopiera bladet till en ny arbetsbok och läs in den."
                ).format(file=file_name, inner=identity.hidden(name.rsplit("/", 1)[-1]))
            )


def _refuse_sizes(listed: list[zipfile.ZipInfo], file_name: str) -> None:
    if any(part.flag_bits & _ENCRYPTED for part in listed):
        raise locked(file_name)
    if any(part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in listed):
        raise damaged(file_name)
    if sum(part.file_size for part in listed) > LARGEST_INFLATED:
        raise bomb(file_name)
    for part in listed:
        if part.file_size > RATIO_FROM and part.file_size > LARGEST_RATIO * part.compress_size:
            raise bomb(file_name)


def _refuse_content(before: bytes, block: bytes, file_name: str, *, is_xml: bool) -> None:
    if not before and block.startswith(b"PK\x03\x04"):
        raise InputError(
            _("{file} innehåller ett packat arkiv. Kopiera bladet till en ny arbetsbok och läs in den.").format(
                file=file_name
            )
        )
    if not is_xml:
        return
    if not before and b"\0" in block[:4]:
        raise damaged(file_name)  # workbooks are UTF-8; in UTF-16 what is looked for below would hide
    if b"<!" in block or before:
        seen = (before + block).lower() if b"<!" in before + block else b""
        if any(order in seen for order in _ORDERS):
            raise InputError(
                _(
                    "{file} innehåller XML-instruktioner (DOCTYPE) som inte hör hemma i en arbetsbok. "
                    "Läs inte in den; fråga avsändaren."
                ).format(file=file_name)
            )


def bomb(file_name: str) -> InputError:
    """Return what to say of a workbook that takes too much room."""
    return InputError(
        _(
            "{file} tar för stor plats uppackad. Dela upp den på flera filer eller spara bladet som ”CSV UTF-8”; "
            "är den inte stor, läs inte in den utan fråga avsändaren."
        ).format(file=file_name)
    )


def damaged(file_name: str) -> InputError:
    """Return what to say of a workbook that is not whole."""
    return InputError(
        _("{file} är skadad eller avkortad. Öppna den i kalkylprogrammet och spara den på nytt.").format(
            file=file_name
        )
    )


def locked(file_name: str) -> InputError:
    """Return what to say of a workbook with a password."""
    return InputError(
        _("{file} är lösenordsskyddad. Ta bort lösenordet i kalkylprogrammet och läs in filen igen.").format(
            file=file_name
        )
    )


def macros(file_name: str) -> InputError:
    """Return what to say of a workbook with macros."""
    return InputError(
        _("{file} innehåller makron. Spara den som vanlig Excel-arbetsbok (.xlsx) och läs in den filen.").format(
            file=file_name
        )
    )
