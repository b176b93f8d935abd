"""Observed against expected with age, sex, diagnosis and year taken into account (indirect standardisation).

A logistic model of each joint gives every operation its probability; the sum over a provider's operations is what its
case mix would give at the average of everyone. Source: Breslow & Day, Statistical Methods in Cancer Research II
(1987), p. 69; Ash et al., Statistical Issues in Assessing Hospital Performance (COPSS–CMS 2012).

The model:
- age in whole years as a restricted cubic spline with knots at 55, 70 and 82 years, two parameters (Harrell,
  Regression Modeling Strategies, 2.4.5). Groups would cost twice as many and call all within ten years alike; a
  straight line cannot rise at both ends, as risk after a replacement does. The knots are fixed, so that a new delivery
  does not move the model. No age is a category of its own.
- sex, diagnosis of the index stay, and calendar year of operation as categories, the most common being the reference.

Providers are not in the model, so that what they do differently is not explained away. A provider's own operations
are: one that has most of all operations is compared with itself, and its ratio lies nearer 1 than it should.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from kvalitetsapp.analysis import cohorts, logistic
from kvalitetsapp.analysis.columns import coded, texts
from kvalitetsapp.domain.case_mix import CalibrationRow, CaseMix, CaseMixModel, Coefficient, Standardised

if TYPE_CHECKING:
    import numpy.typing as npt

    from kvalitetsapp.analysis.columns import Flags, Floats, Ints, Texts
    from kvalitetsapp.analysis.logistic import Fit

    Days = npt.NDArray[np.datetime64]

KNOTS: Final = (55.0, 70.0, 82.0)
_CENTRE: Final = 70.0
NO_AGE: Final = -1
_OLDEST: Final = 130
DIAGNOSES: Final = ("osteoarthritis", "fracture", "inflammatory", "other", "")
_BEGINNINGS: Final = (("osteoarthritis", ("M16", "M17")), ("fracture", ("S72",)))
_INFLAMMATORY: Final = ("M05", "M14")
_CLASSES: Final = 10
LEAST_PER_PARAMETER: Final = 2.0


def diagnosis_group(main_diagnosis: pd.Series[str]) -> Texts:
    """Return the group of each main diagnosis: M16–M17, S72, M05–M14, other, or "" where none is told."""
    place, distinct = coded(main_diagnosis)
    return np.array([_group(str(code)) for code in distinct], dtype=object)[place]


def cases(
    members: pd.DataFrame, index_operations: pd.DataFrame, persons: pd.DataFrame, episodes: pd.DataFrame
) -> pd.DataFrame:
    """Return what the model needs of the members of a share that count (`indicators.members`).

    Columns: operation int64 · provider_id, joint, sex, diagnosis str ("" = unknown) · age int64 (`NO_AGE`) ·
    year int64 · numerator bool.
    """
    chosen = members[members["counted"].to_numpy(dtype=np.bool_)]
    place = pd.Index(index_operations["operation"]).get_indexer(pd.Index(chosen["operation"]))
    chosen, mine = chosen[place >= 0], index_operations.iloc[place[place >= 0]]
    main = episodes.set_index("episode")["main_diagnosis"].reindex(mine["episode"].to_numpy())
    return pd.DataFrame(
        {
            "operation": mine["operation"].to_numpy(),
            "provider_id": texts(mine["provider_id"]),
            "joint": texts(mine["joint"]),
            "sex": cohorts.sex(mine, persons),
            "diagnosis": diagnosis_group(main),
            "age": _age(mine, persons),
            "year": cohorts.years(mine["operated_on"]),
            "numerator": chosen["value"].to_numpy(dtype=np.float64) > 0,
        }
    )


def standardise(found: pd.DataFrame) -> CaseMix:
    """Return models and providers' figures of `cases`, joint by joint; of nothing there are none of either."""
    models, providers = [], []
    for joint in sorted(set(found["joint"])):
        mine = found[found["joint"].to_numpy() == joint].reset_index(drop=True)
        model, fitted = model_of(mine, joint)
        models.append(model)
        providers += _standardised(mine, joint, fitted if model.converged else None)
    return CaseMix(tuple(models), tuple(providers))


