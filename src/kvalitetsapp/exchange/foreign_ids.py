"""Identity numbers of other countries' systems, such as UUIDs, in the place that a reservnummer has.

A reservnummer has at most 15 letters and digits. A longer number cannot be cut (the beginnings of many are alike),
and a list of what became of which would have to be kept. So it is replaced by the first 75 bits of its SHA-256 as 15
letters and digits: always the same for the same number, in every file, on every machine. That any two of n numbers
get the same happens with probability n² / 2⁷⁶: for a million persons about 1 in 75 000 million (birthday bound).
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from typing import Final

LENGTH: Final = 15
_KEPT: Final = 1 << 17


@lru_cache(maxsize=_KEPT)
def shortened(delivered: str) -> str:
    """Return 15 capital letters and digits for a number in any form and case, and nothing for nothing."""
    text = delivered.strip().upper()
    if not text:
        return ""
    return base64.b32encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")[:LENGTH]
