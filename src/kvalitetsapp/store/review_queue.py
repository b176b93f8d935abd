"""The review queue in SQL: which events, in which order, how many in every part, and rows a block at a time.

Nothing is loaded but keys (row ids of `links`, which the next link run gives anew) until rows come into view. Every
value that is asked for is bound; names of columns come from this file alone.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import families
from kvalitetsapp.domain.identity import is_pseudonym
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.review_priority import DAYS_COMING, DAYS_NEAR, LARGE_ORE, MEDIUM_ORE, Reason, Urgency
from kvalitetsapp.domain.review_queue import BY_PRIORITY, LONGEST_SEARCH, Preset, QueueEntry
from kvalitetsapp.domain.words import ComplicationClass, LinkStatus, Side, SurgeryLevel, word
from kvalitetsapp.store.episode_search import escaped, providers_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kvalitetsapp.domain.review_queue import QueueFilter
    from kvalitetsapp.store.connection import Store

_IN_FIELD: Final = {
    "statuses": "l.status",
    "joints": "l.joint",
    "sides": "l.side",
    "classes": "l.complication_class",
    "surgery_levels": "l.surgery_level",
    "index_providers": "coalesce(l.index_provider_id, '')",
}
_HIDDEN: Final = {
    "status": "l.status",
    "joint": "l.joint",
    "side": "l.side",
    "complication_class": "l.complication_class",
    "surgery_level": "l.surgery_level",
    "index_provider": "coalesce(l.index_provider_id, '')",
}
_JOINT: Final = "joint"
_CODES: Final = {
    "status": LinkStatus,
    "side": Side,
    "complication_class": ComplicationClass,
    "surgery_level": SurgeryLevel,
}
_SORTS: Final = {
    "personal_id": "(SELECT personal_id FROM identities i WHERE i.identity = l.person)",
    "event_date": "l.event_date",
    "days": "l.days",
    "index_provider": "(SELECT name FROM providers p WHERE p.provider_id = l.index_provider_id)",
    "proposal": "l.operated_on",
    "at_stake": "l.at_stake",
    "claim_by": "l.claim_by",
    "flags": "nullif(4 * l.another_look + 2 * (l.status = 'ambiguous') + l.competing, 0)",
    "event_ref": "l.event_ref",
}
_LAST: Final = "l.event_date, l.event_ref, l.joint, l.side"
_SAME_EVENT: Final = "{a}.episode = l.episode AND {a}.joint = l.joint AND {a}.side = l.side"
_ANSWERED: Final = """
WITH answered AS (
    SELECT episode, joint, side, max(part <> 'first') AS settled, sum(part = 'first') AS firsts,
           max(part = 'first' AND reviewer = ?) AS mine
    FROM review_answers WHERE round = ? AND withdrawn_at IS NULL GROUP BY episode, joint, side)
"""
_IN_ROUND: Final = (
    f" JOIN round_cases c ON c.round = ? AND {_SAME_EVENT.format(a='c')}"
    f" LEFT JOIN answered a ON {_SAME_EVENT.format(a='a')}"
)
_DONE: Final = "(l.status IN ('confirmed', 'rejected') AND NOT l.another_look)"
_DONE_IN_ROUND: Final = (
    "(c.novelty = 'known' OR coalesce(a.settled, 0) OR (coalesce(a.mine, 0) AND coalesce(a.firsts, 0) < 2))"
)
_MINE: Final = (
    "(l.episode, l.joint, l.side) IN "
    "(SELECT episode, joint, side FROM review_drafts WHERE who IN (?, '') AND round = ?)"
)
_ROWS: Final = """
SELECT l.link, l.episode, l.joint, l.side, l.event_ref, l.person, i.personal_id, l.event_date, l.days,
       l.surgery_level, coalesce(l.index_provider_id, ''), coalesce(p.name, l.index_provider_id, ''),
       coalesce(l.operated_on, ''), l.claim_by, l.at_stake, l.status, l.another_look, l.competing, l.complication_class
FROM links l
JOIN identities i ON i.identity = l.person
LEFT JOIN providers p ON p.provider_id = l.index_provider_id
"""
_IDENTITY_DIGITS: Final = 6
_ABOVE_ALL: Final = 10_000  # more than all reasons weigh together


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for the queue, on which day, and what reasons weigh."""

    reviewer: str
    today: date
    weights: Mapping[Reason, int]


@dataclass(frozen=True, slots=True)
class _Sql:
    """A piece of SQL with the values of its marks."""

    text: str
    values: tuple[object, ...] = ()


def find(store: Store, asked: QueueFilter, asking: Asking, *, first: int | None = None) -> array[int]:
    """Return the keys of the events asked for, in the order asked for: all, or so many (which takes a fourth)."""
    part = _preset(asked.preset, asked, asking)
    source = _source(asked, asking)
    query = _joined(
        source[0],
        _Sql("SELECT l.link FROM links l"),
        source[1],
        _where(store, asked, asking, part),
        _order(asked, asking),
    )
    limited = _Sql("") if first is None else _Sql(" LIMIT ?", (first,))
    query = _joined(query, limited)
    return array("q", (link for (link,) in store.rows(query.text, query.values)))


