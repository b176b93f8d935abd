"""A need of data as people read it: its questions and answers, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.domain import frozen_figure
from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.domain.need_paper import FLOW, NeedState
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import NOTHING, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.domain.frozen_figure import ComparedFigure
    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.domain.need_paper import Need
    from kvalitetsapp.domain.paper import Paper


@dataclass(frozen=True, slots=True)
class SeenNeed:
    """A need with what it points at: the recipe (None: none, or gone), the source's name, figures beside today's."""

    paper: Paper
    need: Need
    indicator: Indicator | None
    source: str
    figures: tuple[ComparedFigure, ...]


def sections(seen: SeenNeed) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
    """Return what is known of a need under headings, in the order of the work flow; "" heads the first."""
    return (
        ("", tuple(_on_top(seen))),
        (_("Uppgiften"), tuple(_data(seen))),
        (_("Receptet"), tuple(_recipe(seen))),
        (_("Genomgången"), tuple(_review(seen))),
    )


def with_state(seen: SeenNeed) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
    """Return the same with how far it has come first, for where its way is not drawn."""
    return (("", (Fact(_("Läge"), (flow_text(seen.paper.state),)),)), *sections(seen))


def flow_text(state: str) -> str:
    """Return the way of a need in a line, with a sign before where it is: `✓ Antecknat › ● Recept › Levererat …`."""
    place = FLOW.index(NeedState(state))
    marks = ["✓ " if n < place else "● " if n == place else "" for n in range(len(FLOW))]
    return " › ".join(f"{mark}{word('need_state', each)}" for mark, each in zip(marks, FLOW, strict=True))


def figure_lines(one: ComparedFigure) -> tuple[str, ...]:
    """Return a frozen figure in words, and what has become of it."""
    frozen, now = one.frozen, one.now
    interval = frozen_figure.interval_text(frozen)
    value = frozen_figure.value_text(frozen)
    told = _("{value} (95 % KI {interval}), {count}").format(
        value=value, interval=interval, count=frozen_figure.count_text(frozen)
    )
    plain = _("{value}, {count}").format(value=value, count=frozen_figure.count_text(frozen))
    change = word("figure_change", one.change)
    if one.change == "changed" and now is not None:
        change = _("I dag {value}, {count}").format(
            value=frozen_figure.value_text(now), count=frozen_figure.count_text(now)
        )
    remarks = frozen_figure.remarks_text(frozen)
    scope = frozen_figure.scope_text(frozen)
    return tuple(filter(None, (f"{scope}: {told if interval else plain}", change, remarks)))


def _on_top(seen: SeenNeed) -> Iterator[Fact]:
    told = seen.need.told
    yield Fact(_("Frågan"), _lines(told.question))
    yield Fact(_("Population"), _lines(told.population))
    yield Fact(_("Efterfrågat av"), _lines(told.asked_by))
    yield Fact(_("Slag av mått"), (word("nature", told.nature),))
    yield Fact(_("Ansvarig"), _lines(seen.paper.owner))
    yield Fact(_("Följs upp"), (seen.paper.follow_up_on.isoformat() if seen.paper.follow_up_on else NOTHING,))
    if seen.need.clarified:
        lines = tuple(f"{one.on.isoformat()} {one.who}: {' '.join(one.text.split())}" for one in seen.need.clarified)
        yield Fact(_("Förtydligat"), lines)


def _data(seen: SeenNeed) -> Iterator[Fact]:
    told = seen.need.told
    yield Fact(_("Registreras uppgiften?"), (word("known", told.registered),))
    yield Fact(_("Var finns den?"), _lines(seen.source))
    yield Fact(_("Hur är den definierad?"), _lines(told.definition))
    yield Fact(_("Motsvarar uttaget det väntade?"), (word("known", told.extract), *told.extract_note.splitlines()))


def _recipe(seen: SeenNeed) -> Iterator[Fact]:
    need, recipe = seen.need, seen.indicator
    if not need.indicator_id:
        yield Fact(_("Indikator"), (_("Inget recept är kopplat än."),))
        return
    name = need.indicator_id if recipe is None else f"{recipe.name} ({recipe.indicator_id})"
    gone = (_("Receptet finns inte längre."),) if recipe is None else ()
    yield Fact(_("Indikator"), (name, *gone))
    if need.delivered_on is not None:
        figures = [line for one in seen.figures for line in figure_lines(one)]
        yield Fact(_("Levererat"), (need.delivered_on.isoformat(), *figures))


def _review(seen: SeenNeed) -> Iterator[Fact]:
    reviewed = seen.need.reviewed
    if reviewed is None:
        yield Fact(_("Blev det som förväntat?"), (_("Inte genomgånget än."),))
        return
    answer = _("Ja") if reviewed.as_expected else _("Nej")
    signed = f"{answer}, {reviewed.who} {reviewed.on.isoformat()}"
    yield Fact(_("Blev det som förväntat?"), (signed, *reviewed.comment.splitlines()))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.splitlines()) or (NOTHING,)
