"""Documents as they were issued, their lines, and the steps taken with them; none is ever changed or removed.

What a document says, and its specification, is frozen as JSON in `content`. The columns beside it are for looking up,
and for the schema to hold the series of numbers, and credits to their lines.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.basis import Address, Basis, BasisLine, BasisStepTaken, BasisView, Issuer, Receiver
from kvalitetsapp.domain.claim_words import BasisStep, DocumentType, VatCategory
from kvalitetsapp.domain.specification import Contact, SpecificationLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.store.connection import Store

_READ: Final = "SELECT basis, content FROM bases"
_DAYS: Final = ("issued_on", "due_on", "period_start", "period_end", "credited_on")


def next_counter(store: Store, org_number: str) -> int:
    """Return the next place in an issuer's series; it is held only inside the transaction that takes it."""
    return 1 + int(store.value("SELECT coalesce(max(counter), 0) FROM bases WHERE issuer_org = ?", (org_number,)))


def add(store: Store, issued: Basis, specification: Sequence[SpecificationLine] = ()) -> Basis:
    """Add a document with its lines and specification and return it with its key; the schema refuses a gap."""
    content = asdict(replace(issued, basis=0)) | {"specification": [asdict(one) for one in specification]}
    key = store.write(
        "INSERT INTO bases (number, issuer_org, counter, document_type, provider_id, credits, issued_on, due_on, "
        "amount, content, issued_by, issued_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(issued.number, issued.issuer.org_number, issued.counter, issued.document_type.value),
            *(issued.receiver.provider_id, issued.credits, issued.issued_on.isoformat(), issued.due_on.isoformat()),
            *(issued.amount, _as_json(content), issued.issued_by, issued.issued_at),
        ),
    )
    store.write_many(
        "INSERT INTO basis_lines (basis, line, claim, claim_line, amount, credited_basis, credited_line, "
        "credit_reason, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(key, one.line, one.claim, one.claim_line, one.amount),
                *(None if one.credited_line is None else issued.credits, one.credited_line),
                *(one.credit_reason, one.reason),
            )
            for one in issued.lines
        ],
    )
    return replace(issued, basis=key)


def of_key(store: Store, basis: int) -> Basis | None:
    """Return a document by its key, None where there is none."""
    return _one(store, "WHERE basis = ?", (basis,))


def of_number(store: Store, number: str) -> Basis | None:
    """Return a document by its number, None where there is none."""
    return _one(store, "WHERE number = ?", (number,))


def all_bases(store: Store) -> tuple[Basis, ...]:
    """Return every document in the order in which they were issued."""
    return _several(store, "", ())


def of_claim(store: Store, claim: int) -> tuple[Basis, ...]:
    """Return the documents that ask for or credit something of a claim, in the order in which they were issued."""
    return _several(store, "WHERE basis IN (SELECT basis FROM basis_lines WHERE claim = ?)", (claim,))


def credits_of(store: Store, basis: int) -> tuple[Basis, ...]:
    """Return the credit notes of a document in the order in which they were issued."""
    return _several(store, "WHERE credits = ?", (basis,))


def specification(store: Store, basis: int) -> tuple[SpecificationLine, ...]:
    """Return the specification that was frozen with a document."""
    content = store.value("SELECT content FROM bases WHERE basis = ?", (basis,))
    return tuple(_specified(raw) for raw in json.loads(content)["specification"])


def add_step(store: Store, basis: int, step: BasisStepTaken) -> None:
    """Write a step into the history of a document."""
    store.write(
        "INSERT INTO basis_steps (basis, kind, day, content, who, taken_at) VALUES (?, ?, ?, ?, ?, ?)",
        (basis, step.kind.value, step.day.isoformat(), _as_json(step.content), step.who, step.taken_at),
    )


def steps(store: Store, basis: int) -> tuple[BasisStepTaken, ...]:
    """Return the history of a document in order."""
    return _steps(store, "WHERE basis = ?", (basis,)).get(basis, ())


def view(store: Store, basis: int) -> BasisView | None:
    """Return a document with what has come after it, None where there is none."""
    found = of_key(store, basis)
    return None if found is None else BasisView(found, credits_of(store, basis), steps(store, basis))


def all_views(store: Store) -> tuple[BasisView, ...]:
    """Return every document with what has come after it, in the order in which they were issued."""
    issued, taken = all_bases(store), _steps(store, "", ())
    notes: dict[int, list[Basis]] = {}
    for one in issued:
        if one.credits is not None:
            notes.setdefault(one.credits, []).append(one)
    return tuple(BasisView(one, tuple(notes.get(one.basis, ())), taken.get(one.basis, ())) for one in issued)


def holder_of_legal_number(store: Store, legal_number: str) -> str | None:
    """Return the number of the document whose latest legal number this is, None where it is nobody's."""
    found = store.value(
        "SELECT b.number FROM basis_steps s JOIN bases b ON b.basis = s.basis "
        "WHERE s.kind = 'legal_number' AND json_extract(s.content, '$.legal_number') = ? AND s.step = ("
        "  SELECT max(step) FROM basis_steps later WHERE later.basis = s.basis AND later.kind = 'legal_number')",
        (legal_number,),
    )
    return None if found is None else str(found)


def _one(store: Store, where: str, parameters: tuple[object, ...]) -> Basis | None:
    found = _several(store, where, parameters)
    return found[0] if found else None


def _several(store: Store, where: str, parameters: tuple[object, ...]) -> tuple[Basis, ...]:
    rows = store.rows(f"{_READ} {where} ORDER BY basis", parameters)
    return tuple(_basis(key, json.loads(content)) for key, content in rows)


def _steps(store: Store, where: str, parameters: tuple[object, ...]) -> dict[int, tuple[BasisStepTaken, ...]]:
    sql = f"SELECT basis, kind, day, content, who, taken_at FROM basis_steps {where} ORDER BY basis, step"
    return {
        basis: tuple(_step(row) for row in rows)
        for basis, rows in groupby(store.rows(sql, parameters), key=itemgetter(0))
    }


def _step(row: tuple[Any, ...]) -> BasisStepTaken:
    _basis_key, kind, day, content, who, taken_at = row
    return BasisStepTaken(BasisStep(kind), date.fromisoformat(day), json.loads(content), who, taken_at)


def _basis(key: int, raw: dict[str, Any]) -> Basis:
    del raw["specification"]
    parties = {
        "issuer": Issuer(**raw["issuer"] | {"address": Address(**raw["issuer"]["address"])}),
        "receiver": Receiver(**raw["receiver"] | {"address": Address(**raw["receiver"]["address"])}),
    }
    days = {name: None if raw[name] is None else date.fromisoformat(raw[name]) for name in _DAYS}
    words = {
        "document_type": DocumentType(raw["document_type"]),
        "vat_category": VatCategory(raw["vat_category"]),
        "agreements": tuple(raw["agreements"]),
        "lines": tuple(BasisLine(**line) for line in raw["lines"]),
    }
    return Basis(**raw | parties | days | words | {"basis": key})


def _specified(raw: dict[str, Any]) -> SpecificationLine:
    contact = raw["contact"]
    days = {name: date.fromisoformat(contact[name]) for name in ("admitted", "discharged")}
    told = {name: date.fromisoformat(raw[name]) for name in ("operated_on", "event_date")}
    return SpecificationLine(**raw | told | {"contact": Contact(**contact | days)})


def _as_json(content: dict[str, Any]) -> str:
    return json.dumps(content, default=date.isoformat, ensure_ascii=False, sort_keys=True)
