"""Every rule of data quality that is worked out, over a million episodes that do not exist: seconds by rule."""

from __future__ import annotations

import time
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from kvalitetsapp import settings
from kvalitetsapp.analysis import frames, linking
from kvalitetsapp.analysis.quality import deliveries, registry
from kvalitetsapp.domain import families
from kvalitetsapp.exchange.code_tables import read_code_tables
from kvalitetsapp.exchange.quality_rules import read_quality_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kvalitetsapp.domain.quality import QualityRules

EPISODES: Final = 1_000_000
_PERSONS: Final = 400_000
_FIRST_DAY: Final = np.datetime64("2015-01-01", "s")
_PROCEDURES: Final = (
    "",
    "AA001",
    "AA002",
    "AA003",
    "NFB49 ZXA00",
    "NGB49 ZXA05",
    "NFC49 ZXA00",
    "NGB49",
    "NFB49 ZXA00 ZXA05",
    "NFB77",
)
_DIAGNOSES: Final = ("M169", "M179", "T845F", "T845G", "I109", "Z966", "", "HÖFT")


def made() -> SimpleNamespace:
    """Return everything that rules look at, with flaws of every kind."""
    random = np.random.default_rng(1)
    day = random.integers(0, 3_650, EPISODES)
    admitted = _FIRST_DAY + day.astype("timedelta64[D]").astype("timedelta64[s]")
    stay = random.integers(0, 6, EPISODES)
    cost = pd.array(random.integers(0, 200_000_00, EPISODES), dtype="Int64")
    cost[random.random(EPISODES) < 0.3] = pd.NA
    episodes = pd.DataFrame(
        {
            "episode": np.arange(1, EPISODES + 1),
            "episode_ref": [f"{'bok' if number % 9 else 'fil'}/{number}" for number in range(EPISODES)],
            "person": random.integers(0, _PERSONS, EPISODES),
            "provider_id": _coded(random.integers(0, 12, EPISODES), [f"P{number:02d}" for number in range(12)]),
            "payer_route": _coded(random.integers(0, 2, EPISODES), ["own", "contract"]),
            "care_form": _coded(random.integers(0, 2, EPISODES), ["inpatient", "outpatient"]),
            "admitted": admitted,
            "discharged": admitted + stay.astype("timedelta64[D]").astype("timedelta64[s]"),
            "procedure_date": admitted,
            "main_diagnosis": _coded(random.integers(0, len(_DIAGNOSES), EPISODES), _DIAGNOSES),
            "other_diagnoses": _coded(
                random.integers(0, 20_000, EPISODES), [f"I{n % 100:02d}{n % 7} E{n // 100:03d}" for n in range(20_000)]
            ),
            "procedures": _coded(random.integers(0, len(_PROCEDURES), EPISODES), _PROCEDURES),
            "cost": cost,
        }
    )
    return _with_the_rest(episodes, random)


def _with_the_rest(episodes: pd.DataFrame, random: np.random.Generator) -> SimpleNamespace:
    count = 300_000
    tables = read_code_tables(settings.resources_dir(), families.from_start())
    details = pd.DataFrame(
        {
            "episode": random.integers(1, EPISODES, count),
            "code": _coded(random.integers(0, 2, count), ["NFB49", "NGB49"]),
            "side": _coded(random.integers(0, 3, count), ["", "right", "left"]),
            "performed_on": episodes["admitted"].to_numpy()[:count],
        }
    )
    verdicts, pins = (frames.frame(shape, {name: [] for name in shape}) for shape in (frames.VERDICTS, frames.PINS))
    run = linking.run(episodes, details, verdicts, pins, tables)
    born = np.datetime64("1950-01-01", "s") + random.integers(-9_000, 20_000, _PERSONS).astype("timedelta64[D]")
    nothing = np.full(_PERSONS, np.datetime64("NaT", "s"))
    died = born + np.int64(25_000).astype("timedelta64[D]")
    sexes = _coded(random.integers(0, 2, _PERSONS), ["male", "female"])
    persons = {"person": np.arange(_PERSONS), "sex": sexes, "birth_date": born, "death_date": died}
    return SimpleNamespace(
        episodes=episodes,
        prices=pd.DataFrame({"episode": episodes["episode"], "price": episodes["cost"]}),
        details=details,
        persons=pd.DataFrame({**persons, "moved_out": nothing}),
        numbers=pd.DataFrame(
            {**persons, "identity": np.arange(_PERSONS), "number_sex": sexes, "number_birth": np.roll(born, 1)}
        ),
        providers=pd.DataFrame({"provider_id": ["P00", "P01"], "name": ["A", "B"], "kind": ["own", "private"]}),
        index_operations=run.index_operations,
        links=run.links,
        agreements=[],
        code_tables=tables,
        sites=_rules().sites,
        data_cut=date(2025, 1, 5),
    )


def show() -> None:
    """Print how long every rule takes, and how much it points out."""
    sources, rules = made(), _rules()
    total = 0.0
    for name, function in registry.FUNCTIONS.items():
        rule = rules.rule(name)
        begun = time.perf_counter()
        rows = function(sources, {} if rule is None else rule.defaults())
        seconds = time.perf_counter() - begun
        total += seconds
        print(f"{name:30} {len(rows):>9,} rows {seconds:8.3f} s")
    begun = time.perf_counter()
    deliveries.by_month(sources, "all")
    print(f"{'coverage':30} {'':>14} {time.perf_counter() - begun:8.3f} s\n{'every rule':30} {'':>14} {total:8.3f} s")


def _rules() -> QualityRules:
    return read_quality_rules(settings.resources_dir() / "quality" / "rules.toml")


def _coded(codes: NDArray[Any], words: Sequence[str]) -> pd.Categorical[str]:
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(dict.fromkeys(words)), dtype="str"))


if __name__ == "__main__":
    show()
