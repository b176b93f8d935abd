"""R6, what people decided: which verdict decides an event, what it means today, and where to look again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.coding import (
    CLASSES,
    JOINT_WORDS,
    NO_CLASS,
    NO_JOINT,
    SIDE_NUMBERS,
    SIDES,
    day_numbers,
    numbers,
    ranges,
)
from kvalitetsapp.analysis.identities import LOST, NOTHING, Identities, OperationBook
from kvalitetsapp.analysis.pins import Pins, pins_frame, read_pins
from kvalitetsapp.domain.words import LinkStatus
from kvalitetsapp.domain.words import Verdict as Decision

if TYPE_CHECKING:
    import pandas as pd

    from kvalitetsapp.analysis.coding import Bools, Ints
    from kvalitetsapp.analysis.events import Events

STATUSES: Final = tuple(str(status) for status in LinkStatus)
PROPOSED, CONFIRMED, AMBIGUOUS, REJECTED, UNLINKED = (
    STATUSES.index(status)
    for status in (
        LinkStatus.PROPOSED,
        LinkStatus.CONFIRMED,
        LinkStatus.AMBIGUOUS,
        LinkStatus.REJECTED,
        LinkStatus.UNLINKED,
    )
)
_ANY: Final = -1


@dataclass(frozen=True, slots=True)
class Links:
    """What each event is linked to, by numbers.

    The operation (−1: none), the status (STATUSES), a reviewer's class (NO_CLASS: none given), whether to look again,
    and the place of the verdict that decides (−1: none).
    """

    operation: Ints
    status: Ints
    given_class: Ints
    another_look: Ints
    verdict: Ints


@dataclass(frozen=True, slots=True)
class _Verdicts:
    """Verdicts as numbers, in the order they came; `joint` and `side` may be _ANY."""

    verdict: Ints
    row: Ints
    joint: Ints
    side: Ints
    rejects: Bools
    given_class: Ints
    day: Ints
    named: Identities


@dataclass(frozen=True, slots=True)
class _Matches:
    """Pairs of a verdict and an event it speaks of; `split` where it spoke of an event that now is several."""

    verdict: Ints
    event: Ints
    split: Bools


def proposals(events: Events) -> Links:
    """Return what the rules alone say (R6)."""
    unsure = events.found.unsure | events.several_joints
    status = np.where(events.unlinked, UNLINKED, np.where(unsure, AMBIGUOUS, PROPOSED)).astype(np.int8)
    count = len(events.row)
    return Links(
        operation=events.found.operation,
        status=status,
        given_class=np.full(count, NO_CLASS, dtype=np.int8),
        another_look=np.zeros(count, dtype=np.int8),
        verdict=np.full(count, -1, dtype=np.int64),
    )


def decide(
    events: Events, verdicts: pd.DataFrame, pins: pd.DataFrame, book: OperationBook
) -> tuple[Links, pd.DataFrame]:
    """Return the links after people's decisions, and the pins that keep their meaning for the next run.

    Takes frames of the shapes VERDICTS and PINS; gives a frame of the shape PINS.
    """
    proposed = proposals(events)
    if not len(verdicts):
        return proposed, pins.iloc[:0]
    spoken = _read(verdicts, book)
    kept = read_pins(pins, spoken.verdict, book)
    matches = _deciding(spoken, _matches(spoken, kept, events))
    if not len(matches.event):
        return proposed, pins_frame(kept, book, spoken.verdict)
    pin = _pin_of(matches, kept, events)
    meant = _meant(proposed.operation[matches.event], matches, pin, spoken, kept, book)
    then = np.where(pin >= 0, book.resolve(kept.proposed.at(pin)), proposed.operation[matches.event])
    links = _applied(proposed, matches, spoken, meant, then)
    return links, pins_frame(_new_pins(matches, pin, spoken, kept, events, book, meant, then), book, spoken.verdict)


def _read(verdicts: pd.DataFrame, book: OperationBook) -> _Verdicts:
    return _Verdicts(
        verdict=verdicts["verdict"].to_numpy(),
        row=book.rows(verdicts["episode"].to_numpy()),
        joint=numbers(verdicts["joint"], lambda text: JOINT_WORDS.index(text) if text else _ANY),
        side=numbers(verdicts["side"], lambda text: SIDE_NUMBERS[text] if text else _ANY),
        rejects=numbers(verdicts["decision"], lambda text: int(text == Decision.REJECTED)) == 1,
        given_class=numbers(verdicts["complication_class"], CLASSES.index),
        day=day_numbers(verdicts["reviewed_on"]),
        named=book.identities(verdicts["index_episode"], verdicts["index_joint"], verdicts["index_side"]),
    )


def _matches(spoken: _Verdicts, kept: Pins, events: Events) -> _Matches:
    """Pair verdicts with the events they name, and with those that the events they decided have become.

    An event that a decision has followed to another side stays decided, whatever side the verdict names, and one that
    became several stays marked.
    """
    order = np.argsort(events.row, kind="stable")
    verdict, event = _same_episode(spoken.row, events.row, order)
    joint, side = spoken.joint[verdict], spoken.side[verdict]
    direct = ((joint == _ANY) | (joint == events.joint[event])) & ((side == _ANY) | (side == events.side[event]))
    verdict, event = verdict[direct], event[direct]
    is_there = _exists(kept.row, kept.joint, kept.side, events)
    moved = kept.where(is_there & ~_names(spoken, kept))
    stays, here = _same_joint(moved, events, order)
    same = moved.side[stays] == events.side[here]
    stays, here = stays[same], here[same]
    gone = kept.where(~is_there)
    pin, now = _same_joint(gone, events, order)
    named = _of_joint(verdict, events.joint[event])
    followed = _of_joint(moved.verdict[stays], moved.joint[stays])
    return _Matches(
        verdict=np.concatenate((verdict, moved.verdict[stays], gone.verdict[pin])),
        event=np.concatenate((event, here, now)),
        split=np.concatenate(
            (np.isin(named, followed), np.isin(followed, named) | _are_several(followed), _are_several(pin))
        ),
    )


def _same_joint(pins: Pins, events: Events, order: Ints) -> tuple[Ints, Ints]:
    """Return the pairs of a pin and an event of the same episode and joint."""
    pin, event = _same_episode(pins.row, events.row, order)
    same = pins.joint[pin] == events.joint[event]
    return pin[same], event[same]


def _are_several(keys: Ints) -> Bools:
    """Tell which of these there is more than one of."""
    if not len(keys):
        return np.zeros(0, dtype=np.bool_)
    _, place, count = np.unique(keys, return_inverse=True, return_counts=True)
    several: Bools = count[place] > 1
    return several


def _of_joint(verdict: Ints, joint: Ints) -> Ints:
    """Return one number for a verdict and a joint."""
    return verdict * len(JOINT_WORDS) + joint


def _names(spoken: _Verdicts, kept: Pins) -> Bools:
    """Tell for each pin whether its verdict names the event that it stands on."""
    joint, side = spoken.joint[kept.verdict], spoken.side[kept.verdict]
    named: Bools = ((joint == _ANY) | (joint == kept.joint)) & ((side == _ANY) | (side == kept.side))
    return named


def _same_episode(rows: Ints, event_rows: Ints, order: Ints) -> tuple[Ints, Ints]:
    """Return the pairs of a place in `rows` and an event of the same episode."""
    ordered = event_rows[order]
    begin, end = (np.searchsorted(ordered, rows, side=side) for side in ("left", "right"))
    return np.repeat(np.arange(len(rows)), end - begin), order[ranges(begin, end - begin)]


def _exists(row: Ints, joint: Ints, side: Ints, events: Events) -> Bools:
    """Tell for which of these there is an event."""
    if not len(row):
        return np.zeros(0, dtype=np.bool_)
    return np.isin(_slot(row, joint, side), _slot(events.row, events.joint, events.side))


def _slot(row: Ints, joint: Ints, side: Ints) -> Ints:
    return (row * len(JOINT_WORDS) + joint) * len(SIDES) + side


def _deciding(spoken: _Verdicts, matches: _Matches) -> _Matches:
    """Keep for each event the verdict of the latest day, of several that day the later row."""
    order = np.lexsort((matches.verdict, spoken.day[matches.verdict], matches.event))
    event = matches.event[order]
    last = np.ones(len(order), dtype=np.bool_)
    last[:-1] = event[1:] != event[:-1]
    chosen = order[last]
    return _Matches(matches.verdict[chosen], matches.event[chosen], matches.split[chosen])


def _pin_of(matches: _Matches, kept: Pins, events: Events) -> Ints:
    """Return for each decided event the pin that its verdict left on it, or on the event it was before; −1: none."""
    order = np.argsort(kept.verdict, kind="stable")
    ordered = kept.verdict[order]
    begin, end = (np.searchsorted(ordered, matches.verdict, side=side) for side in ("left", "right"))
    match = np.repeat(np.arange(len(begin)), end - begin)
    pin = order[ranges(begin, end - begin)]
    event = matches.event[match]
    same_joint = kept.joint[pin] == events.joint[event]
    exact = same_joint & (kept.side[pin] == events.side[event])
    gone = ~_exists(kept.row[pin], kept.joint[pin], kept.side[pin], events)
    other = gone & ((kept.joint[pin] == NO_JOINT) | (events.joint[event] == NO_JOINT))
    score = np.where(exact, 3, np.where(gone & same_joint, 2, np.where(other, 1, 0)))
    best = np.full(len(matches.event), -1, dtype=np.int64)
    ranked = np.lexsort((-kept.side[pin], score, match))
    ranked = ranked[score[ranked] > 0]
    best[match[ranked]] = pin[ranked]  # the last write, of the highest score, stays
    return best


def _meant(now: Ints, matches: _Matches, pin: Ints, spoken: _Verdicts, kept: Pins, book: OperationBook) -> Ints:
    """Return the operation that each verdict means: the one it names, the one pinned, or the one now proposed."""
    named = book.resolve(spoken.named.at(matches.verdict))
    names = (named != NOTHING) & ~spoken.rejects[matches.verdict]
    return np.where(names, named, np.where(pin >= 0, book.resolve(kept.index.at(pin)), now))


def _applied(proposed: Links, matches: _Matches, spoken: _Verdicts, meant: Ints, then: Ints) -> Links:
    """Return the links with the decided ones changed; `then` is what was proposed when it was decided."""
    event, rejects = matches.event, spoken.rejects[matches.verdict]
    now = proposed.operation[event]
    operation = np.where(meant == LOST, now, meant)
    look = (meant == LOST) | matches.split | ((now != then) & (rejects | (now != operation)))
    # A confirmation of an event that had no operation decided nothing, one of an operation that is no longer there
    # says nothing of the one now proposed: nobody has seen that, so it is proposed and marked, never confirmed.
    void = ~rejects & ((operation < 0) | (meant == LOST))
    links = Links(*(getattr(proposed, name).copy() for name in Links.__slots__))
    links.operation[event] = np.where(void, now, operation)
    links.status[event] = np.where(rejects, REJECTED, np.where(void, proposed.status[event], CONFIRMED))
    links.given_class[event] = spoken.given_class[matches.verdict]
    links.another_look[event] = look
    links.verdict[event] = matches.verdict
    return links


def _new_pins(
    matches: _Matches,
    pin: Ints,
    spoken: _Verdicts,
    kept: Pins,
    events: Events,
    book: OperationBook,
    meant: Ints,
    then: Ints,
) -> Pins:
    """Return the pins for the next run: of the decided events, and of events that are not there today."""
    fresh = Pins(
        verdict=matches.verdict,
        row=events.row[matches.event],
        joint=events.joint[matches.event],
        side=events.side[matches.event],
        index=book.identities_of(meant).or_else(spoken.named.at(matches.verdict), kept.index.at(pin), meant == LOST),
        proposed=book.identities_of(then).or_else(kept.proposed.at(pin), kept.proposed.at(pin), then == LOST),
    )
    used = np.zeros(len(kept.row), dtype=np.bool_)
    used[pin[pin >= 0]] = True
    return kept.where(~used).followed_by(fresh)
