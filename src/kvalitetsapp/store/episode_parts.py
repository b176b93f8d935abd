"""What files beside the episodes tell about them: costs by type, diagnoses, procedures; and corrections by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.store import records
from kvalitetsapp.store.records import EPISODES, Correction

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kvalitetsapp.store.connection import Store

Values = dict[str, Any]
_AT_A_TIME: Final = 5_000


@dataclass(frozen=True, slots=True)
class CostTotal:
    """An episode's costs in öre: what is said of the whole contact, and the sum of its types; None: nothing said."""

    episode: int
    episode_ref: str
    whole: int | None
    types: int | None


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code of an episode, with its role where a file gave one."""

    episode: int
    episode_ref: str
    code: str
    role: str | None
    delivered: str | None


def cost_totals(store: Store, episodes: Sequence[int]) -> list[CostTotal]:
    """Return the costs of some episodes, whichever import told them."""
    sql = (
        "SELECT c.episode, e.source || '/' || e.episode_id, "
        "sum(c.cost) FILTER (WHERE c.cost_type = ''), sum(c.cost) FILTER (WHERE c.cost_type != '') "
        "FROM cost_items c JOIN episodes e USING (episode) "
        "WHERE c.episode IN ({marks}) GROUP BY c.episode ORDER BY c.episode"
    )
    return [CostTotal(*row) for row in _rows_of(store, sql, episodes)]


def diagnosis_rows(store: Store, episodes: Sequence[int]) -> list[CodeRow]:
    """Return all diagnoses of some episodes, external causes last."""
    sql = (
        "SELECT d.episode, e.source || '/' || e.episode_id, d.diagnosis, d.role, d.diagnosis_delivered "
        "FROM diagnosis_details d JOIN episodes e USING (episode) "
        "WHERE d.episode IN ({marks}) ORDER BY d.episode, d.part, d.position"
    )
    return [CodeRow(*row) for row in _rows_of(store, sql, episodes)]


def procedure_rows(store: Store, episodes: Sequence[int]) -> list[CodeRow]:
    """Return all listed procedures of some episodes, in their places."""
    sql = (
        "SELECT p.episode, e.source || '/' || e.episode_id, p.procedure_code, NULL, p.procedure_code_delivered "
        "FROM procedure_lines p JOIN episodes e USING (episode) "
        "WHERE p.episode IN ({marks}) ORDER BY p.episode, p.position"
    )
    return [CodeRow(*row) for row in _rows_of(store, sql, episodes)]


def _rows_of(store: Store, sql: str, episodes: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """Give the rows of episodes in ascending order, some thousand episodes at a time."""
    for start in range(0, len(episodes), _AT_A_TIME):
        some = episodes[start : start + _AT_A_TIME]
        yield from store.rows(sql.format(marks=", ".join("?" * len(some))), some)


def correct(store: Store, batch: int, changes: Mapping[int, Values]) -> None:
    """Correct columns of episodes where they hold something else, as corrections of the batch with their history."""
    corrections = []
    for episode, before in _contents(store, list(changes)):
        now = dict(zip(EPISODES.content, before, strict=True)) | changes[episode]
        after = tuple(now[name] for name in EPISODES.content)
        if after != before:
            corrections.append(Correction(episode, before, after))
    records.correct(store, EPISODES, batch, corrections)


def _contents(store: Store, episodes: Sequence[int]) -> Iterator[tuple[int, tuple[Any, ...]]]:
    for start in range(0, len(episodes), _AT_A_TIME):
        some = episodes[start : start + _AT_A_TIME]
        marks = ", ".join("?" * len(some))
        sql = f"SELECT episode, {', '.join(EPISODES.content)} FROM episodes WHERE episode IN ({marks})"
        for episode, *content in store.rows(sql, some):
            yield episode, tuple(content)
