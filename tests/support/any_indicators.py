"""Any recipe whose parts agree, for tests of what holds for all of them, and one that tests change."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from kvalitetsapp.domain import families
from kvalitetsapp.domain.adverse_event import GROUPS
from kvalitetsapp.domain.indicator import (
    Anchor,
    Answered,
    CodeSpan,
    Cohort,
    Count,
    Counted,
    Direction,
    Indicator,
    Nature,
    Position,
    Prosthesis,
    Reviewed,
    Window,
)
from kvalitetsapp.domain.indicator_checks import WINDOWED, contradictions, measures_of
from kvalitetsapp.domain.indicator_tables import LEVELS
from kvalitetsapp.domain.sources import Instrument
from kvalitetsapp.domain.words import CareForm, ComplicationClass, PayerRoute, SurgeryLevel

if TYPE_CHECKING:
    from collections.abc import Iterable

_DAYS: Final = st.integers(0, 4_000)
_DATES: Final = st.none() | st.dates(date(1987, 1, 1), date(2040, 12, 31))
_CODES: Final = st.from_regex(r"[A-Z][A-Z0-9]{1,6}", fullmatch=True)
_IDS: Final = st.from_regex(r"[a-z][a-z0-9_]{1,20}", fullmatch=True)
_TEXT: Final = st.text(st.characters(exclude_categories=("Cs", "Nd")), max_size=30).map(str.strip)
_TOLD: Final = _TEXT.filter(bool)
_LIMITS: Final = st.integers(100, 500).map(lambda n: n / 100)


def _some(values: Iterable[Any], least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    among = list(values)
    return st.lists(st.sampled_from(among), unique=True, min_size=least, max_size=min(3, len(among))).map(tuple)


def _words(values: Iterable[Any], least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    return _some([str(each) for each in values], least)


@st.composite
def code_spans(draw: st.DrawFn) -> tuple[CodeSpan, ...]:
    """Return codes in force on some days, each once."""
    found = {}
    for _each in range(draw(st.integers(0, 2))):
        start, end = draw(_DATES), draw(_DATES)
        if start is not None and end is not None and end < start:
            start, end = end, start
        span = CodeSpan(draw(_CODES), draw(st.booleans()), start, end)
        found[span] = span
    return tuple(found)


@st.composite
def _counts(draw: st.DrawFn) -> Count:
    kind = draw(st.sampled_from(Counted))
    match kind:
        case Counted.LINKED:
            levels, classes = draw(_words(SurgeryLevel)), draw(_words(ComplicationClass))
            return Count(kind, levels=levels, classes=classes, reviewed=draw(st.sampled_from(Reviewed)))
        case Counted.ADVERSE:
            return Count(kind, groups=draw(_words(GROUPS)))
        case Counted.CODES:
            return Count(kind, codes=draw(code_spans().filter(bool)), position=draw(st.sampled_from(Position)))
        case Counted.ANSWER:
            return draw(_answers())
        case Counted.PUBLISHED:
            return Count(kind, published=draw(_IDS))
        case _:
            return Count(kind)


@st.composite
def _answers(draw: st.DrawFn) -> Count:
    answered = draw(st.sampled_from(Answered))
    asked = draw(st.booleans())
    instruments = draw(_words([Instrument.HOOS12, Instrument.EQ5D] if asked else Instrument, 1))
    least, most = (sorted(draw(st.tuples(_LIMITS, _LIMITS)))) if answered is Answered.REACHED else (None, None)
    return Count(
        Counted.ANSWER,
        instruments=instruments,
        items=draw(_words(["9", "10", "11"])) if asked else (),
        occasion=draw(st.sampled_from(["90d", "1y", "10y"])),
        before="preop" if answered is Answered.GAIN else "",
        answered=answered,
        at_least=least,
        at_most=draw(st.sampled_from([None, most])),
    )


@st.composite
def _cohorts(draw: st.DrawFn) -> Cohort:
    return Cohort(
        joints=draw(_words(families.ids())),
        prostheses=draw(_some(Prosthesis)),
        codes=draw(code_spans()),
        diagnoses=draw(code_spans()),
        not_diagnoses=draw(code_spans()),
        payer_routes=draw(_words(PayerRoute)),
        care_forms=draw(_words(CareForm)),
    )


@st.composite
def _windows(draw: st.DrawFn) -> Window:
    first = draw(_DAYS)
    return Window(first, first + draw(_DAYS), draw(st.sampled_from(Anchor)))


@st.composite
def _drawn(draw: st.DrawFn) -> Indicator:
    count = draw(_counts())
    return Indicator(
        indicator_id=draw(_IDS),
        version=draw(_TOLD),
        **{name: draw(_TOLD) for name in ("name", "purpose", "numerator", "denominator", "exclusions", "source")},
        measure=draw(st.sampled_from(measures_of(count))),
        count=count,
        direction=draw(st.sampled_from(Direction)),
        level=draw(_words(LEVELS, 1)),
        cohort=draw(_cohorts()),
        window=draw(_windows()) if count.kind in WINDOWED else Window(),
        benchmark=draw(_TEXT),
        note=draw(_TEXT),
        verified=draw(st.booleans()),
        decimals=draw(st.integers(0, 4)),
        nature=draw(st.sampled_from(Nature)),
    )


def indicators() -> st.SearchStrategy[Indicator]:
    """Return recipes whose parts agree with each other."""
    return _drawn().filter(lambda one: not contradictions(one))


def recipe(**parts: object) -> dict[str, object]:
    """Return the keys of a recipe that is right, some of them other than they were, None for left out."""
    right: dict[str, object] = {
        "id": "late_visits",
        "version": "1",
        **{name: f"{name}." for name in ("name", "purpose", "numerator", "denominator", "exclusions", "source")},
        "measure": "share",
        "direction": "low",
        "level": ["provider"],
        "count": {"kind": "linked", "levels": ["revision"]},
        "window": {"last": 90},
    }
    return {key: value for key, value in (right | parts).items() if value is not None}
