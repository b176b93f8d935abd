"""What of a stored part this version of the program knows: a later one may have written more into the same paper."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from _typeshed import DataclassInstance


def parts_of(of: type[DataclassInstance], told: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of the stored values that a dataclass has fields for, by name."""
    return {each.name: told[each.name] for each in fields(of) if each.name in told}
