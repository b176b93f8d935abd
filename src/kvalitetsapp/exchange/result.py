"""What reading a file gives: canonical rows, and everything there is to say about those that are not among them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.domain.imports import Finding, KindOfFile, Reject
    from kvalitetsapp.progress import Progress


@dataclass(slots=True)
class AmountSeen:
    """The öre of a column in all rows read and in those rejected, and the rows whose amount cannot be read."""

    read: int = 0
    rejected: int = 0
    unreadable: int = 0

    def add(self, other: AmountSeen) -> None:
        """Count what was seen further on in the file."""
        self.read += other.read
        self.rejected += other.rejected
        self.unreadable += other.unreadable


@dataclass(slots=True)
class ReadFile:
    """A file, or some rows of one, read and checked as far as it can be without the store.

    `read` counts the data rows, read = len(rows) + len(rejects). `columns` names the values of every row, the row
    number first. Dates are ISO text, amounts öre, codes normalised, missing None. `rejects` and `findings` are in
    row order.
    """

    kind: KindOfFile
    file_name: str
    sha256: str
    profile_name: str
    columns: tuple[str, ...]
    encoding: str = ""
    delimiter: str = ""
    read: int = 0
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unknown_columns: tuple[str, ...] = ()
    amounts: dict[str, AmountSeen] = field(default_factory=dict)

    def chunks(self, _progress: Progress) -> Iterator[ReadFile]:
        """Give the whole file at once, as `reading.OpenFile` gives a larger one in parts."""
        yield self
