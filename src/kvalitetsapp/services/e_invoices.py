"""The e-invoice of a document, and what it is held against before it leaves: the one place that knows of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.field_fault import FieldFault

if TYPE_CHECKING:
    from kvalitetsapp.domain.basis import Basis


def checked(basis: Basis, *, legal_number: str, credited_legal_number: str) -> tuple[bytes, tuple[FieldFault, ...]]:
    """Return a document as an e-invoice, with every rule that it breaks.

    `legal_number` is what the finance system calls the document, `credited_legal_number` the one that it credits.
    """
    from kvalitetsapp.exchange import peppol_rules, peppol_writing

    xml = peppol_writing.to_xml(basis, legal_number=legal_number, credited_legal_number=credited_legal_number)
    return xml, tuple(FieldFault(fault.field, fault.message) for fault in peppol_rules.faults(xml))
