"""The joint register, waiting lists, the population and patients' answers: kept as delivered, beside the care."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.ages import Pyramid
from kvalitetsapp.services.resolved import Resolved, of_known_providers, records_of
from kvalitetsapp.store import identities, records
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.exchange.reading import ReadFile
    from kvalitetsapp.services.resolved import Known, Row
    from kvalitetsapp.store.records import RecordTable


def register_operations(known: Known, file: ReadFile) -> Resolved:
    """Return operations of a joint register, to be compared with the region's own index operations."""
    resolved = Resolved(records.REGISTER_OPERATIONS)
    _take(known, resolved, of_known_providers(known, file, resolved))
    return resolved


def waiting(known: Known, file: ReadFile) -> Resolved:
    """Return the entries of waiting lists as they stood on a day; a row may be without a person."""
    resolved = Resolved(records.WAITING_ENTRIES)
    _take(known, resolved, of_known_providers(known, file, resolved))
    return resolved


def proms(known: Known, file: ReadFile) -> Resolved:
    """Return patients' answers to questionnaires."""
    resolved = Resolved(records.PROM_ANSWERS)
    _take(known, resolved, records_of(file))
    return resolved


def population(known: Known, file: ReadFile) -> Resolved:
    """Return groups of the population; no age lies in two groups of one population, whatever was stored."""
    resolved = Resolved(records.POPULATION)
    for row in records_of(file):
        pyramid = known.populations.setdefault((row["year"], row["municipality"], row["sex"]), Pyramid())
        other = pyramid.put(row["age_from"], row["age_to"])
        if other is None:
            resolved.keep(row["row"], *_record(resolved.table, row))
        else:
            reason = _(
                "Åldrarna överlappar gruppen från {first} år, som redan är inläst för samma år, kommun och kön. "
                "Ångra den inläsningen först."
            ).format(first=other)
            resolved.reject(row["row"], "age_from", str(row["age_from"]), "overlapping_stored_ages", reason)
    return resolved


def _take(known: Known, resolved: Resolved, rows: list[Row]) -> None:
    numbers = [row["personal_id"] for row in rows if row["personal_id"] is not None]
    identity = identities.identities_of(known.store, numbers)
    for row in rows:
        row["identity"] = identity.get(row["personal_id"])
        resolved.keep(row["row"], *_record(resolved.table, row))


def _record(table: RecordTable, row: Row) -> tuple[tuple[object, ...], tuple[object, ...]]:
    key = tuple("" if row[name] is None else row[name] for name in table.key)
    return key, tuple(row[name] for name in table.content)
