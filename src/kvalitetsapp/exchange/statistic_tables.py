"""Small tables for statistics and of index dates, read whole and refused with the place of the first fault."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import dates, identity
from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_STATUSES: Final = ("0", "1", "2")
_LONGEST: Final = 15
"""Digits of a number: as many as are exact in whatever is worked out of it."""


@dataclass(slots=True)
class UnitCounts:
    """`unit; events; n`, one row per unit."""

    unit: list[str] = field(default_factory=list)
    events: list[int] = field(default_factory=list)
    n: list[int] = field(default_factory=list)


@dataclass(slots=True)
class FollowUps:
    """`group; time; status` (0 censored, 1 event, 2 competing), one row per subject."""

    group: list[str] = field(default_factory=list)
    time: list[float] = field(default_factory=list)
    status: list[int] = field(default_factory=list)


@dataclass(slots=True)
class IndexDates:
    """`personal_id; index_date`, one row per person and date."""

    personal_id: list[str] = field(default_factory=list)
    index_date: list[str] = field(default_factory=list)


def read_unit_counts(path: Path) -> UnitCounts:
    """Read `unit; events; n`.

    Raises:
        InputError: no such table, or a row that cannot be right.
    """
    found = UnitCounts()
    for number, (unit, events, n) in _rows(path, ("unit", "events", "n")):
        if not (_is_whole(events) and _is_whole(n)):
            raise _fault(path, number, _("events och n ska vara heltal från 0"))
        if int(events) > int(n) > 0:
            raise _fault(path, number, _("events är större än n"))
        found.unit.append(unit)
        found.events.append(int(events))
        found.n.append(int(n))
    return found


def read_follow_ups(path: Path) -> FollowUps:
    """Read `group; time; status`.

    Raises:
        InputError: no such table, or a row that cannot be right.
    """
    found = FollowUps()
    for number, (group, time, status) in _rows(path, ("group", "time", "status")):
        if not _is_whole(time.replace(".", "", 1)):
            raise _fault(path, number, _("time ska vara ett tal från 0, med punkt"))
        if status not in _STATUSES:
            raise _fault(path, number, _("status ska vara 0, 1 eller 2"))
        found.group.append(group)
        found.time.append(float(time))
        found.status.append(int(status))
    return found


def read_index_dates(path: Path) -> IndexDates:
    """Read `personal_id; index_date`; the numbers come back in their canonical form.

    Raises:
        InputError: no such table, or a row that cannot be right; the number itself is not repeated.
    """
    found = IndexDates()
    for number, (personal_id, index_date) in _rows(path, ("personal_id", "index_date")):
        if dates.iso_format().iso(index_date) is None:
            raise _fault(path, number, _("index_date ska vara ett datum, ÅÅÅÅ-MM-DD"))
        known = identity.canonical(personal_id, index_date)
        if isinstance(known, identity.IdentityFault):
            raise _fault(path, number, _("personal_id är inget giltigt nummer"))
        found.personal_id.append(known)
        found.index_date.append(index_date)
    return found


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST


def _rows(path: Path, names: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, delimiter=";", strict=True)
            header = [name.strip() for name in next(reader, [])]
            if any(header.count(name) != 1 for name in names):
                raise InputError(
                    _("{file} ska ha kolumnerna {names} med semikolon emellan.").format(
                        file=path.name, names=", ".join(names)
                    )
                )
            places = [header.index(name) for name in names]
            for number, row in enumerate(reader, start=2):
                if len(row) != len(header):
                    raise _fault(path, number, _("raden har fel antal fält"))
                yield number, [row[place].strip() for place in places]
    except OSError as error:
        raise InputError(_("Filen {file} går inte att läsa.").format(file=path)) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(_("Filen {file} är inte en CSV-fil i UTF-8.").format(file=path.name)) from error


def _fault(path: Path, number: int, what: str) -> InputError:
    return InputError(_("{file}, rad {row}: {what}.").format(file=path.name, row=number, what=what))
