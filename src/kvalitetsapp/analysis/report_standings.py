"""All providers beside each other: what there is to do about each, and the charts of the total report."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis import expected, frames, report_case_mix
from kvalitetsapp.analysis.charts import caterpillar, heat_map
from kvalitetsapp.analysis.columns import among, known, texts
from kvalitetsapp.analysis.report_outcomes import share
from kvalitetsapp.analysis.report_time import REOPERATION
from kvalitetsapp.domain.indicator import Counted
from kvalitetsapp.domain.report_chapters import TO_COME, Standing, TotalChapters
from kvalitetsapp.domain.words import LinkStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from kvalitetsapp.analysis.report_background import ReportBackground
    from kvalitetsapp.analysis.report_frames import ReportFrames
    from kvalitetsapp.domain.chart_data import Caterpillar, HeatMap
    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.domain.report_data import Share

HEAT: Final = (
    *("reoperation_2y", "revision_2y", "adverse_events_90d", "infection_coded_2y", "dislocation_2y"),
    *("readmission_30d", "death_90d"),
)
_REVIEWED: Final = (LinkStatus.CONFIRMED.value, LinkStatus.REJECTED.value)
_LEAST_YEARS: Final = 2


def standings(source: ReportFrames) -> tuple[Standing, ...]:
    """Return the providers of the scope by volume with what waits for review, a cost, or a claim.

    What can be claimed is what the agreements give of events that nothing is claimed for, on the day of the data.
    """
    events = texts(source.events["index_provider_id"])
    reviewed = among(source.events["status"], *_REVIEWED)
    claims = source.confirmed_claims
    of_claim, missing = texts(claims["provider_id"]), _missing(claims)
    waiting, amount = _unclaimed(source), claims["claimable"].to_numpy(dtype=np.int64)
    by = claims["claim_by"].to_numpy().astype("datetime64[D]")
    soon = waiting & (by >= np.datetime64(source.as_of)) & (by <= np.datetime64(source.as_of + timedelta(TO_COME)))
    late = waiting & (by < np.datetime64(source.as_of))
    counts = source.operations["provider_id"].value_counts()
    found = []
    for provider_id in sorted(counts[counts > 0].index.tolist(), key=lambda key: (-int(counts[key]), str(key))):
        mine, claimed = events == provider_id, of_claim == provider_id
        waits = claimed & soon
        days = claims["claim_by"][waits]
        found.append(
            Standing(
                source.names.get(provider_id, provider_id),
                int(mine.sum()),
                int((mine & reviewed).sum()),
                int((claimed & missing).sum()),
                int(waits.sum()),
                int(amount[waits].sum()),
                str(days.min().date()) if len(days) else "",
                int((claimed & late).sum()),
                int(amount[claimed & late].sum()),
            )
        )
    return tuple(found)


def chapters(source: ReportFrames, background: ReportBackground) -> TotalChapters:
    """Return everything about providers beside each other, but for the recipes."""
    indicator = background.one(REOPERATION)
    if indicator is None or not len(source.operations):
        return TotalChapters(standings(source))
    rows = background.rows(indicator)
    bought = rows[~np.isin(texts(rows["provider_id"]), list(source.own_providers))]
    joints = sorted(set(bought["joint"]))
    usable = {model.joint for model in background.case_mix(indicator).models if expected.is_usable(model)}
    maps, shares = _heat_maps(source, background, indicator, bought)
    return TotalChapters(
        standings(source),
        tuple((joint, _ratios(source, background, indicator, joint)) for joint in joints if joint in usable),
        report_case_mix.adjusted(background.case_mix(indicator), ""),
        maps,
        shares,
    )


def _missing(claims: pd.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.asarray((claims["covered"].to_numpy() == 1) & ~known(claims["cost"]), dtype=np.bool_)


def _unclaimed(source: ReportFrames) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell which events can be claimed by a day, and are not."""
    claims = source.confirmed_claims
    waits = (claims["claimable"].to_numpy(dtype=np.int64) > 0) & claims["claim_by"].notna().to_numpy()
    account = source.claims_account
    if account is None or not len(account):
        return np.asarray(waits, dtype=np.bool_)
    taken = set(zip(account["operation"].tolist(), account["episode"].tolist(), strict=True))
    pairs = zip(claims["operation"].tolist(), claims["episode"].tolist(), strict=True)
    return np.asarray(waits & ~np.array([pair in taken for pair in pairs], dtype=np.bool_), dtype=np.bool_)


def _ratios(source: ReportFrames, background: ReportBackground, indicator: Indicator, joint: str) -> Caterpillar:
    made = caterpillar.ratios("", background.case_mix(indicator), joint, source.names)
    bought = tuple(bar for bar in made.bars if bar.key not in source.own_providers)
    return type(made)(made.title, made.target, made.target_label, bought, made.ratio)


def _heat_maps(
    source: ReportFrames, background: ReportBackground, indicator: Indicator, bought: pd.DataFrame
) -> tuple[tuple[HeatMap, ...], tuple[tuple[str, Share], ...]]:
    """Return providers by indicator and, of several years, by year, with what is behind their cells."""
    parts = [(each, _bought(source, background, each)) for each in _chosen(background)]
    parts = [(each, rows) for each, rows in parts if len(rows)]
    maps: list[HeatMap] = []
    shares: dict[str, Share] = {}
    if parts:
        maps.append(heat_map.provider_by_indicator("", parts, source.names))
        for each, rows in parts:
            shares |= _shares(rows, ("provider_id",), each.indicator_id)
    if len(set(bought["year"])) >= _LEAST_YEARS:
        maps.append(heat_map.provider_by_year("", bought, indicator, source.names))
        shares |= _shares(bought, ("provider_id", "year"), "")
    return tuple(maps), tuple(sorted(shares.items()))


def _chosen(background: ReportBackground) -> Iterator[Indicator]:
    for name in HEAT:
        found = background.one(name)
        if found is not None and found.is_share and found.count.kind is not Counted.PUBLISHED:
            yield found


def _bought(source: ReportFrames, background: ReportBackground, indicator: Indicator) -> pd.DataFrame:
    rows = background.rows(indicator)
    return rows[~np.isin(texts(rows["provider_id"]), list(source.own_providers))].reset_index(drop=True)


def _shares(rows: pd.DataFrame, keys: Sequence[str], last: str) -> Mapping[str, Share]:
    """Return the share behind each cell, by the keys of the cell."""
    found = rows.groupby(list(keys), observed=True)["numerator"].agg(["sum", "count"]).reset_index()
    values = frames.rows(found, (*keys, "sum", "count"))
    return {
        "/".join([*map(str, key), *([last] if last else [])]): share(int(str(events)), int(str(n)))
        for *key, events, n in values
    }
