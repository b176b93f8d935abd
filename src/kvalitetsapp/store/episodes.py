"""Vårdkontakter and their procedures, as columns for analysis and as keys for other imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.store import link_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kvalitetsapp.store.connection import Store

_COLUMNS: Final = (
    "episode",
    "identity",
    "provider_id",
    "payer_route",
    "care_form",
    "admitted",
    "discharged",
    "procedure_date",
    "main_diagnosis",
    "other_diagnoses",
    "procedures",
    "cost",
    "price",
)
# What an episode costs by other sources than its own cost (R14), where the store holds anything of the kind.
_YEAR: Final = "CAST(substr(episodes.discharged, 1, 4) AS INTEGER)"
_BESIDE: Final = {
    "drg_weight": (
        "drg_weights",
        f"SELECT w.weight FROM drg_weights w WHERE w.year = {_YEAR} AND w.drg = upper(trim(episodes.drg))",
    ),
    "drg_price": ("drg_prices", f"SELECT p.price FROM drg_prices p WHERE p.year = {_YEAR}"),
    "manual_cost": (
        "manual_costs",
        "SELECT m.cost FROM manual_costs m WHERE m.episode = episodes.episode AND m.withdrawn_at IS NULL",
    ),
}
_DETAILS: Final = ("episode", "code", "side", "performed_on", "position")
_AT_A_TIME: Final = 5_000


def columns(store: Store, *, of_part: bool = False) -> dict[str, list[Any]]:
    """Return every episode, or those of the part at hand (`link_parts`), as columns in the order they were stored.

    `episode_ref` is among the columns.
    """
    where = f"WHERE episode IN {link_parts.EPISODES_OF_PART}" if of_part else ""
    return _columns(store, f"{where} ORDER BY episode")


def linked_columns(store: Store, *, of_part: bool) -> dict[str, list[Any]]:
    """Return the episodes of events with an index operation, all or of the part at hand, as columns."""
    within = f" AND person IN {link_parts.PERSONS_OF_PART}" if of_part else ""
    linked = f"SELECT episode FROM links WHERE operation IS NOT NULL{within}"
    return _columns(store, f"WHERE episode IN ({linked}) ORDER BY episode")


def _columns(store: Store, which: str) -> dict[str, list[Any]]:
    beside = [
        f"({sql})" if store.value(f"SELECT 1 FROM {table} LIMIT 1") else "NULL" for table, sql in _BESIDE.values()
    ]
    sql = f"SELECT source || '/' || episode_id, {', '.join((*_COLUMNS, *beside))} FROM episodes {which}"
    return store.columns(sql, ("episode_ref", *_COLUMNS, *_BESIDE))


def detail_columns(store: Store, *, of_part: bool = False) -> dict[str, list[Any]]:
    """Return the rows of the `procedures` files in the order they were first stored, then those with a place in it.

    All of them, or those of the part at hand (`link_parts`).
    """
    where = f"WHERE episode IN {link_parts.EPISODES_OF_PART}" if of_part else ""
    return store.columns(
        "SELECT episode, code, side, performed_on, position FROM ("
        "SELECT episode, code, side, performed_on, 0 AS position, detail AS turn "
        f"FROM procedure_details {where} UNION ALL "
        "SELECT episode, procedure_code, coalesce(side, ''), performed_on, position, procedure_line "
        f"FROM procedure_lines {where}) ORDER BY position, turn",
        _DETAILS,
    )


def episodes_of_refs(store: Store, refs: Sequence[str]) -> dict[str, int]:
    """Return the episode of every reference `source/episode_id` that is stored."""
    found: dict[str, int] = {}
    wanted = list(dict.fromkeys(refs))
    for start in range(0, len(wanted), _AT_A_TIME):
        keys = [_split(ref) for ref in wanted[start : start + _AT_A_TIME]]
        marks = ", ".join(["(?, ?)"] * len(keys))
        sql = (
            f"SELECT source || '/' || episode_id, episode FROM episodes WHERE (source, episode_id) IN (VALUES {marks})"
        )
        found.update(store.rows(sql, [part for key in keys for part in key]))
    return found


def refs_of(store: Store, wanted: Iterable[int]) -> dict[int, str]:
    """Return the references of some episodes."""
    found: dict[int, str] = {}
    some = sorted(set(wanted))
    for start in range(0, len(some), _AT_A_TIME):
        part = some[start : start + _AT_A_TIME]
        marks = ", ".join("?" * len(part))
        sql = f"SELECT episode, source || '/' || episode_id FROM episodes WHERE episode IN ({marks})"
        found.update(store.rows(sql, part))
    return found


def _split(ref: str) -> tuple[str, str]:
    source, _slash, episode_id = ref.partition("/")
    return source, episode_id


def latest_discharge(store: Store) -> str | None:
    """Return the latest day of discharge in the store, None where there is no episode."""
    value = store.value("SELECT max(discharged) FROM episodes")
    return None if value is None else str(value)
