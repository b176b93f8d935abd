"""Who was operated on beside all purchased care, how complete that is known, and what it makes to be expected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kvalitetsapp.analysis import cohorts
from kvalitetsapp.analysis.columns import day_numbers, known, places, texts
from kvalitetsapp.analysis.expected import DIAGNOSES, diagnosis_group, is_usable
from kvalitetsapp.analysis.report_outcomes import share
from kvalitetsapp.domain.report_chapters import Adjusted, Delivered, MixRow
from kvalitetsapp.domain.words import AGE_GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from kvalitetsapp.analysis.columns import Flags, Texts
    from kvalitetsapp.analysis.report_frames import ReportFrames
    from kvalitetsapp.domain.case_mix import CaseMix
    from kvalitetsapp.domain.report_chapters import IndicatorFigure

_LEVELS: Final = {
    "age_group": (*AGE_GROUPS, ""),
    "sex": ("female", "male", ""),
    "diagnosis_group": DIAGNOSES,
}


def mix(source: ReportFrames) -> tuple[MixRow, ...]:
    """Return the operations by age, sex and diagnosis of the index stay: the scope's and all purchased ones."""
    mine, purchased = _groups(source, source.operations), _groups(source, source.purchased)
    return tuple(
        MixRow(variable, level, own, everyone)
        for variable, levels in _LEVELS.items()
        for level in levels
        if (own := int((mine[variable] == level).sum())) + (everyone := int((purchased[variable] == level).sum()))
    )


def delivered(
    source: ReportFrames, unlinkable: Iterable[int], found: Sequence[IndicatorFigure], not_reported: Sequence[str]
) -> Delivered:
    """Return how complete what is known of the operations of the scope is."""
    operations = source.operations
    gone = np.isin(operations["person"].to_numpy(), list(unlinkable))
    n = len(operations)
    empty, last = _months(operations)
    return Delivered(
        share(int((~gone).sum()), n),
        tuple((name, share(int(missing.sum()), n)) for name, missing in _missing(source).items()),
        empty,
        last,
        _nothing_happened(found),
        tuple(not_reported),
    )


def adjusted(case_mix: CaseMix, provider_id: str) -> tuple[Adjusted, ...]:
    """Return observed against expected of one provider, or with "" only the models."""
    mine = {one.joint: one for one in case_mix.providers if one.provider_id == provider_id}
    made = []
    for model in case_mix.models:
        one = mine.get(model.joint)
        if one is None and provider_id:
            continue
        told = one is not None and is_usable(model)
        ratio = (one.expected, one.ratio, one.ratio_low, one.ratio_high) if one and told else (None,) * 4
        counts = (model.operations, model.events) if one is None else (one.operations, one.observed)
        discrimination = model.discrimination if is_usable(model) else None
        quality = (discrimination, model.calibration_p, model.events_per_parameter)
        made.append(Adjusted(model.joint, *counts, *ratio, model.operations, model.events, *quality, model.unknown))
    return tuple(made)


def _groups(source: ReportFrames, operations: pd.DataFrame) -> dict[str, Texts]:
    return {
        "age_group": texts(_series(cohorts.age_group(operations, source.persons))),
        "sex": cohorts.sex(operations, source.persons),
        "diagnosis_group": diagnosis_group(_main_diagnosis(source, operations)),
    }


def _main_diagnosis(source: ReportFrames, operations: pd.DataFrame) -> pd.Series[str]:
    at = places(source.episodes["episode"].to_numpy(), operations["episode"].to_numpy())
    return _series(source.episodes["main_diagnosis"].array.take(at, allow_fill=True))


def _missing(source: ReportFrames) -> dict[str, Flags]:
    """Return which operations of the scope lack a variable, by its code."""
    operations = source.operations
    of_groups = _groups(source, operations)
    details = source.details.set_index("operation")
    price = details["price"].reindex(operations["operation"])
    unit = details["unit"].reindex(operations["operation"])
    return {
        "age": of_groups["age_group"] == "",
        "sex": of_groups["sex"] == "",
        "side": cohorts.side_missing(operations),
        "main_diagnosis": of_groups["diagnosis_group"] == "",
        "payer_route": np.isin(texts(operations["payer_route"]), ["", "unknown"]),
        "unit": np.asarray(unit.fillna("").to_numpy() == "", dtype=np.bool_),
        "price": ~known(price),
    }


def _months(operations: pd.DataFrame) -> tuple[int, str]:
    """Return how many months between the first and the last with an operation have none, and that last month."""
    days = day_numbers(operations["operated_on"])
    if not len(days):
        return 0, ""
    month = np.unique(days.astype("datetime64[D]").astype("datetime64[M]"))
    span = int((month[-1] - month[0]).astype(np.int64)) + 1
    return span - len(month), str(month[-1])


def _nothing_happened(found: Sequence[IndicatorFigure]) -> tuple[str, ...]:
    events: dict[str, int] = {}
    for one in found:
        if one.is_share and one.events is not None:
            events[one.name] = events.get(one.name, 0) + one.events
    return tuple(name for name, count in events.items() if not count)


def _series(values: Any) -> pd.Series[Any]:  # noqa: ANN401 - any array of pandas
    import pandas as pd

    return pd.Series(values)
