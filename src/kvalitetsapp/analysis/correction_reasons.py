"""Why what is drawn for an event is more than can be claimed of it now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from kvalitetsapp.analysis.columns import among, texts, whole
from kvalitetsapp.domain.claim_words import CorrectionReason
from kvalitetsapp.domain.words import CostBasis, LinkStatus

if TYPE_CHECKING:
    import pandas as pd

    from kvalitetsapp.analysis.columns import Flags, Texts


def of_lines(lines: pd.DataFrame, links: pd.DataFrame, events: pd.DataFrame) -> Texts:
    """Return for every claim line the first reason by which its event's amount has changed, `terms` where none shows.

    `lines` has `link` (the place of the event among `links`, -1 = gone), `event` (its place in `events`, those at the
    end no events of the line's operation any more) and complication_class, cost and deductible as they were drawn for.
    """
    link, at = lines["link"].to_numpy(), lines["event"].to_numpy()
    status = np.append(texts(links["status"]), "")[link]
    present = at < len(events)
    now = events.take(np.where(present, at, 0)) if len(events) else events.reindex(np.zeros(len(lines), dtype=int))
    tests = {
        CorrectionReason.GONE: link < 0,
        CorrectionReason.REJECTED: status == LinkStatus.REJECTED.value,
        CorrectionReason.RELINKED: ~present,
        CorrectionReason.NOT_CONFIRMED: status != LinkStatus.CONFIRMED.value,
        CorrectionReason.SHARED: among(now["cost_basis"], CostBasis.SHARED.value),
        CorrectionReason.CLASS: texts(now["complication_class"]) != texts(lines["complication_class"]),
        CorrectionReason.NOT_COVERED: now["covered"].to_numpy() != 1,
        CorrectionReason.COST: _differ(now["cost"], lines["cost"]),
        CorrectionReason.DEDUCTIBLE: _differ(now["deductible"], lines["deductible"]),
    }
    return np.select(list(tests.values()), [reason.value for reason in tests], CorrectionReason.TERMS.value).astype(
        object
    )


def _differ(now: pd.Series[Any], then: pd.Series[Any]) -> Flags:
    return np.asarray(whole(now, -1) != whole(then), dtype=np.bool_)
