"""Workbooks that could harm: refused in a sentence, soon, and before they have taken any room."""

from __future__ import annotations

import io
import random
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange import archives, workbooks
from support.reading import read_file
from support.workbooks import MANIFEST, archive, ods, ods_of, sheet_xml, with_parts, xls, xlsx, xlsx_of

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = ("provider_id", "name", "kind")
GOOD = ("P1", "Alm", "own")
SHEET = "xl/worksheets/sheet1.xml"
PLAIN = {"Data": [HEAD, GOOD]}
SOON = 2.0
ROOM = 200 << 20
BILLION = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    "<worksheet><sheetData><row><c><v>&c;</v></c></row></sheetData></worksheet>"
)
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE l SYSTEM "file:///etc/passwd"><worksheet/>'
DIRECTORY = b"PK\x01\x02"
DIRECTORY_SIZE = 46
WATCHED = """
import resource, sys, time
from pathlib import Path
from support.reading import read_file
from kvalitetsapp.errors import InputError
import python_calamine, zipfile, hashlib
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in sys.argv[1:]:
    start = time.process_time()
    try:
        read_file("providers", Path(path))
    except InputError as refused:
        print(refused.message)
    taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(time.process_time() - start, taken * (1 if sys.platform == "darwin" else 1024))
"""


def bomb(size: int = 3 << 30) -> bytes:
    """Return a workbook whose sheet says that it is large, and is."""
    block = zipfile.ZipFile(io.BytesIO(archive({"x": b" " * (1 << 20)}))).infolist()[0]
    content = with_parts(xlsx(PLAIN), {SHEET: sheet_xml(" " * (8 << 20))})
    assert block.compress_size < 2_000
    return said_to_hold(content, SHEET, size)


def said_to_hold(content: bytes, name: str, size: int) -> bytes:
    """Return an archive whose table of contents says another size of a part."""
    place = content.rindex(name.encode()) - DIRECTORY_SIZE
    assert content[place : place + 4] == DIRECTORY
    return content[: place + 24] + struct.pack("<I", size) + content[place + 28 :]


