"""Why an event should be reviewed now, in points and in words: the one place that says what weighs how much.

Of the reasons of one group (the deadline, the money) the first that holds counts; the others add up.
`store.review_queue` says the same conditions in SQL, so that 100 000 events are put in order without being read.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.words import ComplicationClass, LinkStatus
from kvalitetsapp.texts import N_, _, kronor_rounded, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

DAYS_NEAR: Final = 30
DAYS_COMING: Final = 90
LARGE_ORE: Final = 100_000_00
MEDIUM_ORE: Final = 50_000_00
MOST_POINTS: Final = 100


class Reason(StrEnum):
    """What makes an event more urgent than another, the groups in the order in which they are told."""

    DEADLINE_NEAR = "deadline_near"
    DEADLINE_COMING = "deadline_coming"
    DEADLINE_PASSED = "deadline_passed"
    STAKE_LARGE = "stake_large"
    STAKE_MEDIUM = "stake_medium"
    STAKE_SOME = "stake_some"
    ANOTHER_LOOK = "another_look"
    AMBIGUOUS = "ambiguous"
    COMPETING = "competing"
    INFECTION = "infection"

    @property
    def label(self) -> str:
        """Return what the reason is called where one chooses among them."""
        return _(_LABELS[self])


_LABELS: Final = {
    Reason.DEADLINE_NEAR: N_("Frist inom 30 dagar"),
    Reason.DEADLINE_COMING: N_("Frist inom 31–90 dagar"),
    Reason.DEADLINE_PASSED: N_("Fristen har passerat"),
    Reason.STAKE_LARGE: N_("Minst 100 000 kr"),
    Reason.STAKE_MEDIUM: N_("50 000–99 999 kr"),
    Reason.STAKE_SOME: N_("Mindre än 50 000 kr"),
    Reason.ANOTHER_LOOK: N_("Ny titt"),
    Reason.AMBIGUOUS: N_("Tvetydig koppling"),
    Reason.COMPETING: N_("Annan kirurgi emellan"),
    Reason.INFECTION: N_("Infektion"),
}
DEFAULT_POINTS: Final[Mapping[Reason, int]] = {
    Reason.DEADLINE_NEAR: 40,
    Reason.DEADLINE_COMING: 20,
    Reason.DEADLINE_PASSED: 5,
    Reason.STAKE_LARGE: 30,
    Reason.STAKE_MEDIUM: 20,
    Reason.STAKE_SOME: 10,
    Reason.ANOTHER_LOOK: 25,
    Reason.AMBIGUOUS: 15,
    Reason.COMPETING: 10,
    Reason.INFECTION: 15,
}


@dataclass(frozen=True, slots=True)
class Urgency:
    """What the priority of an event is made from; `at_stake` in öre, None where nothing is known."""

    claim_by: date | None
    at_stake: int | None
    status: str
    another_look: bool
    competing: bool
    complication_class: str


def reasons(event: Urgency, today: date) -> tuple[Reason, ...]:
    """Return the reasons that hold, in the order of `Reason`."""
    holds = (
        (_deadline(event.claim_by, today), True),
        (_stake(event.at_stake), True),
        (Reason.ANOTHER_LOOK, event.another_look),
        (Reason.AMBIGUOUS, event.status == LinkStatus.AMBIGUOUS),
        (Reason.COMPETING, event.competing),
        (Reason.INFECTION, event.complication_class == ComplicationClass.INFECTION),
    )
    return tuple(reason for reason, does in holds if does and reason is not None)


def points(found: tuple[Reason, ...], weights: Mapping[Reason, int]) -> int:
    """Return what reasons weigh together."""
    return sum(weights[reason] for reason in found)


def told(event: Urgency, today: date) -> str:
    """Return the reasons in words: `utgår om 12 dagar · 84 000 kr · infektion`."""
    return " · ".join(_words(reason, event, today) for reason in reasons(event, today))


def weights_from(stated: object) -> dict[Reason, int] | None:
    """Return the points of every reason as `stated` under their names, None unless each has 0–100 and no other has."""
    if not isinstance(stated, dict) or set(stated) != set(Reason):
        return None
    if any(type(value) is not int or not 0 <= value <= MOST_POINTS for value in stated.values()):
        return None
    return {reason: stated[reason.value] for reason in Reason}


def _deadline(claim_by: date | None, today: date) -> Reason | None:
    if claim_by is None:
        return None
    left = (claim_by - today).days
    if left < 0:
        return Reason.DEADLINE_PASSED
    if left <= DAYS_NEAR:
        return Reason.DEADLINE_NEAR
    return Reason.DEADLINE_COMING if left <= DAYS_COMING else None


def _stake(ore: int | None) -> Reason | None:
    if not ore or ore < 0:
        return None
    if ore >= LARGE_ORE:
        return Reason.STAKE_LARGE
    return Reason.STAKE_MEDIUM if ore >= MEDIUM_ORE else Reason.STAKE_SOME


def _words(reason: Reason, event: Urgency, today: date) -> str:
    match reason:
        case Reason.DEADLINE_NEAR | Reason.DEADLINE_COMING | Reason.DEADLINE_PASSED:
            return _deadline_words(0 if event.claim_by is None else (event.claim_by - today).days)
        case Reason.STAKE_LARGE | Reason.STAKE_MEDIUM | Reason.STAKE_SOME:
            return kronor_rounded(event.at_stake)
        case Reason.ANOTHER_LOOK:
            return _("ny titt")
        case Reason.AMBIGUOUS:
            return _("tvetydig")
        case Reason.COMPETING:
            return _("annan kirurgi emellan")
        case Reason.INFECTION:
            return _("infektion")


def _deadline_words(left: int) -> str:
    if left == 0:
        return _("utgår i dag")
    if left < 0:
        return ngettext("utgick för {n} dag sedan", "utgick för {n} dagar sedan", -left).format(n=number(-left))
    return ngettext("utgår om {n} dag", "utgår om {n} dagar", left).format(n=number(left))
