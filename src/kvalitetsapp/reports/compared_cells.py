"""How the counts of providers beside each other are shown, so that none that is hidden follows from the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.domain import comparison_sentences
from kvalitetsapp.domain.comparison_sentences import Told
from kvalitetsapp.domain.report_data import Share
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports.cells import LEAST_DENOMINATOR
from kvalitetsapp.reports.ledger_of_operations import MAIN
from kvalitetsapp.texts import NOTHING

if TYPE_CHECKING:
    from kvalitetsapp.domain.provider_comparison import ComparedProvider, ProviderComparison
    from kvalitetsapp.reports.cells import Cells


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
    return tuple(_shown(one, found, cells) for one in found.providers)


def share(one: ComparedProvider) -> Share:
    """Return a provider's figure as the share that the gate knows."""
    return Share(one.events or 0, one.followed, one.value, one.low, one.high)


def _shown(one: ComparedProvider, found: ProviderComparison, cells: Cells) -> Shown:
    what = MAIN.get(found.indicator_id, found.indicator_id)
    followed = cells.at(names.followed(found.follow_up_days, found.joint, one.name), one.followed)
    events = reviewed = NOTHING
    if one.followed and one.events is not None:
        events = cells.at(names.happened(what, found.joint, one.name), one.events)
    if one.followed and one.events and one.reviewed is not None:
        reviewed = cells.at(("reviewed", what, found.joint, one.name), one.reviewed)
    operations = cells.at(names.operations(found.joint, one.name), one.operations)
    return Shown(operations, followed, events, reviewed, _told(one, found, (followed, events), cells))


def _told(one: ComparedProvider, found: ProviderComparison, counts: tuple[str, str], cells: Cells) -> Told | None:
    followed, events = counts
    if not found.is_share:
        few = cells.is_hidden(followed) or (cells.suppress and one.followed < LEAST_DENOMINATOR)
        plain = comparison_sentences.plainly(one, found)
        return None if few or one.value is None else Told("", followed, plain.rate, plain.interval)
    mine = share(one)
    if one.value is None or not cells.tells(mine) or any(map(cells.is_hidden, counts)):
        return None
    ratio = comparison_sentences.ratio(one, 1 if cells.strict else 2)
    return Told(events, followed, cells.rate(mine), cells.interval(mine), ratio)
