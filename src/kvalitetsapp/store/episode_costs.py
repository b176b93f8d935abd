"""What is stored of the costs of some episodes: the delivered cost and its import, its types, DRG, and by hand."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.cost_source import CostItem, Delivery, DrgFacts, EpisodeCosts
from kvalitetsapp.store import manual_costs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kvalitetsapp.domain.manual_cost import ManualCost
    from kvalitetsapp.store.connection import Store

_AT_A_TIME: Final = 5_000
_FACTS: Final = """
SELECT e.episode, e.source || '/' || e.episode_id, e.care_form, e.admitted, e.discharged, e.cost, e.batch,
       upper(trim(coalesce(e.drg, ''))), w.weight, coalesce(w.source, ''), p.price, coalesce(p.source, '')
FROM episodes e
LEFT JOIN drg_weights w ON w.year = CAST(substr(e.discharged, 1, 4) AS INTEGER) AND w.drg = upper(trim(e.drg))
LEFT JOIN drg_prices p ON p.year = CAST(substr(e.discharged, 1, 4) AS INTEGER)
WHERE e.episode IN ({marks})
"""
_ITEMS: Final = """
SELECT episode, cost_type, line, cost, price_year, batch FROM cost_items
WHERE episode IN ({marks}) ORDER BY episode, cost_type, line
"""
_HISTORY: Final = """
SELECT row_key, content, previous_batch FROM row_history
WHERE table_name = 'episodes' AND undone_at IS NULL AND row_key IN ({marks}) ORDER BY history DESC
"""
_Item = tuple[CostItem, int]  # with the batch that it carries


def of_episodes(store: Store, episodes: Iterable[int]) -> dict[int, EpisodeCosts]:
    """Return the costs of some episodes; those that are not stored are left out."""
    wanted = sorted(set(episodes))
    facts = list(_rows_of(store, _FACTS, wanted))
    items: defaultdict[int, list[_Item]] = defaultdict(list)
    for episode, *values, batch in _rows_of(store, _ITEMS, wanted):
        items[episode].append((CostItem(*values), batch))
    by_hand = manual_costs.standing_of(store, wanted)
    made_of = {row[0]: _made_of(row[5], items[row[0]]) for row in facts}
    batch_of = _batches(store, facts, made_of)
    files = _files(store, set(batch_of.values()))
    return {
        row[0]: _costs(
            row,
            tuple(item for item, _batch in items[row[0]]) if made_of[row[0]] else (),
            files.get(batch_of[row[0]] or 0, Delivery("", "")),
            by_hand.get(row[0]),
        )
        for row in facts
    }


def _costs(
    row: tuple[Any, ...], items: tuple[CostItem, ...], delivery: Delivery, by_hand: ManualCost | None
) -> EpisodeCosts:
    episode, ref, care_form, admitted, discharged, cost, _batch, *drg = row
    return EpisodeCosts(
        episode=episode,
        event_ref=ref,
        care_form=care_form,
        admitted=date.fromisoformat(admitted),
        discharged=date.fromisoformat(discharged),
        cost=cost,
        delivery=delivery,
        items=items,
        drg=DrgFacts(*drg),
        manual=by_hand,
    )


def _made_of(cost: int | None, items: Sequence[_Item]) -> list[_Item]:
    """Return the rows that make the episode's cost: the whole contact's, else its types; none where others do."""
    whole = [one for one in items if not one[0].cost_type]
    rows = whole or list(items)
    return rows if rows and sum(item.cost for item, _batch in rows) == cost else []


def _batches(store: Store, facts: Sequence[tuple[Any, ...]], made_of: dict[int, list[_Item]]) -> dict[int, int | None]:
    """Return the import that gave each episode the cost that it has, as far as the history reaches."""
    found = {row[0]: row[6] for row in facts}
    cost = {row[0]: row[5] for row in facts}
    found.update((episode, max(batch for _item, batch in rows)) for episode, rows in made_of.items() if rows)
    settled = {episode for episode, rows in made_of.items() if rows or cost[episode] is None}
    asked = [episode for episode in found if episode not in settled]
    for episode, content, previous in _rows_of(store, _HISTORY, asked):
        if episode in settled:
            continue
        if json.loads(content).get("cost") == cost[episode]:
            found[episode] = previous
        else:
            settled.add(episode)
    return found


def _files(store: Store, batches: set[int | None]) -> dict[int, Delivery]:
    wanted = sorted(batch for batch in batches if batch is not None)
    sql = "SELECT batch, file_name, substr(imported_at, 1, 10) FROM import_batches WHERE batch IN ({marks})"
    return {batch: Delivery(file, day) for batch, file, day in _rows_of(store, sql, wanted)}


def _rows_of(store: Store, sql: str, wanted: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    for start in range(0, len(wanted), _AT_A_TIME):
        some = wanted[start : start + _AT_A_TIME]
        yield from store.rows(sql.format(marks=", ".join("?" * len(some))), some)