def lying() -> bytes:
    """Return a workbook whose sheet unpacks to 400 MB and says that it is small."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(PLAIN))) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != SHEET:
                new.writestr(part, old.read(part))
        with new.open(SHEET, "w") as sheet:
            for _time in range(400):
                sheet.write(b" " * (1 << 20))
    return said_to_hold(content.getvalue(), SHEET, 100_000)


def many_parts() -> bytes:
    return with_parts(xlsx(PLAIN), {f"xl/media/{i}.xml": "" for i in range(archives.MOST_PARTS)})


def sparse() -> bytes:
    return xlsx_of('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def sparse_with_cells_without_places() -> bytes:
    wide = "<c><v>1</v></c>" * 16_384
    return xlsx_of(f'<row r="1">{wide}</row><row r="1048576"><c r="A1048576"><v>1</v></c></row>')


def repeated_cells() -> bytes:
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
    return ods_of(
        f'<table:table table:name="a"><table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
        "</table:table>"
    )


def repeated_texts() -> bytes:
    cell = (
        '<table:table-cell table:number-columns-repeated="200" office:value-type="string">'
        f"<text:p>{'a' * 100_000}</text:p></table:table-cell>"
    )
    rows = f'<table:table-row table:number-rows-repeated="100">{cell}</table:table-row>'
    return ods_of(f'<table:table table:name="a">{rows}</table:table>')


def shared_texts() -> bytes:
    """Return a workbook that has one long text, and refers to it from every cell."""
    rows = "".join(
        f'<row r="{i}">' + "".join(f'<c r="{"ABCDEFGH"[j]}{i}" t="s"><v>1</v></c>' for j in range(8)) + "</row>"
        for i in range(1, 6_000)
    )
    texts = f"<sst><si><t>x</t></si><si><t>{'a' * 32_767}</t></si></sst>"
    return with_parts(xlsx_of(rows), {"xl/sharedStrings.xml": texts})


def repeated_errors() -> bytes:
    cell = '<table:table-cell table:number-columns-repeated="16384" calcext:value-type="error"/>'
    return ods_of(
        f'<table:table table:name="a"><table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
        "</table:table>"
    )


def another_compound_file() -> bytes:
    content = xls(PLAIN)
    return content.replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le"))


def encrypted_zip() -> bytes:
    content = bytearray(xlsx(PLAIN))
    place = content.rindex(DIRECTORY)
    content[place + 8] |= 1
    return bytes(content)


def with_stream(name: str) -> bytes:
    """Return an XLS whose directory names another stream as well, in an entry that was free."""
    content = bytearray(xls(PLAIN))
    place = content.index("Root Entry".encode("utf-16-le")) + 128
    while content[place + 66]:
        place += 128
    letters = name.encode("utf-16-le")
    content[place : place + len(letters)] = letters
    content[place + 64 : place + 67] = struct.pack("<HB", len(letters) + 2, 1)
    return bytes(content)


def with_password() -> bytes:
    """Return an XLS whose second record says that what follows is encrypted."""
    content = bytearray(xls(PLAIN))
    first = content.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    content[first + 20 : first + 22] = struct.pack("<H", 0x2F)
    return bytes(content)


def endless_chain() -> bytes:
    """Return an XLS whose first chain of sectors leads back to itself."""
    content = bytearray(xls(PLAIN))
    table = (struct.unpack_from("<I", content, 76)[0] + 1) * 512
    for sector in range(100):
        struct.pack_into("<I", content, table + 4 * sector, sector)
    return bytes(content)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bomb by what it says": (bomb, "för stor plats"),
    "a bomb by its ratio": (lambda: bomb(900 << 20), "för stor plats"),
    "a bomb that lies": (lying, "för stor plats"),
    "too many parts": (many_parts, "för stor plats"),
    "two cells far apart": (sparse, "för stor plats"),
    "two cells far apart without places": (sparse_with_cells_without_places, "för stor plats"),
    "repeated cells": (repeated_cells, "för stor plats"),
    "repeated texts": (repeated_texts, "för stor plats"),
    "shared texts": (shared_texts, "för stor plats"),
    "repeated errors": (repeated_errors, "för stor plats"),
    "an archive in the archive": (lambda: with_parts(xlsx(PLAIN), {"xl/embeddings/mer.zip": "x"}), "mer.zip"),
    "an archive under another name": (
        lambda: with_parts(xlsx(PLAIN), {"xl/media/bild.png": xlsx(PLAIN)}),
        "packat arkiv",
    ),
    "a billion laughs": (lambda: with_parts(xlsx(PLAIN), {SHEET: BILLION}), "DOCTYPE"),
    "an external entity": (lambda: with_parts(xlsx(PLAIN), {"xl/styles.xml": EXTERNAL}), "DOCTYPE"),
    "entities far down": (
        lambda: with_parts(
            xlsx(PLAIN), {SHEET: f"<!--{random.Random(1).randbytes(1 << 19).hex()}--><!DOCTYPE l><worksheet/>"}
        ),
        "DOCTYPE",
    ),
    "entities in UTF-16": (
        lambda: with_parts(xlsx(PLAIN), {SHEET: b"\xff\xfe" + BILLION.encode("utf-16-le")}),
        "skadad",
    ),
    "entities in ODS": (
        lambda: archive({"mimetype": "x", "content.xml": BILLION, **MANIFEST}),
        "DOCTYPE",
    ),
    "macros in XLSM": (lambda: with_parts(xlsx(PLAIN), {"xl/vbaProject.bin": "x"}), "makron"),
    "old macros in XLSM": (lambda: with_parts(xlsx(PLAIN), {"xl/macrosheets/sheet1.xml": "<x/>"}), "makron"),
    "macros in ODS": (lambda: with_parts(ods(PLAIN), {"Basic/Standard/Module1.xml": "<x/>"}), "makron"),
    "scripts in ODS": (lambda: with_parts(ods(PLAIN), {"Scripts/python/x.py": "x"}), "makron"),
    "macros in XLS": (lambda: with_stream("_VBA_PROJECT_CUR"), "makron"),
    "a password on XLSX": (lambda: with_stream("EncryptedPackage"), "lösenordsskyddad"),
    "a password on XLS": (with_password, "lösenordsskyddad"),
    "a password on ODS": (
        lambda: with_parts(ods(PLAIN), {"META-INF/manifest.xml": "<m><encryption-data/></m>"}),
        "lösenordsskyddad",
    ),
    "a password on the archive": (encrypted_zip, "lösenordsskyddad"),
    "a path out": (lambda: with_parts(xlsx(PLAIN), {"../../../tmp/x": "x"}), "sökvägar"),
    "a path from the root": (lambda: with_parts(xlsx(PLAIN), {"/etc/x": "x"}), "sökvägar"),
    "a path of Windows": (lambda: with_parts(xlsx(PLAIN), {"..\\..\\x": "x"}), "sökvägar"),
    "two parts of one name": (lambda: with_parts(xlsx(PLAIN), {"XL/Workbook.xml": "<x/>"}), "skadad"),
    "XLSB": (lambda: archive({"xl/workbook.bin": "x"}), "xlsb"),
    "another kind of archive": (lambda: archive({"word/document.xml": "<x/>"}), "ingen arbetsbok"),
    "an empty archive": (lambda: archive({}), "ingen arbetsbok"),
    "a chain without end": (endless_chain, "skadad"),
    "a compound file of another kind": (another_compound_file, "ingen arbetsbok"),
    "a web page": (lambda: b"\xef\xbb\xbf <html><table><tr><td>1</td></tr></table></html>", "webbsida"),
    "XML of Excel 2003": (lambda: b'<?xml version="1.0"?><Workbook/>', "spara den som .xlsx"),
    "a web page in UTF-16": (lambda: "<HTML>".encode("utf-16"), "webbsida"),
    "PDF": (lambda: b"%PDF-1.7\n", "ingen arbetsbok"),
    "a broken sheet": (lambda: with_parts(xlsx(PLAIN), {SHEET: sheet_xml("<row><c><v>1&</v></c></row>")}), "skadad"),
    "a broken list of sheets": (lambda: with_parts(xlsx(PLAIN), {"xl/workbook.xml": "<workbook>"}), "skadad"),
    "no list of parts": (lambda: archive({"xl/workbook.xml": "<workbook/>"}), "skadad"),
    "broken ODS": (lambda: with_parts(ods(PLAIN), {"content.xml": "<a><b></a>"}), "skadad"),
    "absurd repeats": (
        lambda: ods_of('<table:table><table:table-row table:number-rows-repeated="x"/></table:table>'),
        "skadad",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_harmful_file_is_refused_soon(tmp_path: Path, name: str) -> None:
    make, said = HOSTILE[name]
    path = tmp_path / "fil.xlsx"
    path.write_bytes(make())
    start = time.process_time()
    with pytest.raises(InputError) as caught:
        read_file("providers", path)
    assert time.process_time() - start < SOON
    assert "fil.xlsx" in caught.value.message
    assert said in caught.value.message


@pytest.mark.skipif(sys.platform == "win32", reason="the room a process takes is read from POSIX")
def test_bombs_take_no_room(tmp_path: Path) -> None:
    bombs = [name for name, (_make, said) in HOSTILE.items() if said == "för stor plats"]
    paths = [tmp_path / f"{number}.xlsx" for number in range(len(bombs))]
    for path, name in zip(paths, bombs, strict=True):
        path.write_bytes(HOSTILE[name][0]())
    here = Path(__file__).parents[1]
    ran = subprocess.run(
        [sys.executable, "-c", WATCHED, *map(str, paths)],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={"PYTHONPATH": f"{here}:{here.parent / 'src'}", "PYTHONUTF8": "1"},
    )
    lines = ran.stdout.splitlines()
    for name, said, measured in zip(bombs, lines[::2], lines[1::2], strict=True):
        seconds, taken = map(float, measured.split())
        assert "för stor plats" in said, name
        assert seconds < SOON, name
        assert taken < ROOM, f"{name}, or all until then"


@pytest.mark.parametrize("form", [xlsx, xls, ods])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 0.9, 0.999])
def test_a_truncated_workbook_is_refused(tmp_path: Path, form: Callable[..., bytes], share: float) -> None:
    content = form({"Data": [HEAD, *[GOOD] * 200]})
    path = tmp_path / "fil.xlsx"
    path.write_bytes(content[: int(len(content) * share)])
    if share == 0.999 and form is xls:
        return  # what is lacking there is padding
    with pytest.raises(InputError, match=r"fil\.xlsx (är skadad|är tom)"):
        read_file("providers", path)


@pytest.mark.parametrize("form", [xlsx, ods])
def test_a_byte_gone_wrong_is_refused(tmp_path: Path, form: Callable[..., bytes]) -> None:
    content = bytearray(form({"Data": [HEAD, *[GOOD] * 200]}))
    place = zipfile.ZipFile(io.BytesIO(content)).getinfo(SHEET if form is xlsx else "content.xml").header_offset
    content[place + 120] ^= 0xFF
    path = tmp_path / "fil.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError, match="skadad"):
        read_file("providers", path)


def test_formats_far_out_on_a_sheet_do_no_harm(tmp_path: Path) -> None:
    """Whole rows and columns that have been given a colour are common, and hold nothing."""
    text = "".join(f'<c r="{"ABC"[i]}1" t="str"><v>{name}</v></c>' for i, name in enumerate(HEAD))
    good = "".join(f'<c r="{"ABC"[i]}2" t="str"><v>{name}</v></c>' for i, name in enumerate(GOOD))
    styled = "".join(f'<row r="{i}"><c r="XFD{i}" s="1"/></row>' for i in range(3, 900))
    path = tmp_path / "fil.xlsx"
    path.write_bytes(xlsx_of(f'<row r="1">{text}</row><row r="2">{good}</row>{styled}'))
    assert workbooks.SMALL < 900 * 16_384
    assert len(read_file("providers", path).rows) == 1


def test_links_to_other_workbooks_are_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "fil.xlsx"
    link = '<externalLink><externalBook r:id="x"/></externalLink>'
    path.write_bytes(with_parts(xlsx(PLAIN), {"xl/externalLinks/externalLink1.xml": link}))
    assert len(read_file("providers", path).rows) == 1
