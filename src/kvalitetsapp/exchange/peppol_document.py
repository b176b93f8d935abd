"""An e-invoice as its rules look at it: elements by plain names and paths, and rules as a name, a text and a check."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from xml.etree.ElementTree import Element

_UBL: Final = "{urn:oasis:names:specification:ubl:schema:xsd:"
_COMPONENTS: Final = (f"{_UBL}CommonBasicComponents-2}}", f"{_UBL}CommonAggregateComponents-2}}")
_ROOTS: Final = (f"{_UBL}Invoice-2}}Invoice", f"{_UBL}CreditNote-2}}CreditNote")
NOTHING: Final = Decimal(0)
OF_LINE: Final = "Item/ClassifiedTaxCategory"
_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


class Part:
    """An element with its name without namespace, where it stands, and what is below it."""

    __slots__ = ("children", "element", "name", "place")

    def __init__(self, element: Element, name: str, place: str) -> None:
        self.element = element
        self.name = name
        self.place = place
        self.children: dict[str, list[Part]] = {}

    @property
    def value(self) -> str:
        """Return the element's own text with single spaces."""
        return " ".join((self.element.text or "").split())

    @property
    def number(self) -> Decimal | None:
        """Return the element's text as a number, and nothing where it is none."""
        text = self.value
        return Decimal(text) if _DECIMAL.fullmatch(text) else None

    def attribute(self, name: str) -> str:
        """Return an attribute of the element, empty where it is not there."""
        return self.element.get(name, "")

    def all(self, path: str) -> list[Part]:
        """Return the elements below at a path of names."""
        first, *rest = path.split("/")
        found = self.children.get(first, [])
        for name in rest:
            found = [child for part in found for child in part.children.get(name, ())]
        return found

    def has(self, path: str) -> bool:
        """Tell whether there is an element at a path."""
        return bool(self.all(path))

    def text(self, path: str) -> str:
        """Return the text of the first element at a path, empty where there is none."""
        found = self.all(path)
        return found[0].value if found else ""

    def amount(self, path: str, nothing: Decimal | None = None) -> Decimal | None:
        """Return the first element at a path as a number, `nothing` where it is not there."""
        found = self.all(path)
        return found[0].number if found else nothing


class Document(Part):
    """A whole invoice or credit note; `lines` are numbered from 1 in their places."""

    __slots__ = ("lines", "named")

    def __init__(self, root: Element) -> None:
        super().__init__(root, _plain(root.tag), "")
        self.named: dict[str, list[Part]] = {}
        _fill(self, self.named)
        self.lines = [*self.all("InvoiceLine"), *self.all("CreditNoteLine")]

    @property
    def is_credit_note(self) -> bool:
        """Tell whether this is a credit note."""
        return self.name == "CreditNote"

    @property
    def is_one(self) -> bool:
        """Tell whether this is an invoice or a credit note at all."""
        return self.element.tag in _ROOTS

    def every(self, *names: str) -> list[Part]:
        """Return all elements of these names, wherever they stand."""
        return [part for name in names for part in self.named.get(name, ())]

    def from_country(self, party: str, country: str) -> bool:
        """Tell whether a party's postal address is in a country."""
        return self.text(f"{party}/Party/PostalAddress/Country/IdentificationCode") == country


def _plain(tag: str) -> str:
    """Return a name of UBL without its namespace; one from elsewhere keeps it and so is never found."""
    for namespace in _COMPONENTS:
        if tag.startswith(namespace):
            return tag[len(namespace) :]
    return tag.rpartition("}")[2] if tag in _ROOTS else tag


def _fill(part: Part, named: dict[str, list[Part]]) -> None:
    for element in part.element:
        name = _plain(element.tag)
        among = part.children.setdefault(name, [])
        number = f"[{len(among) + 1}]" if name.endswith("Line") else ""
        child = Part(element, name, f"{part.place}/{name}{number}".lstrip("/"))
        among.append(child)
        named.setdefault(name, []).append(child)
        _fill(child, named)


if TYPE_CHECKING:
    Check = Callable[[Document], Iterable[str]]
    Select = Callable[[Document], Iterable[Part]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its official name, what it says when it is broken, and the places where a document breaks it."""

    id: str
    text: str
    check: Check


def whole(document: Document) -> Iterator[Part]:
    """Select the document itself."""
    yield document


def lines(document: Document) -> list[Part]:
    """Select the lines."""
    return document.lines


def at(path: str) -> Select:
    """Select the elements at a path."""
    return lambda document: document.all(path)


def named(*names: str) -> Select:
    """Select the elements of these names, wherever they stand."""
    return lambda document: document.every(*names)


def where(select: Select, holds: Callable[[Part], bool], field: str = "") -> Check:
    """Return a check that tells of every selected element for which `holds` does not; `field` is below it."""

    def check(document: Document) -> Iterator[str]:
        for part in select(document):
            if not holds(part):
                yield "/".join(name for name in (part.place, field) if name)

    return check


def unless(holds: Callable[[Document], bool], field: str) -> Check:
    """Return a check of the whole document that tells of `field`."""
    return lambda document: () if holds(document) else (field,)


def filled(field: str, select: Select = whole) -> Check:
    """Return a check that every selected element has a text at `field`."""
    return where(select, lambda part: part.text(field) != "", field)


def at_most_one(field: str, select: Select = whole) -> Check:
    """Return a check that every selected element has no more than one at `field`."""
    return where(select, lambda part: len(part.all(field)) <= 1, field)


def total(parts: Iterable[Part], path: str) -> Decimal:
    """Return the sum of the first number at a path in each part."""
    return sum((part.amount(path, NOTHING) or NOTHING for part in parts), NOTHING)


def is_vat(part: Part) -> bool:
    """Tell whether a tax scheme or category is about value added tax."""
    return part.text("TaxScheme/ID").upper() == "VAT"


def category_of(part: Part, path: str) -> str:
    """Return the category for value added tax that stands at a path, empty where there is none."""
    found = [each.text("ID") for each in part.all(path) if is_vat(each)]
    return found[0] if found else ""
