"""What has left the department: reports of a kind with the counts that their tables showed and hid.

The log is there so that two tables, each safe alone, do not give away a small number when one is subtracted from the
other.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SmallNumbers(StrEnum):
    """How small numbers are treated in a report."""

    OPEN = "open"  # inside the department: everything stands
    PLAIN = "plain"  # 1–4 hidden, with what would give them away
    STRICT = "strict"  # at most 7 hidden, the rest rounded to 5


class ReportKind(StrEnum):
    """What a report is about."""

    PROVIDER = "provider"
    TOTAL = "total"
    CLAIMS = "claims"
    PROTOCOL = "protocol"
    COMPARISON = "comparison"
    CASES = "cases"
    AGENDA = "agenda"
    GAP = "gap"
    MINUTES = "minutes"
    WAITING = "waiting"
    EQUITY = "equity"


class ProviderNote(StrEnum):
    """What is written down about a provider, to be printed in its report."""

    COMMENT = "comment"
    ACTION = "action"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True)
class Cell:
    """A count of persons in a released table: its row and column, the true count, and whether it was hidden.

    `table` names what is counted and among whom, so that the same figure of another day, or of a part, is met again:
    `reoperation_2y|P01`. `row` and `column` are the codes of the cell's line and head.
    """

    table: str
    row: str
    column: str
    count: int
    hidden: bool


@dataclass(frozen=True, slots=True)
class Release:
    """A file that left the department."""

    release_id: int
    released_at: str
    who: str
    receiver: str
    purpose: str
    kind: ReportKind
    subject: str
    data_cut: str
    small_numbers: SmallNumbers
    fingerprint: str
    file_name: str
    cells: tuple[Cell, ...] = ()
