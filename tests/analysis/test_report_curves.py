"""R10 and R11: a report's funnels with what is more than chance, its curves with death competing beside them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.analysis import report_outcomes, survival
from kvalitetsapp.analysis.report_frames import ReportFrames
from support.made_frames import OPERATED, PROVIDERS, benchmarks, episodes, link, links, operation, operations, persons

if TYPE_CHECKING:
    import pandas as pd

AS_OF = OPERATED + timedelta(days=900)


def source(people: int) -> ReportFrames:
    """Return hips of which every fifth is revised and every fourth patient dies, on different days."""
    done = operations(*(operation() for _ in range(people)))
    events = links(done, *(link(number, 300 + number) for number in range(0, people, 5)))
    death = [{"death_date": str(OPERATED + timedelta(days=100 + n))} if n % 4 == 0 else {} for n in range(people)]
    nothing = episodes()
    return ReportFrames(done, events, nothing, persons(*death), PROVIDERS, benchmarks(), [], details(done), AS_OF)


def details(done: pd.DataFrame) -> pd.DataFrame:
    return done[["operation"]].assign(price=None, unit="")


def test_r11_incidence_and_deaths_stand_beside_the_curve() -> None:
    made = source(80)
    curve = report_outcomes.curves(made).curves[0]
    days = [step.day for step in curve.steps[:-1]]
    found = survival.summary(made.operations, made.links, made.persons, by=[], at=days, as_of=AS_OF)
    assert [step.incidence for step in curve.steps[:-1]] == pytest.approx(found["cif"].tolist())
    assert 0 < (curve.steps[-1].incidence or 0) < curve.steps[-1].value
    assert curve.risk[-1].deaths == int(found["deaths"].iloc[-1])


def test_r11_the_least_at_risk_is_what_is_asked_for() -> None:
    made = source(80)
    cut = report_outcomes.curves(made, 58).curves[0]
    assert report_outcomes.curves(made, 81).too_small == ("hip",)
    assert cut.steps[-1].day < report_outcomes.curves(made).curves[0].steps[-1].day
    assert report_outcomes.curves(made, 58).least_at_risk == 58
    assert report_outcomes.curves(source(0)).curves == ()


def test_r10_of_ten_providers_the_funnel_tells_how_much_more_they_differ_than_chance_gives() -> None:
    done = operations(*(operation(provider_id=f"P{number % 10:02d}") for number in range(600)))
    events = links(done, *(link(number, 30) for number in range(0, 600, 10)))  # all of them at one provider
    some = ReportFrames(done, events, episodes(), persons(), PROVIDERS, benchmarks(), [], details(done), AS_OF)
    made = report_outcomes.funnels(some, named=True)[0]
    assert made.overdispersion is not None
    assert (made.overdispersion.units, len(made.overdispersion.widened)) == (10, len(made.limits))
    assert made.overdispersion.phi == pytest.approx(60 * 0.1 / 0.9)  # the one far out is drawn in to the others
    assert report_outcomes.funnels(source(80), named=True)[0].overdispersion is None
