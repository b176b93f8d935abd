"""The search for missed events: what points to harm after purchased operations and has not been judged by a person.

It offers and never decides. The registers' codes count as the instrument says (`resources/codes/adverse_events.csv`):
any diagnosis at the index stay or the main diagnosis of a later episode, the main diagnosis of a later one only, or a
later procedure. Open surgery on the joint at an own provider counts by itself. As an instrument codes are weak
(sensitivity 5.7 % within 30 days and 14.8 % within 90; Magnéli et al., BMJ Open 2019;9:e023773).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import adverse_codes
from kvalitetsapp.analysis.adverse_codes import Book
from kvalitetsapp.analysis.by_day import ByDay
from kvalitetsapp.analysis.coding import (
    COMPATIBLE_BITS,
    JOINT_WORDS,
    JOINTS,
    SIDE_BIT,
    SIDE_BITS,
    SIDE_NUMBERS,
    counted,
    day_numbers,
    numbers,
    ranges,
)
from kvalitetsapp.analysis.columns import among, dates, texts
from kvalitetsapp.analysis.procedures import rows_of
from kvalitetsapp.domain.adverse_event import FRACTURE_INDICATIONS
from kvalitetsapp.domain.missed_event import MissedKey
from kvalitetsapp.domain.words import LinkStatus, ProviderKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.analysis.adverse_codes import Marks
    from kvalitetsapp.analysis.coding import Bools, Ints
    from kvalitetsapp.domain.adverse_event import AdverseEvent
    from kvalitetsapp.domain.codes import CodeTables

MISSED_DECISIONS: Final = {
    "index_episode": "int",
    "index_joint": "category",
    "index_side": "category",
    "episode": "int",
}
"""The shape of a frame of decisions that stand: the index operation's episode, joint and side, and the episode."""

_DECIDED: Final = (str(LinkStatus.CONFIRMED), str(LinkStatus.REJECTED))
_OTHER_EVENT: Final = 2


@dataclass(frozen=True, slots=True)
class Sources:
    """The frames that a search rests on: shapes of `analysis/frames.py`, and MISSED_DECISIONS."""

    episodes: pd.DataFrame
    details: pd.DataFrame
    index_operations: pd.DataFrame
    links: pd.DataFrame
    providers: pd.DataFrame
    decisions: pd.DataFrame


@dataclass(frozen=True, slots=True)
class _Operations:
    """Purchased operations: `place` in INDEX_OPERATIONS, `row` of the index stay, and what pairs them with others."""

    place: Ints
    row: Ints
    number: Ints
    person: Ints
    joint: Ints
    side: Ints
    day: Ints
    for_fracture: Bools


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Purchased operations with what points to harm after them: places in `_Operations`, rows of EPISODES."""

    operation: Ints
    row: Ints
    pointer: Ints
    day: Ints

    def where(self, chosen: Bools | Ints) -> _Pairs:
        """Return the chosen ones."""
        return _Pairs(self.operation[chosen], self.row[chosen], self.pointer[chosen], self.day[chosen])


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of each pair's episode as an event: of the operation, decided, and by which link (-1 = none)."""

    of_operation: Bools
    decided: Bools
    link: Ints


def purchased(index_operations: pd.DataFrame, providers: pd.DataFrame) -> Bools:
    """Tell which operations were done at a provider that is not the region's own."""
    own = providers.loc[among(providers["kind"], ProviderKind.OWN), "provider_id"].tolist()
    return ~among(index_operations["provider_id"], *own)


def keys(found: pd.DataFrame) -> tuple[MissedKey, ...]:
    """Return what each row of a search is known by."""
    names = ("index_episode", "joint", "side", "episode")
    return tuple(MissedKey(*row) for row in zip(*(found[name].tolist() for name in names), strict=True))


def search(
    sources: Sources,
    tables: CodeTables,
    instrument: Sequence[AdverseEvent],
    *,
    window_days: int,
    surgery_days: int,
) -> pd.DataFrame:
    """Return what points to harm after purchased operations, one row per operation and episode, sorted by reference.

    Codes count from the day of the operation to `window_days` after it, both in; procedures from the day after, since
    those of the day itself belong to the index stay, and on a compatible side. Open surgery at home counts to
    `surgery_days` where it is no event of the operation. Left out is what a person has judged: an episode with a
    decided event of the operation, or of its joint and a compatible side, and the pairs of `decisions`.

    Columns: operation int64 (place in INDEX_OPERATIONS), index_episode, episode, person int64, index_ref, event_ref,
    provider_id, event_provider_id, joint, side str, operated_on, event_date (of what points most plainly) date,
    days int64, code (that one), codes (all), condition, group str, status str ("" = no event), linked_to str (the
    operation that the event is linked to, where it is another one), in_queue bool (an event of this operation that
    waits for review).
    """
    book = Book(instrument, tables)
    operations = _operations(sources)
    pairs, surgery = _pointed_out(sources, operations, book, window_days, surgery_days)
    known = _known(pairs, operations, sources)
    judged = known.decided | _judged(pairs, operations, sources)
    kept = ~judged & ~(surgery & known.of_operation)
    chosen = np.flatnonzero(kept)
    return _frame(pairs.where(chosen), known.link[chosen], known.of_operation[chosen], operations, sources, book)


