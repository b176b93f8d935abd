"""What form a file has, told by its content and not by its name."""

from __future__ import annotations

from enum import StrEnum
from typing import BinaryIO, Final

from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange.archives import part_names
from kvalitetsapp.exchange.compound_files import MARK
from kvalitetsapp.texts import _

_ZIPS: Final = (b"PK\x03\x04", b"PK\x05\x06")
_PDF: Final = b"%PDF-"
_MARKUP: Final = (b"<html", b"<!doctype html", b"<table", b"<head", b"<meta", b"<style", b"mime-version:")
_BEGINNING: Final = 4096


class Form(StrEnum):
    """How a table is kept in a file."""

    CSV = "csv"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    XML = "xml"


def form_of(file: BinaryIO, file_name: str) -> Form:
    """Return the form of an open file; whatever is no workbook is taken for text.

    Raises:
        InputError: it is of a kind that holds no table that can be read.
    """
    file.seek(0)
    beginning = file.read(_BEGINNING)
    file.seek(0)
    if beginning.startswith(MARK):
        return Form.XLS
    if beginning.startswith(_ZIPS):
        return _form_of_archive(file, file_name)
    if beginning.startswith(_PDF):
        raise _no_table(file_name)
    text = beginning.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if text.startswith(_MARKUP):
        raise InputError(
            _(
                "{file} är en webbsida, inte en riktig arbetsbok. Öppna den i kalkylprogrammet och "
                "spara den som Excel-arbetsbok (.xlsx)."
            ).format(file=file_name)
        )
    return Form.XML if text.startswith(b"<") else Form.CSV


def _form_of_archive(file: BinaryIO, file_name: str) -> Form:
    names = {name.lower() for name in part_names(file, file_name)}
    if "xl/workbook.xml" in names:
        return Form.XLSX
    if "xl/workbook.bin" in names:
        raise InputError(
            _("{file} är en binär arbetsbok (.xlsb). Spara den som vanlig Excel-arbetsbok (.xlsx).").format(
                file=file_name
            )
        )
    if "content.xml" in names and "mimetype" in names:
        return Form.ODS
    raise _no_table(file_name)


def _no_table(file_name: str) -> InputError:
    return InputError(_("{file} är ingen arbetsbok. Välj en Excel-, ODS- eller CSV-fil.").format(file=file_name))
