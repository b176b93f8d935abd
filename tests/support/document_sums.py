"""What a document comes to by each of its files, read as its receiver reads them."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pypdf
from defusedxml.ElementTree import fromstring

from kvalitetsapp.exchange import peppol_writing
from kvalitetsapp.services import bases, basis_files
from support import pdf

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kvalitetsapp.domain.basis import BasisView
    from kvalitetsapp.services.workspace import Workspace

PASSWORD = "vinter regn häst 7"
_PAYABLE = ".//{*}LegalMonetaryTotal/{*}PayableAmount"


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a document by how their names end, and its e-invoice."""

    view: BasisView
    files: dict[str, bytes]
    xml: bytes

    def sums(self) -> dict[str, int]:
        """Return what every file says that the document comes to, in öre."""
        return {
            "document": self.view.basis.amount,
            "pdf": _printed(pdf.read(self.files[".pdf"]).text),
            "csv": _ore(row["amount"] for row in _rows(self.files[".csv"])),
            "xlsx": _of_workbook(self.files[".xlsx"]),
            "xml": _ore(one.text or "" for one in fromstring(self.xml).findall(_PAYABLE)),
            "specification": _ore(row["net"] for row in self.specified()),
        }

    def specified(self) -> list[dict[str, str]]:
        """Return the rows of the table in the specification, opened with its password."""
        reader = pypdf.PdfReader(io.BytesIO(self.files["-specifikation.pdf"]))
        assert reader.decrypt(PASSWORD)
        (attached,) = reader.attachments.values()
        return _rows(attached[0])

    def opens_with(self, password: str) -> bool:
        """Tell whether the specification opens with a password."""
        reader = pypdf.PdfReader(io.BytesIO(self.files["-specifikation.pdf"]))
        return not reader.is_encrypted or bool(reader.decrypt(password))

    def told(self) -> str:
        """Return every word of the files that are not behind the password."""
        book = openpyxl.load_workbook(io.BytesIO(self.files[".xlsx"]))
        cells = [str(cell) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row]
        texts = [self.files[".csv"].decode(), self.xml.decode(), *self.files]
        return "\n".join([pdf.read(self.files[".pdf"]).text, *cells, *texts])


def write(workspace: Workspace, number: str, folder: Path) -> Written:
    """Write the files of a document and read them back."""
    view = bases.view(workspace, number)
    done = basis_files.write(workspace, view, folder, PASSWORD)
    assert done.faults == ()
    files = {path.name.removeprefix(number): path.read_bytes() for path in done.paths}
    original = bases.view(workspace, view.basis.credited_number).legal_number if view.basis.credits else ""
    xml = peppol_writing.to_xml(view.basis, legal_number=view.legal_number, credited_legal_number=original)
    assert files.get(".xml", xml) == xml
    return Written(view, files, xml)


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def _ore(amounts: Iterable[str]) -> int:
    return int(sum(map(Decimal, amounts), Decimal()) * 100)


def _printed(text: str) -> int:
    (told,) = re.findall(r"Att (?:betala|kreditera): ([\d ]+(?:,\d\d)?) kr", text)
    return int(Decimal(told.replace(" ", "").replace(",", ".")) * 100)


def _of_workbook(content: bytes) -> int:
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Rader"]
    head, *rows = sheet.iter_rows(values_only=True)
    place = head.index("Belopp")
    return _ore(str(row[place]) for row in rows)
