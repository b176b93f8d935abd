"""What the link run derives: index operations, links and what verdicts are taken to mean.

It is replaced as a whole or for some persons. The number of an operation is made of its episode, joint and side
(`operation_numbers`), so that it is the same whichever run makes it; frames of all operations number them anew by
their references.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kvalitetsapp.domain import families
from kvalitetsapp.domain.words import Side
from kvalitetsapp.store import dialect
from kvalitetsapp.store.link_parts import EPISODES_OF_PART, PERSONS_OF_PART, PERSONS_OF_RUN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.store.connection import Store

OPERATION_COLUMNS: Final = (
    "operation",
    "episode",
    "person",
    "index_ref",
    "provider_id",
    "joint",
    "side",
    "operated_on",
    "procedure_code",
    "payer_route",
)
LINK_COLUMNS: Final = (
    "episode",
    "event_ref",
    "person",
    "joint",
    "side",
    "event_date",
    "event_provider_id",
    "operation",
    "index_ref",
    "index_provider_id",
    "index_side",
    "operated_on",
    "days",
    "status",
    "competing",
    "complication_class",
    "surgery_level",
    "triggers",
    "candidates",
    "another_look",
    "verdict",
)
STAKE_COLUMNS: Final = ("at_stake", "claim_by")
PIN_COLUMNS: Final = (
    "verdict",
    "episode",
    "joint",
    "side",
    "index_episode",
    "index_joint",
    "index_side",
    "proposed_episode",
    "proposed_joint",
    "proposed_side",
)
VERDICT_COLUMNS: Final = (
    "verdict",
    "episode",
    "joint",
    "side",
    "decision",
    "complication_class",
    "reviewed_on",
    "index_episode",
    "index_joint",
    "index_side",
)
OPERATIONS_OF_EPISODE: Final = 64
"""How many numbers are set aside for the index operations of one episode."""
_SIDES: Final = (Side.UNKNOWN.value, Side.RIGHT.value, Side.LEFT.value)
_ROOM_FOR_SIDES: Final = OPERATIONS_OF_EPISODE // families.ROOM
Rows: TypeAlias = "Iterable[tuple[Any, ...]]"
_BY_REFERENCE: Final = "event_ref, joint, side"


def operation_numbers(keys: Iterable[tuple[int, str, str]]) -> list[int]:
    """Return the numbers of index operations, told by episode, joint and side."""
    place = {
        (one.family, side): _ROOM_FOR_SIDES * one.number + number
        for one in families.known()
        for number, side in enumerate(_SIDES)
    }
    return [episode * OPERATIONS_OF_EPISODE + place[joint, side] for episode, joint, side in keys]


def operation_columns(store: Store, *, of_part: bool = False) -> dict[str, list[Any]]:
    """Return the index operations, or those of the persons of the part at hand, as columns.

    Sorted by reference and, where all of them are, numbered from 0 in that order.
    """
    where = f" WHERE person IN {PERSONS_OF_PART}" if of_part else ""
    found = _columns(store, f"index_operations{where}", OPERATION_COLUMNS, "index_ref")
    if not of_part:
        found["operation"] = list(range(len(found["operation"])))
    return found


def link_columns(store: Store, *, of_part: bool = False) -> dict[str, list[Any]]:
    """Return the links, or those of the persons of the part at hand, as columns, `link` first, sorted by event.

    Where all of them are, they are numbered from 1, and operations as `operation_columns` does.
    """
    where = f" WHERE person IN {PERSONS_OF_PART}" if of_part else ""
    found = _columns(store, f"links{where}", ("link", *LINK_COLUMNS), _BY_REFERENCE)
    if not of_part:
        place = dict(operation_places(store))
        found["link"] = list(range(1, len(found["link"]) + 1))
        found["operation"] = [place.get(operation) for operation in found["operation"]]
    return found


def operation_places(store: Store) -> Iterable[tuple[int, int]]:
    """Return every index operation of the store and its place among all by reference."""
    ordered = store.rows("SELECT operation FROM index_operations ORDER BY index_ref")
    return ((operation, place) for place, (operation,) in enumerate(ordered))


def numbers_of_links(store: Store, *, of_part: bool = False) -> list[int]:
    """Return the store's own numbers of the links, in the order of `link_columns`."""
    where = f" WHERE person IN {PERSONS_OF_PART}" if of_part else ""
    return [link for (link,) in store.rows(f"SELECT link FROM links{where} ORDER BY {_BY_REFERENCE}")]


def pin_columns(store: Store, *, of_part: bool = False) -> dict[str, list[Any]]:
    """Return what verdicts were taken to mean, all or on the episodes of the part at hand, as columns."""
    where = f" WHERE episode IN {EPISODES_OF_PART}" if of_part else ""
    return _columns(store, f"pins{where}", PIN_COLUMNS, "verdict, episode, joint, side")