def model_of(found: pd.DataFrame, joint: str = "") -> tuple[CaseMixModel, Floats]:
    """Return the model of `cases` of one joint and each row's fitted probability."""
    pattern = cohorts.group(found[["age", "sex", "diagnosis", "year"]])
    n = pattern.count()
    events = pattern.count(found["numerator"].to_numpy(dtype=np.bool_))
    names, design = _design(pattern.keys, n)
    fit = logistic.fit(design, events, n)
    rows = _calibration(fit.fitted, events, n) if fit.converged else ()
    unknown = (found["age"] == NO_AGE) | (found["sex"] == "") | (found["diagnosis"] == "")
    model = CaseMixModel(
        joint,
        int(n.sum()),
        int(events.sum()),
        fit.converged,
        fit.iterations,
        _coefficients(names, fit),
        rows,
        _calibration_p(rows),
        discrimination(fit.fitted, events, n) if fit.converged else None,
        int(unknown.sum()),
    )
    return model, fit.fitted[pattern.of_row]


def risks(found: pd.DataFrame) -> pd.Series[float]:
    """Return the fitted probability of each operation of `cases`, by its number; none where no model is usable."""
    made: list[pd.Series[float]] = [pd.Series(dtype=np.float64)]
    for joint in sorted(set(found["joint"])):
        mine = found[found["joint"].to_numpy() == joint].reset_index(drop=True)
        model, fitted = model_of(mine, joint)
        if is_usable(model):
            made.append(pd.Series(fitted, index=mine["operation"].to_numpy()))
    return pd.concat(made[1:]) if len(made) > 1 else made[0]


def is_usable(model: CaseMixModel) -> bool:
    """Tell whether anything may be expected by a model: it converged, on more than a few events per parameter."""
    per_parameter = model.events_per_parameter
    return model.converged and (per_parameter is None or per_parameter >= LEAST_PER_PARAMETER)


def poisson_interval(observed: Ints) -> tuple[Floats, Floats]:
    """Return the exact 95 % interval of a count (Garwood, Biometrika 1936;28:437)."""
    from scipy.special import gammaincinv

    count = observed.astype(np.float64)
    low = gammaincinv(np.maximum(count, 1), 0.025)
    return np.where(count == 0, 0.0, low), np.asarray(gammaincinv(count + 1, 0.975), dtype=np.float64)


def discrimination(fitted: Floats, events: Ints, n: Ints) -> float | None:
    """Return the area under the ROC curve of grouped rows, None where all or none have an event."""
    order = np.argsort(fitted, kind="stable")
    risk, place = np.unique(fitted[order], return_inverse=True)
    ill = np.bincount(place, weights=events[order], minlength=len(risk))
    well = np.bincount(place, weights=(n - events)[order], minlength=len(risk))
    pairs = float(ill.sum() * well.sum())
    below = np.cumsum(well) - well
    return float((ill * (below + well / 2)).sum() / pairs) if pairs else None


def _group(code: str) -> str:
    for name, beginnings in _BEGINNINGS:
        if code.startswith(beginnings):
            return name
    first, last = _INFLAMMATORY
    if first <= code[:3] <= last:
        return "inflammatory"
    return "other" if code else ""


def _age(index_operations: pd.DataFrame, persons: pd.DataFrame) -> Ints:
    """Return whole years at the operation; none where the birth date is missing or gives no human age."""
    birth = cohorts.of_person(index_operations, persons, "birth_date").to_numpy().astype("datetime64[D]")
    day = index_operations["operated_on"].to_numpy().astype("datetime64[D]")
    is_known = ~np.isnat(birth)
    born = np.where(is_known, birth, day)
    age = _year(day) - _year(born) - (_day_of_year(day) < _day_of_year(born))
    return np.where(is_known & (age >= 0) & (age <= _OLDEST), age, NO_AGE)


def _year(day: Days) -> Ints:
    return np.asarray(day.astype("datetime64[Y]").astype(np.int64))


def _day_of_year(day: Days) -> Ints:
    """Return month and day as a number that orders the days of any year."""
    month = day.astype("datetime64[M]")
    return np.asarray(month.astype(np.int64) % 12 * 31 + (day - month).astype(np.int64))


