"""Workbooks made on the spot: XLSX by openpyxl or part by part, XLS by xlwt, ODS by hand."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import openpyxl
import xlwt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = {
    **{name: f"{_URN}{name}:1.0" for name in ("office", "table", "text", "style")},
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}


def xlsx(sheets: Mapping[str, Iterable[Sequence[Any]]], hidden: Sequence[str] = ()) -> bytes:
    """Return an XLSX workbook with these sheets; a text such as `#N/A` becomes an error, `=1+1` a formula."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if name in hidden:
            sheet.sheet_state = "hidden"
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """Return a workbook's bytes."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def with_parts(workbook: bytes, parts: Mapping[str, bytes | str]) -> bytes:
    """Return a workbook with some of its parts replaced or added."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return content.getvalue()


def sheet_xml(rows: str) -> str:
    """Return a sheet's part with these rows."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'


def xlsx_of(rows: str) -> bytes:
    """Return an XLSX workbook whose only sheet holds these rows of XML."""
    return with_parts(xlsx({"Blad1": [["x"]]}), {"xl/worksheets/sheet1.xml": sheet_xml(rows)})


def xls(sheets: Mapping[str, Iterable[Sequence[Any]]], hidden: Sequence[str] = ()) -> bytes:
    """Return an XLS workbook; a text such as `=1+1` becomes a formula, an `ErrorCode` an error."""
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        sheet.visibility = int(name in hidden)
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                _write_xls(sheet, i, j, value)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


class ErrorCode(int):
    """An error of an XLS cell: 42 is #N/A."""


def _write_xls(sheet: xlwt.Worksheet, row: int, column: int, value: object) -> None:
    if isinstance(value, ErrorCode):
        sheet.row(row).set_cell_error(column, int(value))
    elif isinstance(value, str) and value.startswith("="):
        sheet.write(row, column, xlwt.Formula(value[1:]))
    elif isinstance(value, date):
        form = "YYYY-MM-DD HH:MM" if isinstance(value, datetime) else "YYYY-MM-DD"
        sheet.write(row, column, value, xlwt.easyxf(num_format_str=form))
    elif value is not None:
        sheet.write(row, column, value)


def ods(sheets: Mapping[str, Iterable[Sequence[Any]]], hidden: Sequence[str] = ()) -> bytes:
    """Return an ODS workbook; a text such as `#N/A` becomes an error, `=1+1` a formula nobody has reckoned."""
    tables = (
        f'<table:table table:name="{escape(name)}"{HIDDEN if name in hidden else ""}>'
        + "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    return ods_of("".join(tables))


HIDDEN = ' table:style-name="dold"'


def ods_of(tables: str) -> bytes:
    """Return an ODS workbook with these tables of XML."""
    spaces = " ".join(f'xmlns:{name}="{urn}"' for name, urn in _NAMESPACES.items())
    style = (
        '<style:style style:name="dold" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:automatic-styles>{style}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    return archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content, **MANIFEST})


MANIFEST = {"META-INF/manifest.xml": f'<m:manifest xmlns:m="{_URN}manifest:1.0"/>'}


def archive(parts: Mapping[str, bytes | str]) -> bytes:
    """Return a zip archive with these parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return content.getvalue()


def _ods_cell(value: object) -> str:  # noqa: PLR0911 - one for each type of cell
    match value:
        case None | "":
            return "<table:table-cell/>"
        case bool():
            return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(value).lower()}"/>'
        case int() | float():
            return f'<table:table-cell office:value-type="float" office:value="{value!r}"/>'
        case datetime() | date():
            return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
        case time():
            return f'<table:table-cell office:value-type="time" office:time-value="{value:PT%HH%MM%SS}"/>'
        case timedelta():
            return f'<table:table-cell office:value-type="time" office:time-value="PT{value.seconds}S"/>'
        case str() if value.startswith("="):
            return f'<table:table-cell table:formula="of:{escape(value)}"/>'
        case str() if value.startswith("#"):
            return (
                '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
                f'calcext:value-type="error"><text:p>{value}</text:p></table:table-cell>'
            )
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'