def counts(store: Store, asked: QueueFilter, asking: Asking) -> dict[Preset, int]:
    """Return how many events every part of the queue has of those asked for."""
    parts = [_preset(preset, asked, asking) for preset in Preset]
    sums = _Sql(
        "SELECT " + ", ".join(f"coalesce(sum({part.text}), 0)" for part in parts) + " FROM links l",
        tuple(value for part in parts for value in part.values),
    )
    source = _source(asked, asking)
    query = _joined(source[0], sums, source[1], _where(store, asked, asking))
    return dict(zip(Preset, store.rows(query.text, query.values)[0], strict=True))


def total(store: Store, round_id: int | None) -> int:
    """Return how many events there are, or how many of a round's cases still are events."""
    if round_id is None:
        return int(store.value("SELECT count(*) FROM links"))
    joined = f"SELECT count(*) FROM links l JOIN round_cases c ON c.round = ? AND {_SAME_EVENT.format(a='c')}"
    return int(store.value(joined, (round_id,)))


def round_name(store: Store, round_id: int) -> str:
    """Return what a review round is called, "" where there is none of that number."""
    return str(store.value("SELECT name FROM review_rounds WHERE round = ?", (round_id,)) or "")


def entries(store: Store, keys: Sequence[int]) -> list[QueueEntry]:
    """Return the events of these keys, in their order; a key that is gone has none."""
    marks = ", ".join("?" * len(keys))
    found = {row[0]: _entry(row[1:]) for row in store.rows(f"{_ROWS} WHERE l.link IN ({marks})", list(keys))}
    return [found[key] for key in keys if key in found]


def key_of(store: Store, event: EventKey) -> int | None:
    """Return the key of an event, None where there is no such event any more."""
    found = store.value(
        "SELECT link FROM links WHERE episode = ? AND joint = ? AND side = ?", (event.episode, event.joint, event.side)
    )
    return None if found is None else int(found)


def _entry(row: tuple[Any, ...]) -> QueueEntry:
    episode, joint, side, event_ref, person, personal_id, event_date, days, level, provider_id, provider, *rest = row
    operated_on, claim_by, at_stake, status, another_look, competing, complication_class = rest
    urgency = Urgency(
        date.fromisoformat(claim_by) if claim_by else None,
        at_stake,
        status,
        bool(another_look),
        bool(competing),
        complication_class,
    )
    key = EventKey(episode, joint, side)
    return QueueEntry(
        key, event_ref, person, personal_id, event_date, days, level, provider_id, provider, operated_on, urgency
    )


# which events


def _source(asked: QueueFilter, asking: Asking) -> tuple[_Sql, _Sql]:
    """Return what stands before the query and what is joined to `links`."""
    if asked.round_id is None:
        return _Sql(""), _Sql("")
    return _Sql(_ANSWERED, (asking.reviewer, asked.round_id)), _Sql(_IN_ROUND, (asked.round_id,))


def _preset(preset: Preset, asked: QueueFilter, asking: Asking) -> _Sql:
    done = _DONE if asked.round_id is None else _DONE_IN_ROUND
    match preset:
        case Preset.TO_REVIEW if asked.round_id is None:
            return _Sql("(l.status IN ('proposed', 'ambiguous') OR l.another_look)")
        case Preset.TO_REVIEW:
            return _Sql(f"NOT {done}")
        case Preset.AMBIGUOUS:
            return _Sql("l.status = 'ambiguous'")
        case Preset.ANOTHER_LOOK:
            return _Sql("l.another_look")
        case Preset.MINE:
            return _Sql(_MINE, (asking.reviewer, asked.round_id or 0))
        case Preset.UNLINKED:
            return _Sql("l.status = 'unlinked'")
        case Preset.DECIDED:
            return _Sql(done)
        case Preset.ALL:
            return _Sql("1")


def _where(store: Store, asked: QueueFilter, asking: Asking, *more: _Sql) -> _Sql:
    conditions = [*more, *_stated(asked), *(_word(store, each) for each in asked.text[:LONGEST_SEARCH].split())]
    if asked.reasons:
        holds = _conditions(asking.today)
        conditions.append(_any(holds[reason] for reason in asked.reasons))
    return _Sql(
        f" WHERE {' AND '.join(one.text for one in conditions)}" if conditions else "",
        tuple(value for one in conditions for value in one.values),
    )


def _stated(asked: QueueFilter) -> Iterable[_Sql]:
    for field, column in _IN_FIELD.items():
        if chosen := getattr(asked, field):
            yield _Sql(f"{column} IN ({', '.join('?' * len(chosen))})", chosen)
    for name, value in asked.hidden:
        yield _Sql(f"{_HIDDEN[name]} <> ?", (value,))
    if asked.own_care_only:
        yield _Sql("l.event_provider_id IN (SELECT provider_id FROM providers WHERE kind = 'own')")
    if asked.event_from is not None:
        yield _Sql("l.event_date >= ?", (asked.event_from.isoformat(),))
    if asked.event_to is not None:
        yield _Sql("l.event_date <= ?", (asked.event_to.isoformat(),))
    if asked.person is not None:
        yield _Sql("l.person = ?", (asked.person,))


