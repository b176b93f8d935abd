"""What fuzzing begins with: small files of every kind, made from the examples, the samples and the profiles."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from fuzz.judging import SEPARATOR
from kvalitetsapp.domain.review_priority import DEFAULT_POINTS
from support import broken_invoices, payment_files, workbooks
from support.examples import FOLDER
from support.reading import EPISODE, RESOURCES

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS: Final = ("196812099874", "681209-9874", "nan", "inf", "1e999999999", "99999999999999999999", "\u2212", "\ufeff")
"""What the fuzzer puts in wherever it likes: test numbers that must not be told, and numbers that are hard to read."""
XLSX_PARTS: Final = (
    *("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"),
    *("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"),
)
"""The parts of a workbook that an input may tell, in this order."""
_ROWS: Final = 4
_HARD: Final = (
    *("nan", "-inf", "1e99999999999999999999", "1e-400000", "9" * 4_400, "0x" + "f" * 4_000, "true"),
    *("0001-01-01", "2024-01-01T00:00:00Z", "12:00:00", "[]", "{}", "[[[1]]]", '""', '"196812099874"', '"\\u0000"'),
)
"""Values of TOML that a reader does not think of."""
_COUNTIES: Final = (FOLDER / "county", FOLDER / "county-exports", RESOURCES / "samples")
_ROWS_OF_CARE: Final[list[list[Any]]] = [list(EPISODE), list(EPISODE.values()), ["#N/A", 1, 2.5, "=1+1"]]
_SHEETS: Final[dict[str, list[list[Any]]]] = {"Blad1": _ROWS_OF_CARE, "Tomt": []}


def text_tables() -> Iterator[bytes]:
    """Give the first rows of every table there is, and one in every other encoding."""
    for folder in _COUNTIES:
        for path in sorted(folder.glob("*.csv")):
            yield _head(path)
    table = _head(FOLDER / "county" / "providers.csv").decode()
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        yield table.encode(encoding)
    yield table.replace(";", '";"').encode()


def mapped_tables() -> Iterator[bytes]:
    """Give every profile with the table beside it, and those of the program with a table of their own."""
    for path in sorted((FOLDER / "county-exports").glob("*_own.toml")):
        table = path.with_suffix(".csv")
        if table.exists():
            yield path.read_bytes() + SEPARATOR + _head(table)
    for path in sorted((RESOURCES / "profiles").glob("*.toml")):
        table = RESOURCES / "samples" / f"{path.stem}.csv"
        yield path.read_bytes() + SEPARATOR + (_head(table) if table.exists() else b"")


def profiles() -> Iterator[bytes]:
    """Give every profile."""
    told = [one.partition(SEPARATOR)[0] for one in mapped_tables()]
    yield from told
    for one in told[-3:]:
        yield from _with_hard_values(one)


def archives() -> Iterator[bytes]:
    """Give whole workbooks of every form."""
    yield workbooks.xlsx(_SHEETS)
    yield workbooks.ods(_SHEETS)
    yield workbooks.xls({"Blad1": _ROWS_OF_CARE[:2]})
    yield workbooks.xls({"Blad1": [["provider_id", "name"], ["P01", workbooks.ErrorCode(42)], ["P02", "=1+1"]]})


def xlsx_parts() -> Iterator[bytes]:
    """Give sheets of XML, alone and with the other parts of a workbook."""
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>provider_id</t></is></c><c r="B1" t="s"><v>0</v></c></row>'
        '<row r="2"><c r="A2" t="e"><v>#N/A</v></c><c r="B2"><f>1+1</f></c><c r="C2" s="1"><v>45000</v></c></row>'
    )
    sheet = workbooks.sheet_xml(rows).encode()
    yield sheet
    yield sheet.replace(b"<c ", b"<x:c ").replace(b"<row", b"<x:row")
    texts = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>name</t></si></sst>'
    yield SEPARATOR.join((sheet, texts))
    with zipfile.ZipFile(io.BytesIO(workbooks.xlsx(_SHEETS))) as archive:
        told = {part: archive.read(part) for part in XLSX_PARTS if part in archive.namelist()}
    yield SEPARATOR.join(told.get(part, texts) for part in XLSX_PARTS)


def ods_contents() -> Iterator[bytes]:
    """Give the content of ODS workbooks."""
    other: dict[str, list[list[Any]]] = {"Blad1": [["a", "b"], [1.5, "#N/A"], [True, "=1+1"]]}
    for sheets in (_SHEETS, other):
        with zipfile.ZipFile(io.BytesIO(workbooks.ods(sheets))) as archive:
            yield archive.read("content.xml")


def agreements() -> Iterator[bytes]:
    """Give every file of agreements."""
    yield (FOLDER / "county" / "agreements.toml").read_bytes()
    for path in sorted((RESOURCES / "agreements").glob("*.toml")):
        yield path.read_bytes()
        yield from _with_hard_values(path.read_bytes())


def indicators() -> Iterator[bytes]:
    """Give every recipe of the program by itself."""
    text = (RESOURCES / "indicators" / "outcomes.toml").read_text(encoding="utf-8")
    recipes = [f"[[indicator]]{recipe}".encode() for recipe in text.split("[[indicator]]")[1:]]
    yield from recipes
    for recipe in recipes[:3]:
        yield from _with_hard_values(recipe)


def claim_specifications() -> Iterator[bytes]:
    """Give the sample of a claim specification."""
    message = (RESOURCES / "samples" / "fakturaunderlag.xml").read_bytes()
    yield message
    for hard in (b"1e99999", b"nan", b"9" * 4_400, b"196812099874", b"1e-99999", b"-0"):
        for told in (b"119200.50", b"60000.50", b">20<", b">SEK<"):
            yield message.replace(told, hard if told[:1] != b">" else b">" + hard + b"<")


def payments() -> Iterator[bytes]:
    """Give a notification of the bank and a file of rows."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "betalningar")
        one = payment_files.entry("500.50", payment_files.transaction("500.50", "KV-2024-1", own="1", free="tack"))
        yield payment_files.camt(path, one, payment_files.entry("20", direction="DBIT", count=2)).read_bytes()
        yield payment_files.csv(path, "2024-02-01;500,50;KV-2024-1;Kliniken;A1;", "2024-02-02;1;2;3;;").read_bytes()


