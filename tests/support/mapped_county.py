"""The example exports through the mapping wizard: what a person would say of each file, and the accounts to expect."""

from __future__ import annotations

from typing import Any

from support import examples

COUNTY = "county-exports"
ACCOUNT = ("read", "stored", "corrected", "unchanged", "rejected")
CONSTANTS = {"_own": {"source": "cosmic", "payer_route": "own"}, "_bought": {"source": "faktura"}}


def constants_of(stem: str) -> dict[str, str]:
    """Return what is the same in every row of a file."""
    return next((said for suffix, said in CONSTANTS.items() if stem.endswith(suffix)), {})


def expected() -> dict[str, list[int]]:
    """Return the accounts to expect, by file, those of own and bought care together."""
    return {one["file"]: [one[part] for part in ACCOUNT] for one in examples.expected_import(COUNTY)}


def summed(outcomes: dict[str, Any]) -> dict[str, list[int]]:
    """Return accounts by file, those of own and bought care together."""
    found: dict[str, list[int]] = {}
    for file, outcome in outcomes.items():
        name = file.replace("_own", "").replace("_bought", "")
        before = found.get(name, [0] * len(ACCOUNT))
        found[name] = [old + getattr(outcome, part) for old, part in zip(before, ACCOUNT, strict=True)]
    return found