def verdict_columns(store: Store, *, of_part: bool = False) -> dict[str, list[Any]]:
    """Return the verdicts that stand, all or on the episodes of the part at hand, in the order they were made."""
    within = f"AND episode IN {EPISODES_OF_PART} " if of_part else ""
    sql = f"SELECT {', '.join(VERDICT_COLUMNS)} FROM verdicts WHERE withdrawn_at IS NULL {within}"
    return store.columns(sql + "ORDER BY position, verdict", VERDICT_COLUMNS)


def are_numbered_by_episode(store: Store) -> bool:
    """Tell whether operations have numbers of their own, not those that a run of an earlier version gave in turn."""
    first = store.value("SELECT min(operation) FROM index_operations")
    return first is None or int(first) >= OPERATIONS_OF_EPISODE


def are_none(store: Store) -> bool:
    """Tell whether there is no link at all."""
    return store.value("SELECT 1 FROM links LIMIT 1") is None


def let_go_of_operations(store: Store, *, chosen: bool) -> None:
    """Take away the index operations, of everyone or of the persons of the run, and what was found about them.

    Links that refer to them stand until `replace` puts others in their place, at the latest by the transaction's end.
    """
    dialect.check_references_at_the_end(store.conn)
    theirs = f" WHERE person IN {PERSONS_OF_RUN}" if chosen else ""
    refs = (
        "AND ref IN (SELECT source || '/' || episode_id FROM episodes WHERE episode IN "
        f"(SELECT episode FROM index_operations{theirs}))"
    )
    store.write(f"DELETE FROM findings WHERE batch IS NULL {refs if chosen else ''}")
    store.write(f"DELETE FROM index_operations{theirs}")


def replace(store: Store, operations: Rows, links: Rows, pins: Rows, *, of_part: bool) -> None:
    """Put links and pins in the place of all, or of those on the episodes of the part at hand, and add operations."""
    theirs = f" WHERE episode IN {EPISODES_OF_PART}" if of_part else ""
    for table in ("pins", "links"):
        store.write(f"DELETE FROM {table}{theirs}")
    for table, names, rows in (
        ("index_operations", OPERATION_COLUMNS, operations),
        ("links", (*LINK_COLUMNS, *STAKE_COLUMNS), links),
        ("pins", PIN_COLUMNS, pins),
    ):
        marks = ", ".join("?" * len(names))
        store.write_many(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)


def forget_events_without_episode(store: Store) -> None:
    """Take away what is left of episodes that an undo took out."""
    store.write("DELETE FROM links WHERE episode NOT IN (SELECT episode FROM episodes)")


def write_stakes(store: Store, stakes: Rows) -> None:
    """Write what is at stake and until when: at_stake, claim_by, link."""
    store.write_many("UPDATE links SET at_stake = ?1, claim_by = ?2 WHERE link = ?3", stakes)


def forget_pins_of(store: Store, batch: int) -> None:
    """Forget what verdicts were taken to mean that this import wrote or corrected: they mean what they now say.

    What they meant goes into the history, for an undo of the import.
    """
    theirs = "verdict IN (SELECT verdict FROM verdicts WHERE batch = ?)"
    told = ", ".join(f"'{name}', {name}" for name in PIN_COLUMNS)
    store.write(
        "INSERT INTO row_history (table_name, row_key, content, replaced_by) "
        f"SELECT 'pins', verdict, json_object({told}), ? FROM pins WHERE {theirs}",
        (batch, batch),
    )
    store.write(f"DELETE FROM pins WHERE {theirs}", (batch,))


def let_go_of_imports(store: Store) -> None:
    """Let imported rows go that links refer to: these stand to be compared with until everything is linked anew."""
    let_go_of_operations(store, chosen=False)
    store.write("UPDATE links SET verdict = NULL WHERE verdict IS NOT NULL")


def to_look_at(store: Store) -> list[tuple[str, str, str]]:
    """Return event_ref, joint and side of the decided events that are to be looked at again."""
    return store.rows("SELECT event_ref, joint, side FROM links WHERE another_look = 1 ORDER BY 1, 2, 3")


def next_position(store: Store) -> int:
    """Return the place of the next verdict among all."""
    return int(store.value("SELECT coalesce(max(position), 0) + 1 FROM verdicts"))


def _columns(store: Store, table: str, names: tuple[str, ...], order: str) -> dict[str, list[Any]]:
    return store.columns(f"SELECT {', '.join(names)} FROM {table} ORDER BY {order}", names)
