"""The files of a document: for the finance system without patient data, and the specification behind a password.

Everything is made from what was frozen at issue, so it can be written any number of times and is the same; only the
encryption of the specification has new salt each time. The password is used and forgotten.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import basis_tables, file_password, specification
from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changed, Changes
from kvalitetsapp.domain.claim_words import BasisStep
from kvalitetsapp.domain.field_fault import FieldFault
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.services import access, basis_steps, e_invoices, kept_files
from kvalitetsapp.services.access import needs
from kvalitetsapp.services.bases import trace
from kvalitetsapp.store import bases as store
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.domain.basis import Basis, BasisView
    from kvalitetsapp.services.workspace import Workspace

_ENCODING: Final = "utf-8-sig"  # a spreadsheet that opens a CSV file by itself knows it by the mark


@dataclass(frozen=True, slots=True)
class FilesOutcome:
    """The files that were written, or, where there are none, everything that kept them from being."""

    paths: tuple[Path, ...]
    faults: tuple[FieldFault, ...]
    said: str

    @property
    def changes(self) -> Changes:
        """Return what the action changed."""
        return frozenset({Changed.BASES}) if self.paths else NOTHING_CHANGED


def new_password() -> str:
    """Return a password for a specification, to be shown once and told to the receiver in another way."""
    return file_password.generated()


@needs(Right.ISSUE_BASES)
def write(workspace: Workspace, view: BasisView, folder: Path, password: str) -> FilesOutcome:
    """Write all files of a document into a folder, all of them or none, and note that it was done.

    Raises:
        RefusedError: a file cannot be written, or the store is open to be read only.
    """
    access.demand(workspace, Right.EXPORT_IDENTIFIED, "basis_files.write")
    basis = view.basis
    xml, broken = e_invoice(workspace, view)
    faults = (*_weak(password, basis), *broken)
    if faults:
        return FilesOutcome((), faults, _("Inga filer är skrivna."))
    plain = _plain_files(workspace, basis)
    plain[f"{basis.number}.xml"] = xml
    sealed = {f"{basis.number}-specifikation.pdf": sealed_specification(workspace, basis, password)}
    writers = {folder / name: partial(_write_bytes, content) for name, content in (plain | sealed).items()}
    workbook = folder / f"{basis.number}.xlsx"
    writers[workbook] = partial(_write_workbook, basis)
    kept_files.keep_all(workspace, writers, partial(_record, workspace, view, plain, tuple(writers)))
    said = _("Underlagets filer är skrivna i {folder}.").format(folder=folder)
    return FilesOutcome(tuple(writers), (), said)


def basis_pdf(workspace: Workspace, basis: Basis) -> bytes:
    """Return a document as PDF, without patient data."""
    from kvalitetsapp.reports import claim_basis

    return claim_basis.build(basis, sample=workspace.is_sample)


def e_invoice(workspace: Workspace, view: BasisView) -> tuple[bytes, tuple[FieldFault, ...]]:
    """Return a document's e-invoice and every rule that it breaks."""
    original = None if view.basis.credits is None else store.view(workspace.store, view.basis.credits)
    credited = "" if original is None else original.legal_number
    return e_invoices.checked(view.basis, legal_number=view.legal_number, credited_legal_number=credited)


def sealed_specification(workspace: Workspace, basis: Basis, password: str) -> bytes:
    """Return a document's specification as an encrypted PDF with its table attached for programs."""
    from kvalitetsapp.exchange import table_files
    from kvalitetsapp.reports import claim_specification, sealed_pdf

    lines = store.specification(workspace.store, basis.basis)
    pdf = claim_specification.build(basis, lines, sample=workspace.is_sample)
    table = table_files.as_csv(specification.table(basis.number, lines), for_spreadsheets=True)
    attached = {f"{basis.number}-specifikation.csv": table.encode(_ENCODING)}
    return sealed_pdf.sealed(pdf, attached, file_password.as_used(password))


def _weak(password: str, basis: Basis) -> tuple[FieldFault, ...]:
    weakness = file_password.weakness(password, basis.number, basis.issuer.name, basis.receiver.name)
    return (FieldFault("password", weakness),) if weakness else ()


def _plain_files(workspace: Workspace, basis: Basis) -> dict[str, bytes]:
    from kvalitetsapp.exchange import table_files

    lines = table_files.as_csv(basis_tables.lines(basis), for_spreadsheets=True)
    return {f"{basis.number}.pdf": basis_pdf(workspace, basis), f"{basis.number}.csv": lines.encode(_ENCODING)}


def _write_bytes(content: bytes, path: Path) -> None:
    path.write_bytes(content)


def _write_workbook(basis: Basis, path: Path) -> None:
    from kvalitetsapp.exchange import workbook_writing

    title = basis_tables.title(basis)
    sheets = ((title, basis_tables.facts(basis)), (_("Rader"), basis_tables.lines(basis)))
    workbook_writing.write(path, sheets, workbook_writing.Properties(f"{title} {basis.number}", basis.issued_on))


def _record(workspace: Workspace, view: BasisView, plain: dict[str, bytes], paths: tuple[Path, ...]) -> None:
    """Note which files were written, with the fingerprints of those that are always the same."""
    names = ", ".join(sorted(path.name for path in paths))
    basis_steps.add_step(workspace, view, BasisStep.FILES, workspace.today, files=names)
    prints = {name: hashlib.sha256(content).hexdigest() for name, content in plain.items()}
    trace(workspace, "basis_files_written", view.basis, files=prints)
