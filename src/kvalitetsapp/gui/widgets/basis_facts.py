"""A document in words: what it says, line by line, its credit notes or what it credits, its steps and its payments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain import basis_tables
from kvalitetsapp.domain.claim_words import BasisStep
from kvalitetsapp.domain.dates import to_the_minute
from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import NOTHING, _, kronor

if TYPE_CHECKING:
    from kvalitetsapp.domain.basis import BasisLine, BasisStepTaken
    from kvalitetsapp.domain.followed_basis import FollowedBasis

    Section = tuple[str, list[Fact]]


def says(one: FollowedBasis) -> tuple[Section, ...]:
    """Return what a document says, and how far each of its lines has come."""
    return (
        ("", _head(one)),
        (_("Rader"), [Fact(_("Rad {line}").format(line=line.line), _line(one, line)) for line in one.basis.lines]),
    )


def came_after(one: FollowedBasis) -> tuple[Section, ...]:
    """Return what has come after a document: its credit notes, steps and payments."""
    return (
        (_("Kreditunderlag"), _credit_notes(one)),
        (_("Vad som har gjorts"), _steps(one)),
        (_("Betalningar"), _payments(one)),
    )


def _head(one: FollowedBasis) -> list[Fact]:
    basis, receiver = one.basis, one.basis.receiver
    address = basis_tables.in_lines(receiver.address)
    found = [
        Fact(basis_tables.title(basis), (basis.number,)),
        Fact(_("Mottagare"), (receiver.name, *address)),
        Fact(_("Utställt"), (f"{basis.issued_on.isoformat()}, {basis.issued_by}",)),
        Fact(_("Belopp"), (kronor(basis.amount),)),
    ]
    if basis.credited_number:
        found.append(Fact(_("Krediterar"), (basis_tables.number_and_line(basis),)))
    if one.owed is not None:
        found.append(Fact(_("Förfaller"), (basis.due_on.isoformat(),)))
        found.append(Fact(_("Öppet"), (kronor(one.owed.open),)))
    found.append(Fact(_("Fakturanummer"), (one.view.legal_number or NOTHING,)))
    return found


def _line(one: FollowedBasis, line: BasisLine) -> tuple[str, ...]:
    told = [f"{line.text}: {kronor(line.amount)}"]
    if line.credit_reason is not None:
        told.append(f"{word('credit_reason', str(line.credit_reason))}. {line.reason}")
    credited = line.amount - one.view.left_of(line.line)
    if credited:
        told.append(_("krediterat {amount}").format(amount=kronor(credited)))
    paid = 0 if one.owed is None else one.owed.paid_by_line()[line.line]
    if paid:
        told.append(_("betalt {amount}").format(amount=kronor(paid)))
    return tuple(told)


def _credit_notes(one: FollowedBasis) -> list[Fact]:
    return [
        Fact(note.issued_on.isoformat(), (f"{note.number}: {kronor(note.amount)}",)) for note in one.view.credit_notes
    ]


def _steps(one: FollowedBasis) -> list[Fact]:
    return [Fact(step.day.isoformat(), (_step(step), *_content(step))) for step in one.view.steps]


def _step(step: BasisStepTaken) -> str:
    return f"{word('basis_step', step.kind)}, {step.who} {to_the_minute(step.taken_at)}"


def _content(step: BasisStepTaken) -> tuple[str, ...]:
    """Return the rest of a step: what was written, to whom it went and how, the number, or what was asked for."""
    told = step.content
    if step.kind is BasisStep.FILES:
        return tuple(told["files"].split(", "))
    if step.kind is BasisStep.SENT:
        return (", ".join((told["receiver"], told["channel"])), told["ground"])
    if step.kind is BasisStep.LEGAL_NUMBER:
        return (told["legal_number"], *([told["reason"]] if told["reason"] else []))
    text = _("{amount}, betalas senast {day}")
    return (text.format(amount=kronor(int(told["amount"])), day=told["due_on"]),)


def _payments(one: FollowedBasis) -> list[Fact]:
    text = _("{amount} av betalning nr {number}")
    return [
        Fact(part.received_on.isoformat(), (text.format(amount=kronor(part.amount), number=part.payment),))
        for part in one.payments
    ]
