"""The table over every episode: which rows match, in which order, and the rows themselves a screenful at a time.

A million rows are never read at once: a search gives the keys, and rows are read by key as they come into view.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.codes import normalise_code
from kvalitetsapp.domain.episode import EPISODES, EpisodeQuery
from kvalitetsapp.domain.identity import is_pseudonym

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.table import Row
    from kvalitetsapp.store.connection import Store

_SORTS: Final = {
    "episode_ref": "e.source {way}, e.episode_id {way}",
    "personal_id": "i.personal_id {way}",
    "provider": "p.name {way}",
    **{
        column.name: f"e.{column.name} {{way}}"
        for column in EPISODES
        if column.name not in {"episode_ref", "personal_id", "provider"}
    },
}
_JOINS: Final = {
    "i.": " JOIN identities i ON i.identity = e.identity",
    "p.": " JOIN providers p ON p.provider_id = e.provider_id",
}
_EXACT: Final = ("provider_id", "care_form", "payer_route")
_IDENTITY_DIGITS: Final = 6
_ROWS: Final = """
SELECT e.episode, e.source || '/' || e.episode_id, i.personal_id, p.name, coalesce(e.unit, ''), e.care_form,
       e.admitted, e.discharged, coalesce(e.main_diagnosis, ''), coalesce(e.other_diagnoses, ''),
       coalesce(e.procedures, ''), e.payer_route, e.cost, e.price
FROM episodes e
JOIN identities i ON i.identity = e.identity
JOIN providers p ON p.provider_id = e.provider_id
"""


def find(store: Store, query: EpisodeQuery) -> array[int]:
    """Return the keys of the episodes that match, in the order asked for."""
    conditions, values = _conditions(store, query)
    order = _SORTS[query.sort].format(way="DESC" if query.descending else "ASC")
    joins = "".join(join for name, join in _JOINS.items() if name in order or any(name in each for each in conditions))
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    sql = f"SELECT e.episode FROM episodes e{joins}{where} ORDER BY {order}, e.episode"
    return array("q", (episode for (episode,) in store.rows(sql, values)))


def rows(store: Store, keys: Sequence[int]) -> list[Row]:
    """Return the rows of `EPISODES` columns of these keys, in their order; a key that is gone has no row."""
    marks = ", ".join("?" * len(keys))
    found = {row[0]: row[1:] for row in store.rows(f"{_ROWS} WHERE e.episode IN ({marks})", list(keys))}
    return [found[key] for key in keys if key in found]


def count(store: Store) -> int:
    """Return how many episodes are stored."""
    return int(store.value("SELECT count(*) FROM episodes"))


def _conditions(store: Store, query: EpisodeQuery) -> tuple[list[str], list[object]]:
    conditions, values = [], list[object]()
    for name in _EXACT:
        if asked := getattr(query, name):
            conditions.append(f"e.{name} = ?")
            values.append(asked)
    for each in query.text.split():
        condition, bound = _word(store, each)
        conditions.append(condition)
        values += bound
    return conditions, values


def _word(store: Store, text: str) -> tuple[str, list[object]]:
    """Return the condition that a word is found in a reference, unit, code, provider's name or identity number."""
    code = escaped(normalise_code(text))
    parts = ["e.source || '/' || e.episode_id LIKE ? ESCAPE '!'"]
    values: list[object] = [f"%{escaped(text)}%"]
    for spelling in {text, text.lower(), text.upper(), text.capitalize()}:
        parts.append("e.unit LIKE ? ESCAPE '!'")
        values.append(f"%{escaped(spelling)}%")
    for column in ("main_diagnosis", "other_diagnoses", "procedures"):
        parts.append(f"' ' || e.{column} LIKE ? ESCAPE '!'")
        values.append(f"% {code}%")
    if providers := providers_named(store, text):
        parts.append(f"e.provider_id IN ({', '.join('?' * len(providers))})")
        values += providers
    digits = text.replace("-", "").replace("+", "")
    if digits.isdecimal() and len(digits) >= _IDENTITY_DIGITS:
        parts.append("i.personal_id LIKE ? OR i.personal_id LIKE ?")
        values += [f"{digits}%", f"__{digits}%"]
    elif is_pseudonym(text.upper()):
        parts.append("i.personal_id = ?")
        values.append(text.upper())
    return f"({' OR '.join(parts)})", values


def providers_named(store: Store, text: str) -> list[str]:
    """Return the providers whose id or name holds `text`."""
    wanted = text.casefold()
    named = store.rows("SELECT provider_id, name FROM providers ORDER BY provider_id")
    return [provider_id for provider_id, name in named if wanted in f"{provider_id} {name}".casefold()]


def escaped(text: str) -> str:
    """Return a text as `LIKE ? ESCAPE '!'` finds it literally."""
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
