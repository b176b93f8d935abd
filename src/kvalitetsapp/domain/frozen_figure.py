"""A figure as it was on a day, kept in a paper: what it came to, of whom, by which recipe.

Its mark (`fingerprint`) is of the operations behind it and what was counted of each, so that a later reading can tell
whether the same number still rests on the same care. It is written in letters alone: no number of a person is read
into it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from kvalitetsapp.domain.indicator import Measure
from kvalitetsapp.domain.outcome_choice import OutcomeScope
from kvalitetsapp.domain.outcome_tables import flags_text
from kvalitetsapp.domain.paper_parts import parts_of
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import NOTHING, _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Mapping


class FigureChange(StrEnum):
    """What has become of a frozen figure."""

    UNCHANGED = "unchanged"  # the same operations, counted in the same way
    SAME_VALUE = "same_value"  # other operations behind it, but it reads the same
    CHANGED = "changed"
    GONE = "gone"  # the indicator is no longer there, or nothing can be told


@dataclass(frozen=True, slots=True)
class FrozenFigure:
    """What an indicator came to in a scope on a day; `as_of` None where nothing was taken in.

    `scope` holds joint, prosthesis and provider_id, and the provider's name of that day. A value of a share is a
    fraction, else a number in `unit`; None where there was none.
    """

    indicator_id: str
    version: str
    name: str
    measure: str
    scope: dict[str, str]
    as_of: date | None
    n: int | None
    events: int | None
    value: float | None
    ci_low: float | None
    ci_high: float | None
    benchmark: float | None
    flags: str
    fingerprint: str
    unit: str = ""
    decimals: int = 1
    follow_up_days: int = 0
    inside: tuple[str, ...] = ()
    """The indicators whose events all of its events are among: what small numbers are worked out from."""
    prostheses: tuple[str, ...] = ()

    @property
    def is_share(self) -> bool:
        """Tell whether the value is a fraction of operations."""
        return self.measure in {Measure.SHARE.value, Measure.SHARE_WITHOUT.value}

    def of_scope(self) -> OutcomeScope:
        """Return the scope, as of no day of its own."""
        joint, prosthesis, provider_id = (self.scope.get(name, "") for name in ("joint", "prosthesis", "provider_id"))
        return OutcomeScope(joint, prosthesis, provider_id)

    def contents(self) -> dict[str, Any]:
        """Return the figure as JSON holds it."""
        listed = {name: list(getattr(self, name)) for name in ("inside", "prostheses")}
        return {**asdict(self), **listed, "as_of": self.as_of and self.as_of.isoformat()}

    def reads_as(self, other: FrozenFigure) -> bool:
        """Tell whether a reader sees the same figure: what it comes to and of how many."""
        return (value_text(self), self.n, self.events) == (value_text(other), other.n, other.events)


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """A frozen figure beside what it is now (None: nothing can be told).

    `reproduced` tells whether the store, asked as of the same day, still gives it; None where that cannot be asked.
    """

    frozen: FrozenFigure
    now: FrozenFigure | None
    change: FigureChange
    reproduced: bool | None


def of_contents(contents: Mapping[str, Any]) -> FrozenFigure:
    """Return a figure from what JSON held; parts that this version of the program does not know are left out."""
    values = parts_of(FrozenFigure, contents)
    as_of = values.get("as_of")
    values |= {name: tuple(values.get(name, ())) for name in ("inside", "prostheses")}
    return FrozenFigure(**{**values, "as_of": date.fromisoformat(as_of) if as_of else None})


def compared(frozen: FrozenFigure, now: FrozenFigure | None, then: FrozenFigure | None) -> ComparedFigure:
    """Return a figure beside what it is now; `then` is what the store now says that it was on that day."""
    reproduced = None if then is None else then.fingerprint == frozen.fingerprint
    if now is not None and now.fingerprint == frozen.fingerprint:
        return ComparedFigure(frozen, now, FigureChange.UNCHANGED, reproduced)
    if now is None or (now.value is None and frozen.value is not None):
        return ComparedFigure(frozen, now, FigureChange.GONE, reproduced)
    change = FigureChange.SAME_VALUE if now.reads_as(frozen) else FigureChange.CHANGED
    return ComparedFigure(frozen, now, change, reproduced)


# in words


def value_text(one: FrozenFigure) -> str:
    """Return what a figure comes to with its unit: `3,2 %`; a dash where there is none."""
    return _with_unit(one, one.value)


def benchmark_text(one: FrozenFigure) -> str:
    """Return what the nation comes to with its unit, "" where nobody has said."""
    return "" if one.benchmark is None else _with_unit(one, one.benchmark)


def interval_text(one: FrozenFigure) -> str:
    """Return the interval: `2,1–4,8`, "" where there is none."""
    if one.ci_low is None or one.ci_high is None:
        return ""
    return f"{_written(one, one.ci_low)}–{_written(one, one.ci_high)}"


def count_text(one: FrozenFigure) -> str:
    """Return of how many a figure is: `13 av 412`, or `412 operationer` where nothing is counted of them."""
    n = one.n or 0
    if one.events is None:
        return ngettext("{n} operation", "{n} operationer", n).format(n=number(n))
    return _("{events} av {n}").format(events=number(one.events), n=number(n))


def scope_text(one: FrozenFigure) -> str:
    """Return whose operations a figure is of, in words."""
    told = (word(name, one.scope[name]) for name in ("joint", "prosthesis") if one.scope.get(name))
    provider = one.scope.get("provider_name") or one.scope.get("provider_id") or _("All köpt vård")
    return ", ".join((provider, *(each.lower() for each in told)))


def remarks_text(one: FrozenFigure) -> str:
    """Return what to mind about a figure, "" where there is nothing."""
    return flags_text(one.flags)


def _with_unit(one: FrozenFigure, value: float | None) -> str:
    if value is None:
        return NOTHING
    return f"{_written(one, value)}\u00a0{one.unit}" if one.unit else _written(one, value)


def _written(one: FrozenFigure, value: float) -> str:
    figure = f"{value * (100 if one.is_share else 1):.{one.decimals}f}"
    return figure.replace(".", ",").replace("-", "−")
