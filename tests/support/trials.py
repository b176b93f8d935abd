"""How many examples of a costly property are tried: few in every run, more where there is time."""

from __future__ import annotations

from hypothesis import settings

_AT_LENGTH = settings.get_profile("long").max_examples


def few(number: int, *, at_length: int) -> int:
    """Return `number`, or `at_length` under `dev.py test --long`."""
    return at_length if settings().max_examples >= _AT_LENGTH else number
