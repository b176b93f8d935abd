"""What a review round found, counted from its cases, and how it stands beside the round before."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from kvalitetsapp.analysis import proportions
from kvalitetsapp.domain import review_words
from kvalitetsapp.domain.report_data import Share
from kvalitetsapp.domain.review_protocol import (
    CaseChange,
    Comparison,
    Counts,
    InfectionCounts,
    Progress,
    ProviderCounts,
    Results,
)
from kvalitetsapp.domain.review_round import CaseState, Novelty
from kvalitetsapp.domain.words import ComplicationClass, SurgeryLevel, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kvalitetsapp.domain.review_protocol import ProtocolCase

OF_ALL: Final = ("decision", "relation")
OF_CONFIRMED: Final = (
    "complication_class",
    "surgery_level",
    "harm_severity",
    "clavien_dindo",
    "avoidability",
    "treatment",
    "outcome",
)
OF_INFECTIONS: Final = ("infection_level",)
COMPARED: Final = ("decision", "complication_class")
AVOIDABLE: Final = frozenset({review_words.Avoidability.PROBABLY.value, review_words.Avoidability.AVOIDABLE.value})
_CODES: Final[dict[str, tuple[str, ...]]] = {
    "decision": tuple(Verdict),
    "relation": tuple(review_words.Relation),
    "complication_class": tuple(ComplicationClass),
    "surgery_level": tuple(SurgeryLevel),
    "harm_severity": tuple(review_words.HarmSeverity),
    "clavien_dindo": tuple(review_words.ClavienDindo),
    "avoidability": tuple(review_words.Avoidability),
    "infection_level": tuple(review_words.InfectionLevel),
    "organism": tuple(review_words.Organism),
    "treatment": tuple(review_words.Treatment),
    "outcome": tuple(review_words.Outcome),
}
_SHOWN_WHOLE: Final = frozenset({"decision", *review_words.ORDERED})


def progress(cases: Sequence[ProtocolCase]) -> Progress:
    """Return how far the cases have come."""
    states, novelties = Counter(one.state for one in cases), Counter(one.novelty for one in cases)
    return Progress(
        cases=len(cases),
        done=states[CaseState.DONE],
        open=states[CaseState.OPEN],
        waiting=states[CaseState.WAITING],
        differs=states[CaseState.DIFFERS],
        gone=states[CaseState.GONE],
        new=novelties[Novelty.NEW],
        changed=novelties[Novelty.CHANGED],
        known=novelties[Novelty.KNOWN],
    )


def results(cases: Iterable[ProtocolCase]) -> Results:
    """Return what was found among the cases that are done; details are of the confirmed ones."""
    done = [one for one in cases if one.is_confirmed or one.is_rejected]
    confirmed = [one for one in done if one.is_confirmed]
    infections = [one for one in confirmed if one.told("complication_class") == ComplicationClass.INFECTION]
    return Results(
        reviewed=len(done),
        confirmed=len(confirmed),
        rejected=len(done) - len(confirmed),
        avoidable=_avoidable(confirmed),
        counts=(
            *(_counts(question, done) for question in OF_ALL),
            *(_counts(question, confirmed) for question in OF_CONFIRMED),
            *(_counts(question, infections) for question in OF_INFECTIONS),
        ),
        infections=tuple(_infections(question, infections) for question in ("organism", "treatment")),
        providers=_providers(done),
    )


def compared(name: str, closed_on: str, before: Sequence[ProtocolCase], now: Iterable[ProtocolCase]) -> Comparison:
    """Return the earlier round beside this one; a changed case has another decision or, confirmed in both, class."""
    earlier = {one.key: one for one in before if one.state is CaseState.DONE}
    both = [(earlier[one.key], one) for one in now if one.state is CaseState.DONE and one.key in earlier]
    changes = tuple(change for was, one in both for change in _changes(was, one))
    return Comparison(name, closed_on, results(before), len(both), changes)


def _changes(before: ProtocolCase, now: ProtocolCase) -> list[CaseChange]:
    questions = COMPARED if before.is_confirmed and now.is_confirmed else COMPARED[:1]
    told = [(question, before.told(question), now.told(question)) for question in questions]
    return [CaseChange(now.event_ref, question, was, one) for question, was, one in told if was != one]


def _counts(question: str, cases: Sequence[ProtocolCase]) -> Counts:
    """Count the answers in the order of their words; a scale with the steps that nobody took."""
    found = Counter(one.told(question) for one in cases)
    return Counts(question, tuple((code, found[code]) for code in _order(question, found)))


def _order(question: str, found: Counter[str]) -> tuple[str, ...]:
    codes = (*(str(code) for code in _CODES[question]), "")
    return tuple(code for code in codes if found[code] or (code and question in _SHOWN_WHOLE))


def _infections(question: str, infections: Sequence[ProtocolCase]) -> InfectionCounts:
    found = Counter((one.told(question), one.told("infection_level")) for one in infections)
    levels = (*(str(level) for level in review_words.InfectionLevel), "")
    order = _order(question, Counter(one.told(question) for one in infections))
    return InfectionCounts(
        question, levels, tuple((code, tuple(found[code, level] for level in levels)) for code in order)
    )


def _avoidable(confirmed: Sequence[ProtocolCase]) -> Share:
    judged = [one.told("avoidability") for one in confirmed if one.told("avoidability")]
    events, n = sum(code in AVOIDABLE for code in judged), len(judged)
    if not n:
        return Share(0, 0, None, None, None)
    low, high = proportions.wilson(events, n)
    return Share(events, n, events / n, float(low), float(high))


def _providers(done: Sequence[ProtocolCase]) -> tuple[ProviderCounts, ...]:
    """Return the providers, the one with most cases first."""
    names = Counter(one.provider for one in done)
    order = sorted(names, key=lambda name: (-names[name], name))
    return tuple(_provider(name, [one for one in done if one.provider == name]) for name in order)


def _provider(name: str, done: Sequence[ProtocolCase]) -> ProviderCounts:
    confirmed = [one for one in done if one.is_confirmed]
    avoidable = sum(one.told("avoidability") in AVOIDABLE for one in confirmed)
    return ProviderCounts(name, len(confirmed), avoidable, len(done) - len(confirmed))