def _operations(sources: Sources) -> _Operations:
    every, episodes = sources.index_operations, sources.episodes
    place = np.flatnonzero(purchased(every, sources.providers))
    chosen = every.iloc[place]
    row = rows_of(episodes, chosen["episode"].to_numpy())
    main = numbers(episodes["main_diagnosis"], lambda code: int(code.startswith(FRACTURE_INDICATIONS)))
    return _Operations(
        place=place,
        row=row,
        number=chosen["operation"].to_numpy(),
        person=chosen["person"].to_numpy(),
        joint=numbers(chosen["joint"], JOINT_WORDS.index).astype(np.int64),
        side=numbers(chosen["side"], SIDE_NUMBERS.__getitem__),
        day=day_numbers(chosen["operated_on"]).astype(np.int64),
        for_fracture=main[row] == 1,
    )


def _pointed_out(
    sources: Sources, operations: _Operations, book: Book, window_days: int, surgery_days: int
) -> tuple[_Pairs, Bools]:
    """Return every operation with what points, and which of them are surgery at home."""
    episodes = sources.episodes
    stay = adverse_codes.stay_diagnoses(episodes, operations.row, book)
    procedures = adverse_codes.recorded_procedures(episodes, sources.details, book)
    own = sources.providers.loc[among(sources.providers["kind"], ProviderKind.OWN), "provider_id"].tolist()
    at_home = among(episodes["provider_id"], *own)
    later = (
        (adverse_codes.later_diagnoses(episodes, book), 0, window_days),
        (adverse_codes.later_procedures(procedures, book), 1, window_days),
        (adverse_codes.home_surgery(procedures, at_home, book), 1, surgery_days),
    )
    joints = book.joints()
    order = ByDay(_person_and_joint(operations.person, operations.joint), operations.day)
    person = episodes["person"].to_numpy()
    parts = [_at_the_stay(stay, operations, joints)]
    for marks, least, most in later:
        whose = _person_and_joint(person[marks.row], joints[marks.pointer])
        parts.append(_after(marks, operations, order, whose, least, most))
    every = _Pairs(*(np.concatenate([getattr(one, name) for one in parts]) for name in _Pairs.__slots__))
    surgery = np.arange(len(every.row)) >= len(every.row) - len(parts[-1].row)
    counts = np.flatnonzero(~book.fracture_only()[every.pointer] | operations.for_fracture[every.operation])
    return every.where(counts), surgery[counts]


def _at_the_stay(marks: Marks, operations: _Operations, joints: Ints) -> _Pairs:
    """Pair the diagnoses of index stays with their operations; they are told on the day of the operation."""
    place = np.flatnonzero(joints[marks.pointer] == operations.joint[marks.row])
    operation = marks.row[place]
    return _Pairs(operation, operations.row[operation], marks.pointer[place], operations.day[operation])


def _person_and_joint(person: Ints, joint: Ints) -> Ints:
    """Return a number for each person's joint."""
    return person.astype(np.int64) * len(JOINTS) + joint


def _after(marks: Marks, known: _Operations, order: ByDay, whose: Ints, least: int, most: int) -> _Pairs:
    """Pair marks with the operations of their person and joint that came `least` to `most` days before."""
    mark, operation = order.between(whose, marks.day - most, marks.day - least)
    fits = (COMPATIBLE_BITS[known.side[operation]] & SIDE_BITS[marks.side[mark]]) != 0
    fits &= known.row[operation] != marks.row[mark]
    mark, operation = mark[fits], operation[fits]
    return _Pairs(operation, marks.row[mark], marks.pointer[mark], marks.day[mark])


