"""What is wrong with something that a person has filled in, told at the field: a value, never an exception."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldFault:
    """A field by its dotted name, `issuer.bankgiro` or `warranties.2.days`, and why it cannot be used, in Swedish."""

    field: str
    message: str
