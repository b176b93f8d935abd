"""Whether the parts of a recipe agree with one another: what no figure could be worked out from is told key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.field_fault import FieldFault
from kvalitetsapp.domain.indicator import (
    DAYS_OF_OCCASION,
    Answered,
    Count,
    Counted,
    Measure,
    Window,
)
from kvalitetsapp.domain.sources import ITEMS, SCORES
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.domain.indicator import CodeSpan, Indicator

PARTS: Final[dict[Counted, tuple[str, ...]]] = {
    Counted.LINKED: ("levels", "classes", "reviewed"),
    Counted.ADVERSE: ("groups",),
    Counted.CODES: ("codes", "position"),
    Counted.READMISSION: (),
    Counted.DEATH: (),
    Counted.STAY: (),
    Counted.DAY_SURGERY: (),
    Counted.ANSWER: ("instruments", "items", "occasion", "before", "answered", "at_least", "at_most"),
    Counted.COVERAGE: (),
    Counted.PUBLISHED: ("published",),
}
"""The parts of `Count` that each kind of counting uses; the others stay empty."""
WINDOWED: Final = (Counted.LINKED, Counted.ADVERSE, Counted.CODES, Counted.READMISSION, Counted.DEATH)
"""What is looked for in days after the operation; the others have no window."""
_SHARES: Final = (Measure.SHARE, Measure.SHARE_WITHOUT)
_VALUES: Final = (Measure.MEAN, Measure.MEDIAN)


def contradictions(one: Indicator) -> tuple[FieldFault, ...]:
    """Return where the parts of a recipe contradict each other, in the order of the keys."""
    return tuple(
        FieldFault(key, message)
        for found in (_measure(one), _count(one.count), _cohort(one), _window(one))
        for key, message in found
    )


def measures_of(count: Count) -> tuple[Measure, ...]:
    """Return what can be said of what is counted."""
    match count.kind:
        case Counted.STAY:
            return _VALUES
        case Counted.ANSWER:
            return _SHARES if count.answered is Answered.REACHED else _VALUES
        case Counted.PUBLISHED:
            return tuple(Measure)
        case _:
            return _SHARES


def _measure(one: Indicator) -> Iterator[tuple[str, str]]:
    possible = measures_of(one.count)
    if one.measure not in possible:
        yield (
            "measure",
            _("{measure} går inte att räkna av {counted}. Välj bland {known}.").format(
                measure=one.measure, counted=word("counted", one.count.kind).lower(), known=", ".join(possible)
            ),
        )


def _count(count: Count) -> Iterator[tuple[str, str]]:
    nothing = Count(count.kind)
    used = PARTS[count.kind]
    for name in (name for parts in PARTS.values() for name in parts if name not in used):
        if getattr(count, name) != getattr(nothing, name):
            yield f"count.{name}", _("Hör inte till det som räknas, {kind}. Ta bort nyckeln.").format(kind=count.kind)
    if count.kind is Counted.CODES and not count.codes:
        yield "count.codes", _("Ange minst en kod.")
    if count.kind is Counted.PUBLISHED and not count.published:
        yield "count.published", _("Ange den publicerade siffrans namn.")
    if count.kind is Counted.ANSWER:
        yield from _answer(count)


def _answer(count: Count) -> Iterator[tuple[str, str]]:
    if not count.instruments:
        yield "count.instruments", _("Ange minst ett formulär.")
    if count.items and not all(each in ITEMS for each in count.instruments):
        yield "count.items", _("Formuläret har inga frågor för sig.")
    if not count.occasion:
        yield "count.occasion", _("Ange när patienten har svarat.")
    yield from _before(count)
    yield from _limits(count)


def _before(count: Count) -> Iterator[tuple[str, str]]:
    if count.answered is not Answered.GAIN:
        if count.before:
            yield "count.before", _("Hör bara till en förbättring, gain. Ta bort nyckeln.")
    elif not count.before:
        yield "count.before", _("Ange vilket tillfälle förbättringen räknas från.")
    elif count.occasion and DAYS_OF_OCCASION[count.before] >= DAYS_OF_OCCASION[count.occasion]:
        yield "count.before", _("Tillfället före ska komma före det andra.")


def _limits(count: Count) -> Iterator[tuple[str, str]]:
    given = [name for name in ("at_least", "at_most") if getattr(count, name) is not None]
    if count.answered is not Answered.REACHED:
        for name in given:
            yield f"count.{name}", _("Hör bara till en gräns som ska nås, reached. Ta bort nyckeln.")
    elif not given:
        yield "count.at_least", _("Ange en gräns, at_least eller at_most.")
    elif count.at_least is not None and count.at_most is not None and count.at_most < count.at_least:
        yield "count.at_most", _("Den övre gränsen är lägre än den undre.")
    else:
        scales = [SCORES[each] for each in count.instruments if each in SCORES and not count.items]
        for name in given:
            if any(not low <= getattr(count, name) <= high for low, high in scales):
                yield f"count.{name}", _("Gränsen ligger utanför formulärets skala.")


def _cohort(one: Indicator) -> Iterator[tuple[str, str]]:
    cohort = one.cohort
    for row, span in enumerate(cohort.not_diagnoses, 1):
        if any(_covers(span, wanted) for wanted in cohort.diagnoses):
            yield (
                f"cohort.not_diagnoses.{row}.code",
                _("{code} utesluter en diagnos som ska finnas.").format(code=span.code),
            )


def _covers(out: CodeSpan, wanted: CodeSpan) -> bool:
    """Tell whether a span leaves out everything that another wants."""
    codes = wanted.code.startswith(out.code) if out.prefix else (out.code == wanted.code and not wanted.prefix)
    starts = out.valid_from is None or (wanted.valid_from is not None and out.valid_from <= wanted.valid_from)
    ends = out.valid_to is None or (wanted.valid_to is not None and wanted.valid_to <= out.valid_to)
    return codes and starts and ends


def _window(one: Indicator) -> Iterator[tuple[str, str]]:
    window, kind = one.window, one.count.kind
    if kind not in WINDOWED:
        if window != Window():
            yield "window", _("Hör inte till det som räknas, {kind}. Ta bort nyckeln.").format(kind=kind)
        return
    if window.last is None:
        yield "window.last", _("Ange hur många dagar operationen ska följas.")
    elif window.last < window.first:
        yield "window.last", _("Fönstret slutar innan det börjar.")
