"""What the index operations themselves cost the region."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kvalitetsapp.analysis.columns import known, nullable, numbered, places, whole


def of_operations(index_operations: pd.DataFrame, details: pd.DataFrame) -> pd.DataFrame:
    """Return operation int64 · price Int64 öre of each index operation, NA where the region was charged nothing known.

    `details` has operation and price, the price of the operation's stay. A stay with two operations, one on each
    side, has one price: each of them is given an equal part (whole öre, downwards).
    """
    operation = index_operations["operation"].to_numpy()
    place = places(details["operation"].to_numpy(), operation)
    has_price = (place >= 0) & np.append(known(details["price"]), False)[place]
    price = np.append(whole(details["price"]), 0)[place]
    stay = numbered(index_operations["episode"].to_numpy())[1]
    together = np.bincount(stay)[stay] if len(stay) else np.ones(0, dtype=np.int64)
    return pd.DataFrame({"operation": operation, "price": nullable(price // together, has_price).array})
