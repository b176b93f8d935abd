"""Later contacts without a trigger of their own that may belong to an event: offered by a rule, never added by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.diagnosis_chapters import chapter_of
from kvalitetsapp.domain.diagnosis_sites import joint_of
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.texts import N_, _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from kvalitetsapp.domain.codes import CodeTables
    from kvalitetsapp.domain.diagnosis_chapters import Chapter
    from kvalitetsapp.domain.patient import CareEpisode, EventKey, Link, Patient

MOST_DAYS: Final = 730

TAKEN: Final[tuple[Column, ...]] = (
    Column("event_ref", Kind.TEXT, N_("Händelse")),
    Column("joint", Kind.CODE, N_("Led"), "joint"),
    Column("side", Kind.CODE, N_("Sida"), "side"),
    Column("episode_ref", Kind.TEXT, N_("Vårdkontakt")),
    Column("admitted", Kind.DATE, N_("Inskriven")),
    Column("provider_id", Kind.TEXT, N_("Vårdgivare")),
    Column("cost", Kind.MONEY, N_("Kostnad")),
    Column("reviewer", Kind.TEXT, N_("Granskare")),
)


@dataclass(frozen=True, slots=True)
class FollowUpRule:
    """Which contacts are offered: within `days` of the event's discharge (both ends in), for at least one reason."""

    days: int = 90
    same_joint: bool = True
    same_chapter: bool = True


@dataclass(frozen=True, slots=True)
class FollowUpOffer:
    """A contact that the rule offers: what it was, why it is offered, and what it cost in öre (None: not known).

    `taken_by` is the reference of another event whose case it has been taken into, "" where there is none.
    """

    episode: int
    episode_ref: str
    day: date
    provider: str
    codes: tuple[str, ...]
    why: str
    cost: int | None
    taken_by: str = ""


@dataclass(frozen=True, slots=True)
class TakenContact:
    """A contact that a reviewer took into the case of an event, by an answer that is in effect."""

    key: EventKey
    event_ref: str
    episode: int
    episode_ref: str
    admitted: date
    provider_id: str
    cost: int | None
    reviewer: str
    answered_at: str


def lacking_in(rule: FollowUpRule) -> str:
    """Return why a rule cannot be used, in a Swedish sentence, "" where it can."""
    if not 0 <= rule.days <= MOST_DAYS:
        return _("Antalet dagar ska vara mellan 0 och {most}.").format(most=number(MOST_DAYS))
    if not rule.same_joint and not rule.same_chapter:
        return _("Välj minst ett skäl att föreslå kontakter: samma led eller samma diagnoskapitel.")
    return ""


def offers(
    patient: Patient,
    link: Link,
    rule: FollowUpRule,
    tables: CodeTables,
    taken: Mapping[int, str] | None = None,
) -> tuple[FollowUpOffer, ...]:
    """Return the contacts that the rule offers to an event, by day and reference.

    Offered are the person's episodes that are no index stay and no event, admitted from the day of the event's
    discharge to `rule.days` after it, which share the event's joint or the ICD-10 chapter of its main diagnosis or of
    a diagnosis that triggered it. `taken` tells by episode which other event's case it is already in.
    """
    event = patient.episode(link.key.episode)
    found = [
        _offer(one, days, why, (taken or {}).get(one.episode, ""))
        for one, days in _near(patient, event, rule)
        if (why := _reasons(one, event, link, rule, tables))
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.episode_ref)))


def taken_table(taken: Iterable[TakenContact]) -> Table:
    """Return contacts that were taken into cases as rows of `TAKEN`, in their order."""
    return Table(
        TAKEN,
        [
            (
                one.event_ref,
                one.key.joint,
                one.key.side,
                one.episode_ref,
                one.admitted.isoformat(),
                one.provider_id,
                one.cost,
                one.reviewer,
            )
            for one in taken
        ],
    )


def _near(patient: Patient, event: CareEpisode, rule: FollowUpRule) -> Iterator[tuple[CareEpisode, int]]:
    """Give the contacts of the days that the rule looks at, with how many days after the event's discharge."""
    not_contacts = {one.episode for one in patient.operations} | {link.key.episode for link in patient.links}
    not_contacts.add(event.episode)
    for one in patient.episodes:
        days = (one.admitted - event.discharged).days
        if 0 <= days <= rule.days and one.episode not in not_contacts:
            yield one, days


def _offer(one: CareEpisode, days: int, reasons: list[str], taken_by: str) -> FollowUpOffer:
    if days:
        after = ngettext("{n} dag efter utskrivningen", "{n} dagar efter utskrivningen", days).format(n=number(days))
    else:
        after = _("samma dag som utskrivningen")
    codes = (*_diagnoses(one), *one.procedures)
    why = ", ".join((*reasons, after))
    return FollowUpOffer(one.episode, one.episode_ref, one.admitted, one.provider, codes, why, one.cost, taken_by)


def _reasons(one: CareEpisode, event: CareEpisode, link: Link, rule: FollowUpRule, tables: CodeTables) -> list[str]:
    reasons = []
    if rule.same_joint and link.key.joint and link.key.joint in _joints(one, tables):
        reasons.append(_("samma led"))
    if rule.same_chapter and (shared := _shared_chapter(one, event, link, tables)) is not None:
        reasons.append(_("samma diagnoskapitel ({number} {title})").format(number=shared.number, title=shared.title))
    return reasons


def _joints(one: CareEpisode, tables: CodeTables) -> set[str]:
    roles = tables.procedure_roles
    return {roles[code].joint for code in one.procedures if code in roles} | {
        joint_of(code, tables) for code in _diagnoses(one)
    }


def _shared_chapter(one: CareEpisode, event: CareEpisode, link: Link, tables: CodeTables) -> Chapter | None:
    """Return the first chapter of the contact's diagnoses that the event has as well."""
    triggering = [code for code in link.triggers if code not in tables.procedure_roles]
    wanted = {chapter_of(code) for code in (event.main_diagnosis, *triggering)} - {None}
    return next((found for code in _diagnoses(one) if (found := chapter_of(code)) in wanted and found), None)


def _diagnoses(one: CareEpisode) -> tuple[str, ...]:
    return (*((one.main_diagnosis,) if one.main_diagnosis else ()), *one.other_diagnoses)
