"""How the counts of providers beside each other are shown, so that none that is hidden follows from the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.domain import comparison_sentences
from kvalitetsapp.domain.comparison_sentences import Told
from kvalitetsapp.domain.report_data import Share
from kvalitetsapp.reports.cells import LEAST_DENOMINATOR
from kvalitetsapp.texts import NOTHING

if TYPE_CHECKING:
    from kvalitetsapp.domain.provider_comparison import ComparedProvider, ProviderComparison
    from kvalitetsapp.reports.cells import Cells

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Shown:
    """A provider's counts as they may be shown; `told` is None where its figure may not."""

    operations: str
    followed: str
    events: str
    reviewed: str
    told: Told | None


def shown(found: ProviderComparison, cells: Cells) -> tuple[Shown, ...]:
    """Return how each provider's counts are shown, in their order."""
    counts = _counts(found, cells)
    return tuple(_shown(place, one, found, counts, cells) for place, one in enumerate(found.providers))


def share(one: ComparedProvider) -> Share:
    """Return a provider's figure as the share that the gate knows."""
    return Share(one.events or 0, one.followed, one.value, one.low, one.high)


def _counts(found: ProviderComparison, cells: Cells) -> dict[Key, str]:
    """Return events and those of them that are reviewed; other tables tell what all providers have together."""
    counts: dict[Key, int] = {}
    sums: list[tuple[Key, list[Key]]] = []
    unseen: set[Key] = set()
    for place, one in enumerate(found.providers):
        if one.events is None:
            continue
        counts["events", place] = one.events
        if one.reviewed is not None:
            counts["reviewed", place], counts["rest", place] = one.reviewed, max(one.events - one.reviewed, 0)
            unseen.add(("rest", place))
            sums.append((("events", place), [("reviewed", place), ("rest", place)]))
    together = [key for key in counts if key[0] == "events"]
    if len(together) > 1:
        counts["together", 0] = sum(counts[key] for key in together)
        sums.append((("together", 0), together))
    return cells.protected(counts, sums, frozenset(unseen))


def _shown(
    place: int, one: ComparedProvider, found: ProviderComparison, counts: dict[Key, str], cells: Cells
) -> Shown:
    events = counts.get(("events", place), NOTHING) if one.followed else NOTHING
    return Shown(
        cells.count(one.operations),
        cells.count(one.followed),
        events,
        counts.get(("reviewed", place), NOTHING) if one.followed and one.events else NOTHING,
        _told(one, found, events, cells),
    )


def _told(one: ComparedProvider, found: ProviderComparison, events: str, cells: Cells) -> Told | None:
    followed = cells.count(one.followed)
    if not found.is_share:
        few = cells.suppress and one.followed < LEAST_DENOMINATOR
        plain = comparison_sentences.plainly(one, found)
        return None if few or one.value is None else Told("", followed, plain.rate, plain.interval)
    mine = share(one)
    if one.value is None or not cells.tells(mine) or cells.is_hidden(events) or cells.small(one.followed):
        return None
    ratio = comparison_sentences.ratio(one, 1 if cells.strict else 2)
    return Told(events, followed, cells.rate(mine), cells.interval(mine), ratio)