def _word(store: Store, text: str) -> _Sql:
    """Return the condition that a word is found in a reference, a provider's name or first in a personal number."""
    held = f"%{escaped(text)}%"
    parts = [_Sql("l.event_ref LIKE ? ESCAPE '!'", (held,)), _Sql("l.index_ref LIKE ? ESCAPE '!'", (held,))]
    if named := tuple(providers_named(store, text)):
        marks = ", ".join("?" * len(named))
        parts += [_Sql(f"l.{column} IN ({marks})", named) for column in ("index_provider_id", "event_provider_id")]
    digits = text.replace("-", "").replace("+", "")
    if digits.isdecimal() and len(digits) >= _IDENTITY_DIGITS:
        people = "SELECT identity FROM identities WHERE personal_id LIKE ? OR personal_id LIKE ?"
        parts.append(_Sql(f"l.person IN ({people})", (f"{digits}%", f"__{digits}%")))
    elif is_pseudonym(text.upper()):
        people = "SELECT identity FROM identities WHERE personal_id = ?"
        parts.append(_Sql(f"l.person IN ({people})", (text.upper(),)))
    return _any(parts)


def _any(parts: Iterable[_Sql]) -> _Sql:
    held = list(parts)
    return _Sql(f"({' OR '.join(part.text for part in held)})", tuple(value for part in held for value in part.values))


# in which order


def _conditions(today: date) -> dict[Reason, _Sql]:
    """Return what `domain.review_priority.reasons` says, in SQL."""
    now, near, coming = ((today + timedelta(days)).isoformat() for days in (0, DAYS_NEAR, DAYS_COMING))
    return {
        Reason.DEADLINE_NEAR: _Sql("(l.claim_by >= ? AND l.claim_by <= ?)", (now, near)),
        Reason.DEADLINE_PASSED: _Sql("l.claim_by < ?", (now,)),
        Reason.DEADLINE_COMING: _Sql("(l.claim_by > ? AND l.claim_by <= ?)", (near, coming)),
        Reason.STAKE_LARGE: _Sql("l.at_stake >= ?", (LARGE_ORE,)),
        Reason.STAKE_MEDIUM: _Sql("(l.at_stake >= ? AND l.at_stake < ?)", (MEDIUM_ORE, LARGE_ORE)),
        Reason.STAKE_SOME: _Sql("(l.at_stake > 0 AND l.at_stake < ?)", (MEDIUM_ORE,)),
        Reason.ANOTHER_LOOK: _Sql("l.another_look"),
        Reason.AMBIGUOUS: _Sql("l.status = 'ambiguous'"),
        Reason.COMPETING: _Sql("l.competing"),
        Reason.INFECTION: _Sql("l.complication_class = 'infection'"),
    }


def _points(asking: Asking) -> _Sql:
    held = _conditions(asking.today)
    return _Sql(
        " + ".join(f"CASE WHEN {held[reason].text} THEN ? ELSE 0 END" for reason in Reason),
        tuple(value for reason in Reason for value in (*held[reason].values, asking.weights[reason])),
    )


def _order(asked: QueueFilter, asking: Asking) -> _Sql:
    """Return the order asked for; nothing comes last, and what is decided comes after what is not."""
    way = "DESC" if asked.descending else "ASC"
    if asked.sort == BY_PRIORITY:
        done = _DONE if asked.round_id is None else _DONE_IN_ROUND
        points = _points(asking)
        first = f"({points.text}) - {done} * {_ABOVE_ALL}"  # one number, since every column of an order costs time
        coming = "CASE WHEN l.claim_by >= ? THEN l.claim_by END"
        values = (*points.values, asking.today.isoformat())
        return _Sql(f" ORDER BY {first} {way}, {coming} NULLS LAST, {_LAST}", values)
    if asked.sort in (_JOINT, *_CODES):
        rank = _rank(asked.sort)
        return _Sql(f" ORDER BY {rank.text} {way}, {_LAST}", rank.values)
    column = _SORTS[asked.sort]
    return _Sql(f" ORDER BY {column} {way} NULLS LAST, {_LAST}")


def _rank(column: str) -> _Sql:
    """Return the place of a column's word among the words of its vocabulary, so that order is what is read."""
    known = families.ids() if column == _JOINT else _CODES[column]
    codes = sorted(("", *known), key=lambda code: word(column, str(code)))
    cases = "".join(" WHEN ? THEN ?" for _code in codes)
    values = (value for place, code in enumerate(codes) for value in (str(code), place))
    return _Sql(f"CASE l.{column}{cases} END", tuple(values))


def _joined(*parts: _Sql) -> _Sql:
    return _Sql("".join(part.text for part in parts), tuple(value for part in parts for value in part.values))
