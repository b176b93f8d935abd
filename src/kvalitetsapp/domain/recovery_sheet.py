"""What stands on the sheet with the recovery key: which store it is of, when and by whom it was made, and the key."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """A sheet to be printed and locked up; the key is in its groups."""

    store: str
    store_id: str
    made_on: str
    made_by: str
    groups: tuple[str, ...] = field(repr=False)
    sample: bool = False
