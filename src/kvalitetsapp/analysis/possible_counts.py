"""Which whole numbers of events over n give a printed percentage, in whole-number arithmetic alone.

A share of k events over n, printed with d decimals, is 100·k/n rounded to a multiple of 10⁻ᵈ. With S = 100·10ᵈ and the
printed digits as a whole number V (4.3 with one decimal: V = 43) the share is S·k/n in units of the last decimal. So

- ordinary rounding, to the nearest: |S·k/n − V| ≤ ½, that is (2V − 1)·n ≤ 2S·k ≤ (2V + 1)·n;
- with halves up the upper end is left out, with halves down the lower one, with halves to even both where V is odd;
- truncation: V·n ≤ S·k < (V + 1)·n; raising: (V − 1)·n < S·k ≤ V·n.

Every k from 0 to n between the two ends is possible. There is none where the shares that n allows, 100/n apart, step
over the interval, which is 10⁻ᵈ wide: it can happen only where n < 100·10ᵈ. No outside rule or paper is needed.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from kvalitetsapp.domain.typed_figures import Counts, Near, PossibleCounts, Rounding, decimals_of

_HALVES: Final = ((Rounding.NEAREST, False, False), (Rounding.HALF_UP, True, False))


def possible_counts(printed: Decimal, n: int) -> PossibleCounts:
    """Return the whole numbers of events over `n` (at least 1) that give the percentage `printed`, 0 to 100."""
    decimals = decimals_of(printed)
    whole, last = 100 * 10**decimals, int(printed.scaleb(decimals))
    ordinary = _between((2 * last - 1) * n, (2 * last + 1) * n, 2 * whole, n, low=True, high=True)
    if ordinary is not None:
        return PossibleCounts(_halves(last, n, whole), ordinary)
    truncated = _between(last * n, (last + 1) * n, whole, n, low=True, high=False)
    raised = _between((last - 1) * n, last * n, whole, n, low=False, high=True)
    rounding = Rounding.TRUNCATED if truncated else Rounding.RAISED if raised else Rounding.NONE
    below = last * n // whole
    return PossibleCounts(
        rounding, truncated or raised, truncated, raised, _near(below, n, decimals), _near(below + 1, n, decimals)
    )


def share_of(events: int, n: int, decimals: int) -> Decimal:
    """Return the percentage of `events` over `n`, rounded to the nearest with halves up."""
    return Decimal((2 * 100 * 10**decimals * events + n) // (2 * n)).scaleb(-decimals)


def rounds_to(finer: Decimal, coarser: Decimal) -> bool:
    """Tell whether ordinary rounding, halves either way, takes the finer number to the coarser."""
    return abs(finer - coarser) * 2 <= Decimal(1).scaleb(-decimals_of(coarser))


def _halves(last: int, n: int, whole: int) -> Rounding:
    """Return which way halves must go for some whole number to give the share: the first that does."""
    even = last % 2 == 0
    for rounding, low, high in (*_HALVES, (Rounding.HALF_EVEN, even, even)):
        if _between((2 * last - 1) * n, (2 * last + 1) * n, 2 * whole, n, low=low, high=high) is not None:
            return rounding
    return Rounding.HALF_DOWN


def _between(least: int, most: int, step: int, n: int, *, low: bool, high: bool) -> Counts | None:
    """Return the k of 0 to n with least ≤ step·k ≤ most, an end left out where `low` or `high` is false."""
    first = -(-least // step) if low else least // step + 1
    last = most // step if high else -(-most // step) - 1
    first, last = max(first, 0), min(last, n)
    return Counts(first, last) if first <= last else None


def _near(events: int, n: int, decimals: int) -> Near | None:
    return Near(events, share_of(events, n, decimals)) if 0 <= events <= n else None