def e_invoices() -> Iterator[bytes]:
    """Give right e-invoices and credit notes."""
    for text in broken_invoices.RIGHT.values():
        yield text.encode()


def settings() -> Iterator[bytes]:
    """Give a saved filter, weights and billing details."""
    yield b'{"text": "kontroll", "statuses": ["auto"], "hidden": [["joint", "hip"]], "own_care_only": true}'
    yield b'{"preset": "all", "event_from": "2024-01-01", "reasons": ["infection"], "person": 1, "sort": "days"}'
    yield json.dumps({reason.value: points for reason, points in DEFAULT_POINTS.items()}).encode()
    yield b'{"issuer": {"name": "Region Test", "address": {"city": "Test"}}, "payment_days": 30, "four_eyes": false}'
    yield b'{"issuer": {"name": 1e999, "address": []}, "payment_days": ' + b"9" * 4_400 + b"}"
    yield b"[" * 7_000


def statistics_tables() -> Iterator[bytes]:
    """Give the tables of the statistics commands."""
    for path in sorted((FOLDER / "statistics").glob("*_input.csv")):
        yield _head(path)
    yield b"unit;events;n\nA;1;10\nB;0;0\n"
    yield b"unit;events;n\nA;1;" + b"9" * 4_400 + b"\n"
    yield b"group;time;status\n1;" + b"9" * 400 + b";1\n1;1.5;0\n"
    yield b"personal_id;index_date\n196812099874;2020-01-01\n"


def identity_numbers() -> Iterator[bytes]:
    """Give test numbers in every way of writing, damaged ones too."""
    yield from (b"196812099874", b"681209-9874", b"681209+9874", b"RES123456", b"1,97E+11", b"19681269-9874", b"'68")


def amounts() -> Iterator[bytes]:
    """Give amounts, weights and figures."""
    written = ("60000,50", "1\u00a0234.5", "1.234,50", "\u22125", "(5)", "0,8123", "12.5", "1e9", "9" * 17)
    yield from (text.encode() for text in written)


def days() -> Iterator[bytes]:
    """Give dates with their formats."""
    yield from (b"%Y-%m-%d\n2024-02-29", b"%d.%m.%Y %H:%M\n01.12.2024 10:00", b"%Y%m%d\n20240101")


def numbers_of_organisations() -> Iterator[bytes]:
    """Give numbers of an organisation and of a bankgiro."""
    yield from (b"556036-0793", b"165560360793", b"123-4566", b"5050-1055")


def cells() -> Iterator[bytes]:
    """Give a cell of every kind of column."""
    for text in (*EPISODE.values(), "T84.5F Z96", "bok/1/hip/right", "0,8123", "2024", "#N/A", "1,97E+11"):
        if text:
            yield text.encode()
    yield from identity_numbers()
    yield from amounts()


def _with_hard_values(document: bytes) -> Iterator[bytes]:
    """Give a TOML document again and again, another value made hard each time."""
    lines = document.splitlines(keepends=True)
    for place, line in enumerate(lines):
        key, is_value, _value = line.partition(b" = ")
        if is_value and not key.startswith(b"#"):
            for hard in _HARD:
                yield b"".join((*lines[:place], key, b" = ", hard.encode(), b"\n", *lines[place + 1 :]))


def _head(path: Path) -> bytes:
    """Return the header and some rows of a table."""
    return b"".join(path.read_bytes().splitlines(keepends=True)[: 1 + _ROWS])