def _design(keys: pd.DataFrame, n: Ints) -> tuple[list[str], Floats]:
    """Return names and columns of the model, the intercept first; what does not vary has no column."""
    names, columns = ["intercept"], [np.ones(len(keys))]
    age = keys["age"].to_numpy().astype(np.float64)  # keys are texts
    is_known = age != NO_AGE
    for name, column in zip(("age_10", "age_bend"), _spline(age, is_known), strict=True):
        if len(set(column[is_known].tolist())) > 1:
            names.append(name)
            columns.append(column)
    if is_known.any() and not is_known.all():
        names.append("age_unknown")
        columns.append((~is_known).astype(np.float64))
    for key in ("sex", "diagnosis", "year"):
        more = _indicators(key, keys[key].to_numpy(), n)
        names += more
        columns += list(more.values())
    return names, np.column_stack(columns)


def _spline(age: Floats, is_known: Flags) -> tuple[Floats, Floats]:
    """Return tens of years from 70 and the restricted cubic term, both 0 where no age is known."""
    first, middle, last = KNOTS

    def cubed(knot: float) -> Floats:
        return np.maximum(age - knot, 0.0) ** 3

    bend = cubed(first) - cubed(middle) * (last - first) / (last - middle)
    bend = (bend + cubed(last) * (middle - first) / (last - middle)) / (last - first) ** 2 / 10
    return np.where(is_known, (age - _CENTRE) / 10, 0.0), np.where(is_known, bend, 0.0)


def _indicators(key: str, values: Texts | Ints, n: Ints) -> dict[str, Floats]:
    distinct, place = np.unique(values.astype(str), return_inverse=True)
    reference = int(np.argmax(np.bincount(place, weights=n, minlength=len(distinct)))) if len(distinct) else 0
    kept = (number for number in range(len(distinct)) if number != reference)
    return {f"{key}_{distinct[number] or 'unknown'}": (place == number).astype(np.float64) for number in kept}


def _coefficients(names: list[str], fit: Fit) -> tuple[Coefficient, ...]:
    if not fit.converged:
        return ()
    rows = zip(names, fit.coefficients.tolist(), fit.errors.tolist(), strict=True)
    return tuple(Coefficient(*row) for row in rows)


def _calibration(fitted: Floats, events: Ints, n: Ints) -> tuple[CalibrationRow, ...]:
    """Return tenths of the operations by risk (Hosmer & Lemeshow 1980); operations of equal risk are kept together."""
    order = np.argsort(fitted, kind="stable")
    middle = np.cumsum(n[order]) - n[order] / 2
    tenth = np.minimum((middle * _CLASSES / n.sum()).astype(np.int64), _CLASSES - 1)
    rows = []
    for number in np.unique(tenth).tolist():
        mine = order[tenth == number]
        expected = float((fitted[mine] * n[mine]).sum())
        risks = fitted[mine]
        counts = int(n[mine].sum()), int(events[mine].sum())
        rows.append(CalibrationRow(*counts, expected, float(risks.min()), float(risks.max())))
    return tuple(rows)


def _calibration_p(rows: tuple[CalibrationRow, ...]) -> float | None:
    """Return P of the Hosmer–Lemeshow statistic with classes − 2 degrees of freedom; None of fewer than three."""
    from scipy.special import chdtrc

    if len(rows) < 3:
        return None
    total = 0.0
    for row in rows:
        variance = row.expected * (1 - row.expected / row.operations)
        total += (row.observed - row.expected) ** 2 / variance if variance > 0 else 0.0
    return float(chdtrc(len(rows) - 2, total))


def _standardised(found: pd.DataFrame, joint: str, fitted: Floats | None) -> list[Standardised]:
    """Return the providers of a joint by volume; the interval takes the expected number as known."""
    providers = cohorts.group(found[["provider_id"]])
    n = providers.count()
    numerator = found["numerator"].to_numpy(dtype=np.bool_)
    observed = providers.count(numerator)
    low, high = poisson_interval(observed)
    overall = numerator.mean() if len(found) else 0.0
    sums = None if fitted is None else np.bincount(providers.of_row, weights=fitted, minlength=len(n))
    rows = []
    for place, name in enumerate(providers.keys["provider_id"].tolist()):
        expected = None if sums is None else float(sums[place])
        told = tuple(float(value[place]) for value in (observed, low, high))
        ratios = tuple(value / expected for value in told) if expected else (None, None, None)
        rates = tuple(None if ratio is None else min(ratio * float(overall), 1.0) for ratio in ratios)
        rows.append(Standardised(name, joint, int(n[place]), int(observed[place]), expected, *ratios, *rates))
    return sorted(rows, key=lambda row: (-row.operations, row.provider_id))
