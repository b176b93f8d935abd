"""What the rules for e-invoices say against a document before it leaves, each fault with the rule's official name.

Three groups: EN 16931 (`peppol_rules_standard`, `peppol_rules_vat`), what Peppol adds (`peppol_rules_network`,
`peppol_rules_lines`) and what it adds for Sweden (`peppol_rules_sweden`). Where the rules come from stands in each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange import (
    peppol_rules_lines,
    peppol_rules_network,
    peppol_rules_standard,
    peppol_rules_sweden,
    peppol_rules_vat,
)
from kvalitetsapp.exchange.peppol_document import Document
from kvalitetsapp.texts import _

RULES: Final = (
    *peppol_rules_standard.RULES,
    *peppol_rules_vat.RULES,
    *peppol_rules_network.RULES,
    *peppol_rules_lines.RULES,
    *peppol_rules_sweden.RULES,
)


@dataclass(frozen=True, slots=True)
class RuleFault:
    """A broken rule by its official name, what it means in words, and the element that breaks it."""

    rule: str
    message: str
    field: str


def faults(xml: bytes) -> list[RuleFault]:
    """Return every rule that a document breaks, in the order of the rules; nothing where it may leave.

    Raises:
        InputError: it is no invoice or credit note in UBL.
    """
    document = _read(xml)
    return [
        RuleFault(rule.id, f"{rule.id}: {_(rule.text)}", field) for rule in RULES for field in rule.check(document)
    ]


def _read(xml: bytes) -> Document:
    try:
        document = Document(fromstring(xml))
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise InputError(_("Filen är ingen e-faktura som går att läsa.")) from error
    if not document.is_one:
        raise InputError(_("Filen är varken en faktura eller en kreditfaktura i UBL."))
    return document
