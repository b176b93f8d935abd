"""What a report on equal care counts of groups of people, and how it is shown so that no small number follows.

The groups of every key make up the same whole, which other reports tell too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.release_check import ANY
from kvalitetsapp.domain.released import Cell
from kvalitetsapp.domain.report_data import Share
from kvalitetsapp.domain.words import Sex
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports.cells import LEAST_DENOMINATOR
from kvalitetsapp.reports.ledger_of_operations import MAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kvalitetsapp.domain.equity import EquityGroup
    from kvalitetsapp.domain.equity_report import EquityReport, EquitySplit
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.ledger import Entry, Ledger, Name

_FOLLOWED: Final = "followed"
_EVENTS: Final = "events"
_SEPARATOR: Final = "/"


def enter(ledger: Ledger, data: EquityReport) -> None:
    """Enter the groups of every key, the whole that they make up, and what the profile gives of women and men."""
    whole_n = ledger.put(names.followed(data.follow_up_days, data.joint), data.whole.n)
    whole_events = None
    if data.whole.events is not None:
        whole_events = ledger.put(_happened(data), data.whole.events)
        ledger.inside(whole_events, whole_n)
    for split in data.splits:
        n = [ledger.put(of_group(data, split.key, one.words, _FOLLOWED), one.n) for one in split.groups]
        ledger.total(whole_n, n)
        if whole_events is None:
            continue
        events = [ledger.put(of_group(data, split.key, one.words, _EVENTS), one.events or 0) for one in split.groups]
        ledger.total(whole_events, events)
        for inner, outer in zip(events, n, strict=True):
            ledger.inside(inner, outer)
    _enter_profile(ledger, data)


def _enter_profile(ledger: Ledger, data: EquityReport) -> None:
    """Enter the events that rates of the profile give, with those of other indicators that they are among."""
    came = {key: _enter_bar(ledger, data, key, share) for key, share in data.profile_shares}
    for key, whole in came.items():
        if _SEPARATOR not in key:
            ledger.total(whole, [came[of] for of in came if of.startswith(f"{key}{_SEPARATOR}")])
    for inner, outer in data.profile_nested:
        for of in ("", *(f"{_SEPARATOR}{sex}" for sex in Sex)):
            if f"{inner}{of}" in came and f"{outer}{of}" in came:
                ledger.inside(came[f"{inner}{of}"], came[f"{outer}{of}"])


def _enter_bar(ledger: Ledger, data: EquityReport, key: str, share: Share) -> Entry:
    """Enter what is behind a mark of the profile; that of the report's own indicator stands in its tables too."""
    n = ledger.put(in_profile(key, _FOLLOWED), share.n, unseen=True)
    came = ledger.put(in_profile(key, _EVENTS), share.events)
    ledger.inside(came, n)
    indicator_id, _slash, sex = key.partition(_SEPARATOR)
    if indicator_id == data.indicator_id:
        followed, happened = names.followed(data.follow_up_days, data.joint), _happened(data)
        if sex:
            followed, happened = (of_group(data, "sex", (sex,), each) for each in (_FOLLOWED, _EVENTS))
        for entry, name in ((n, followed), (came, happened)):
            for same in [one for one in ledger.named(name) if names.count_of(one) == names.count_of(entry)]:
                ledger.total(same, [entry])
    return came


def in_profile(key: str, column: str = _EVENTS) -> Name:
    """Name what is behind a mark of the profile, `key` being that of its share."""
    return ("profile", column, key)


def of_group(data: EquityReport, key: str, words: Iterable[str], column: str) -> Name:
    """Name the operations of a group that are followed, or those of them with what is counted."""
    return ("group", data.indicator_id, data.joint or ANY, key, column, *words)


def shown(data: EquityReport, split: EquitySplit, one: EquityGroup, cells: Cells) -> tuple[str, str]:
    """Return how the followed operations of a group and its events are shown, the latter "" where none are counted."""
    n = cells.at(of_group(data, split.key, one.words, _FOLLOWED), one.n)
    events = "" if one.events is None else cells.at(of_group(data, split.key, one.words, _EVENTS), one.events)
    return n, events


def tells(data: EquityReport, split: EquitySplit, one: EquityGroup, cells: Cells) -> bool:
    """Tell whether the figure of a group may stand beside its counts."""
    if not cells.suppress:
        return one.crude is not None
    if one.crude is None or any(cells.is_hidden(each) for each in shown(data, split, one, cells)):
        return False
    events = one.events or 0
    if data.is_share:
        return cells.tells(Share(events, one.n, None, None, None)) and not cells.small(one.n - events)
    return one.n >= LEAST_DENOMINATOR


def released(data: EquityReport, cells: Cells) -> Iterator[Cell]:
    """Give the counts of groups that the report shows and hides."""
    table = f"equity_{data.indicator_id}"
    for split in data.splits:
        for one in split.groups:
            row = f"{data.joint or ANY}/{split.key}/{(one.words[0] or 'none').replace('/', '_')}"
            n, events = shown(data, split, one, cells)
            yield _cell(table, row, _FOLLOWED, one.n, n, cells)
            if one.events is not None:
                yield _cell(table, row, _EVENTS, one.events, events, cells)
    yield from _released_profile(data, cells)


def _released_profile(data: EquityReport, cells: Cells) -> Iterator[Cell]:
    """Give what the marks of the profile tell, under the names that the tables have for the same; strict has none."""
    for key, share in data.profile_shares if not cells.strict else ():
        indicator_id, _slash, sex = key.partition(_SEPARATOR)
        table, row = f"equity_{indicator_id}", f"{data.joint or ANY}/sex/{sex or ANY}"
        hides = cells.suppress and not profile_tells(key, share, cells)
        yield Cell(table, row, _FOLLOWED, share.n, hidden=hides)
        yield Cell(table, row, _EVENTS, share.events, hidden=hides)


def profile_tells(key: str, share: Share, cells: Cells) -> bool:
    """Tell whether the ledger lets a mark of the profile stand, and a rate of its counts may be told."""
    hidden = cells.hides(in_profile(key), share.events)
    return not hidden and cells.tells(share) and not cells.small(share.n - share.events)


def _cell(table: str, row: str, column: str, count: int, told: str, cells: Cells) -> Cell:
    return Cell(table, row, column, count, hidden=cells.strict or cells.is_hidden(told))


def _happened(data: EquityReport) -> Name:
    return names.happened(MAIN.get(data.indicator_id, data.indicator_id), data.joint)