def _joined(left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Return the places of equal values: each of `left` with each of `right` that equals it."""
    order = np.argsort(right, kind="stable")
    ordered = right[order]
    begin = np.searchsorted(ordered, left, side="left")
    count = np.searchsorted(ordered, left, side="right") - begin
    return np.repeat(np.arange(len(left)), count), order[ranges(begin, count)]


def _known(pairs: _Pairs, operations: _Operations, sources: Sources) -> _Known:
    """Return what the links tell of each pair's episode; the link of the operation goes before one of its joint."""
    links = sources.links
    pair, link = _joined(pairs.row, rows_of(sources.episodes, links["episode"].to_numpy()))
    operation = pairs.operation[pair]
    same = links["operation"].to_numpy()[link] == operations.number[operation]
    joint = numbers(links["joint"], JOINT_WORDS.index)[link]
    side = numbers(links["side"], SIDE_NUMBERS.__getitem__)[link]
    near = (joint == operations.joint[operation]) | (joint == JOINT_WORDS.index(""))
    near &= (COMPATIBLE_BITS[operations.side[operation]] & SIDE_BIT[side]) != 0
    decided = among(links["status"], *_DECIDED)[link]
    rank = np.where(same, 0, np.where(near, 1, _OTHER_EVENT)) * (len(links) + 1) + link
    best = np.full(len(pairs.row), (_OTHER_EVENT + 1) * (len(links) + 1), dtype=np.int64)
    np.minimum.at(best, pair, rank)
    found = best < (_OTHER_EVENT + 1) * (len(links) + 1)
    return _Known(
        of_operation=_any(pair, same, len(pairs.row)),
        decided=_any(pair, decided & (same | near), len(pairs.row)),
        link=np.where(found, best % (len(links) + 1), -1),
    )


def _judged(pairs: _Pairs, operations: _Operations, sources: Sources) -> Bools:
    """Tell which pairs somebody has decided here; a side told since then changes nothing about whose they are."""
    decisions, episodes = sources.decisions, sources.episodes
    index = rows_of(episodes, decisions["index_episode"].to_numpy())
    joint = numbers(decisions["index_joint"], JOINT_WORDS.index).astype(np.int64)
    about = rows_of(episodes, decisions["episode"].to_numpy())
    left = (operations.row * len(JOINT_WORDS) + operations.joint)[pairs.operation] * len(episodes) + pairs.row
    pair, decision = _joined(left, (index * len(JOINT_WORDS) + joint) * len(episodes) + about)
    side = numbers(decisions["index_side"], SIDE_NUMBERS.__getitem__)[decision]
    same = (COMPATIBLE_BITS[operations.side[pairs.operation[pair]]] & SIDE_BIT[side]) != 0
    return _any(pair, same, len(pairs.row))


def _any(place: Ints, holds: Bools, count: int) -> Bools:
    found = np.zeros(count, dtype=np.bool_)
    found[place[holds]] = True
    return found


def _frame(
    pairs: _Pairs, link: Ints, of_operation: Bools, operations: _Operations, sources: Sources, book: Book
) -> pd.DataFrame:
    first, codes = _told_once(pairs, book, len(sources.episodes))
    chosen, link = pairs.where(first), link[first]
    place = operations.place[chosen.operation]
    index, episodes = sources.index_operations.iloc[place], sources.episodes.iloc[chosen.row]
    pointed = {
        name: np.array([*getattr(book, source), ""], dtype=object)[chosen.pointer]
        for name, source in (("code", "codes"), ("condition", "conditions"), ("group", "groups"))
    }
    found = pd.DataFrame(
        {
            "operation": place,
            "index_episode": index["episode"].to_numpy(),
            "episode": episodes["episode"].to_numpy(),
            "index_ref": index["index_ref"].to_numpy(dtype=object),
            "event_ref": episodes["episode_ref"].to_numpy(dtype=object),
            "person": index["person"].to_numpy(),
            "provider_id": texts(index["provider_id"]),
            "event_provider_id": texts(episodes["provider_id"]),
            "joint": texts(index["joint"]),
            "side": texts(index["side"]),
            "operated_on": index["operated_on"].to_numpy(),
            "event_date": dates(chosen.day.astype(np.int64)),
            "days": chosen.day - operations.day[chosen.operation],
            "codes": codes,
            **pointed,
            **_event(link, of_operation[first], sources.links),
        }
    )
    return found.sort_values(["index_ref", "event_ref"], kind="stable", ignore_index=True)


def _event(link: Ints, of_operation: Bools, links: pd.DataFrame) -> dict[str, object]:
    """Return the columns that tell of the episode as an event."""
    is_event = link >= 0
    known = links.iloc[link[is_event]]
    status, linked_to = (np.full(len(link), "", dtype=object) for _ in range(2))
    status[is_event] = texts(known["status"])
    linked_to[is_event] = texts(known["index_ref"])
    linked_to[of_operation] = ""
    return {"status": status, "linked_to": linked_to, "in_queue": of_operation}


def _told_once(pairs: _Pairs, book: Book, episodes: int) -> tuple[Ints, pd.Series[str]]:
    """Return the place of what points most plainly for each operation and episode, and all codes that do."""
    key = pairs.operation * episodes + pairs.row
    order = np.lexsort((book.ranks()[pairs.pointer], key))
    names, spelled = np.unique(np.array([*book.codes, ""], dtype=object).astype(str), return_inverse=True)
    _, once = np.unique(key[order] * len(names) + spelled[pairs.pointer[order]], return_index=True)
    order = order[np.sort(once)]
    turn = counted(key[order])
    first = order[turn == 0]
    owner = np.cumsum(turn == 0) - 1
    codes = names.astype(object)[spelled[pairs.pointer[first]]]
    for later in range(1, int(turn.max(initial=0)) + 1):
        now = turn == later
        codes[owner[now]] += " " + names.astype(object)[spelled[pairs.pointer[order[now]]]]
    return first, pd.Series(codes, dtype=object)
