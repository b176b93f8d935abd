"""The log of what was disclosed to whom; the schema lets no row of it be changed or taken away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.provider_question import Disclosure

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store


@dataclass(frozen=True, slots=True)
class NewDisclosure:
    """A disclosure to be logged, of an episode and with a question where it was of or with one."""

    disclosed_on: date
    what: str
    receiver: str
    ground: str
    who: str
    episode: int | None = None
    question: int | None = None


def add(store: Store, new: NewDisclosure) -> int:
    """Log a disclosure, with the time at which it is logged, and return its number."""
    now = this_moment()
    return store.write(
        "INSERT INTO disclosures (disclosed_on, what, receiver, ground, who, recorded_at, episode, question) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(new.disclosed_on.isoformat(), new.what, new.receiver, new.ground, new.who, now),
            *(new.episode, new.question),
        ),
    )


def all_disclosures(store: Store) -> tuple[Disclosure, ...]:
    """Return every disclosure, the latest logged first."""
    rows = store.rows(
        "SELECT d.disclosure, d.disclosed_on, d.what, d.receiver, d.ground, d.who, d.recorded_at, "
        "coalesce(e.source || '/' || e.episode_id, '') "
        "FROM disclosures d LEFT JOIN episodes e ON e.episode = d.episode ORDER BY d.disclosure DESC"
    )
    return tuple(Disclosure(number, date.fromisoformat(day), *rest) for number, day, *rest in rows)
