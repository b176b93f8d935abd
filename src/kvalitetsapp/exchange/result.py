"""What reading a file gives: canonical rows, and everything there is to say about those that are not among them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kvalitetsapp.domain.imports import Finding, KindOfFile, Reject


@dataclass(slots=True)
class ReadFile:
    """A file read and checked as far as it can be without the store.

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
