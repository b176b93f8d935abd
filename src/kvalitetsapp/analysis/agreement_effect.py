"""Two ledgers of the same data under different agreements, held side by side operation by operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import cohorts
from kvalitetsapp.analysis.columns import known, texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.analysis.columns import Ints

SUMS: Final = ("cases", "events", "claimable", "over_cap", "missing")


def by_operation(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return a row per operation of two `recovery.ledger` frames that differ in agreements alone.

    Columns: index_ref, provider_id · for before and after (`claimable_before` …): cases (1 where an event that counts
    is covered), events covered, claimable, over_cap öre, missing (covered without a cost).
    """
    operation = before["operation"].to_numpy()
    first = np.flatnonzero(np.append(True, operation[1:] != operation[:-1])[: len(operation)])
    found = {name: texts(before[name])[first] for name in ("index_ref", "provider_id")}
    sums = {
        f"{name}_{when}": total
        for when, rows in (("before", before), ("after", after))
        for name, total in zip(SUMS, _sums(rows, first), strict=True)
    }
    return pd.DataFrame(found | sums)


def totals(operations: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Return the sums of `by_operation` by its columns `by`; nothing: of them all."""
    groups = cohorts.group(operations[list(by)])
    names = [f"{name}_{when}" for when in ("before", "after") for name in SUMS]
    return groups.keys.assign(**{name: groups.total(operations[name].to_numpy()) for name in names})


def _sums(rows: pd.DataFrame, first: Ints) -> tuple[Ints, ...]:
    covered = rows["counts"].to_numpy() & (rows["covered"].to_numpy() == 1)
    events = _added(covered, first)
    return (
        (events > 0).astype(np.int64),
        events,
        _added(rows["claimable"].to_numpy(), first),
        _added(rows["over_cap"].to_numpy(), first),
        _added(covered & ~known(rows["cost"]), first),
    )


def _added(values: Any, first: Ints) -> Ints:  # noqa: ANN401 - numbers or flags
    """Return the sum of each stretch that begins at `first`."""
    return np.add.reduceat(values.astype(np.int64), first) if len(first) else np.zeros(0, dtype=np.int64)
