"""What the two papers about the log show: a patient's extract and a log controller's check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kvalitetsapp.domain.access_log import LogEntry
    from kvalitetsapp.domain.log_check import LogCheck


@dataclass(frozen=True, slots=True)
class LogExtract:
    """Every entry about a patient, by all the numbers that the person has or had, the latest first.

    `first` and `last` are None where there is no such limit. The staff's names are told `with_names`.
    """

    patient: str
    other_numbers: tuple[str, ...]
    first: date | None
    last: date | None
    made_on: date
    receiver: str
    entries: tuple[LogEntry, ...]
    with_names: bool
    sample: bool
    program_version: str


@dataclass(frozen=True, slots=True)
class LogCheckReport:
    """A signed check with the entries that were drawn, in the order of the log, and the names of providers."""

    check: LogCheck
    entries: tuple[LogEntry, ...]
    names: Mapping[str, str]
    sample: bool
    program_version: str
