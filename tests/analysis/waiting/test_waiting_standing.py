"""How a list stands: hand-checked counts, days, quartiles and rates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kvalitetsapp.analysis import population
from kvalitetsapp.analysis.frames import POPULATION, frame
from kvalitetsapp.analysis.waiting import inhabitants, state
from kvalitetsapp.domain.waiting import DEVIATIONS, MISSING, WITHOUT_DEVIATION, WaitingKey, WaitingScope
from support.waiting import Waits, groups, month_end, read

if TYPE_CHECKING:
    from kvalitetsapp.analysis.waiting.inhabitants import Inhabitants

LIST = (
    Waits("1", 90, deviation="none"),
    Waits("2", 91, deviation="mov"),
    Waits("3", 151, deviation="pvv", municipality="0581"),
    Waits("4", 10, deviation=None, code="NGB49"),
    Waits("5", -3, deviation="none", code="XYZ00", county="08", municipality="0880"),
    Waits("6", 200, deviation="none", county=None, municipality=None),
)


def people(**persons: int) -> Inhabitants:
    """Return a population with so many men of 40 to 44 in each municipality, `m0580=...`."""
    n = len(persons)
    rows: dict[str, list[Any]] = {
        "year": [2023] * n,
        "municipality": [name.removeprefix("m") for name in persons],
        "sex": ["male"] * n,
        "age_from": [40] * n,
        "age_to": [44] * n,
        "persons": list(persons.values()),
        "source": ["test"] * n,
        "invented": ["yes"] * n,
    }
    made = frame(POPULATION, rows)
    found = inhabitants.of_year(population.of_day(made, month_end(3)), 2023)
    assert found is not None
    return found


def by_group(by: WaitingKey, scope: WaitingScope | None = None, of: Inhabitants | None = None) -> dict[str, Any]:
    return groups(read({"kö": {3: LIST}}).month(scope, of), by)


def test_a_list_is_counted_with_and_without_medically_caused_and_chosen_waits() -> None:
    whole = state.whole(read({"kö": {3: LIST}}).month())
    assert (whole["waiting"], whole["waiting_without"]) == (6, 4)
    assert [whole[name] for name in ("mov", "pvv", "no_deviation", "missing")] == [1, 1, 3, 1]
    assert (whole["over_90"], whole["over_90_without"]) == (3, 1)  # 90 days is not long, 91 is
    assert (whole["over_150"], whole["over_150_without"]) == (2, 1)
    assert whole["over_90_share"] == pytest.approx(3 / 5)  # of those whose days are known
    assert whole["over_90_without_share"] == pytest.approx(1 / 3)
    assert whole["mov_share"] == pytest.approx(1 / 6)
    assert whole["per_100k"] == ""


def test_days_are_told_by_median_and_quartiles_of_those_whose_days_are_known() -> None:
    whole = state.whole(read({"kö": {3: LIST}}).month())  # 10, 90, 91, 151, 200 · without: 10, 90, 200
    assert [whole[name] for name in ("p25", "median", "p75", "longest")] == ["90.0", "91.0", "151.0", 200]
    assert [whole[f"{name}_without"] for name in ("p25", "median", "p75", "longest")] == ["50.0", "90.0", "145.0", 200]


def test_groups_stand_with_the_largest_first_and_what_is_missing_has_a_group_of_its_own() -> None:
    areas = by_group(WaitingKey.AREA)
    assert [(key, row["waiting"]) for key, row in areas.items()] == [("Höft", 4), ("Knä", 1), (MISSING, 1)]
    assert areas[MISSING]["median"] == ""
    assert areas[MISSING]["longest"] is None
    assert list(by_group(WaitingKey.DEVIATION)) == list(DEVIATIONS)
    assert {key: row["waiting"] for key, row in by_group(WaitingKey.COUNTY).items()} == {"05": 4, "08": 1, MISSING: 1}


def test_a_county_that_is_not_told_is_that_of_the_municipality() -> None:
    month = read({"kö": {3: [Waits("1", county=None, municipality="0880"), Waits("2", county="Kalmar")]}}).month()
    assert {key: row["waiting"] for key, row in groups(month, WaitingKey.COUNTY).items()} == {"08": 2}


def test_a_scope_means_what_it_says_and_missing_is_what_is_not_there() -> None:
    made = read({"kö": {3: LIST}})
    assert len(made.month(WaitingScope(area="Höft")).those) == 4
    assert len(made.month(WaitingScope(area=MISSING)).those) == 1
    assert len(made.month(WaitingScope(county=MISSING)).those) == 1
    assert len(made.month(WaitingScope(municipality="0581", code="NFB49")).those) == 1
    assert len(made.month(WaitingScope(deviations=WITHOUT_DEVIATION)).those) == 4
    assert len(made.month(WaitingScope(county="25")).those) == 0


def test_the_rate_leaves_out_a_municipality_that_the_population_lacks_on_both_sides() -> None:
    of = people(m0580=1_000, m0880=500)  # nothing of Norrköping
    by = by_group(WaitingKey.COUNTY, of=of)
    assert (by["05"]["waiting"], by["05"]["in_rate"], by["05"]["population"]) == (4, 3, 1_000)
    assert by["05"]["per_100k"] == "300.0"
    assert by["08"]["per_100k"] == "200.0"
    assert by[MISSING]["per_100k"] == ""
    places = by_group(WaitingKey.MUNICIPALITY, of=of)
    assert (places["0581"]["per_100k"], places["0581"]["population"]) == ("", None)
    assert by_group(WaitingKey.PROVIDER, of=of)["OSD"]["per_100k"] == ""
    area = by_group(WaitingKey.AREA, WaitingScope(county="05"), of)["Höft"]
    assert (area["in_rate"], area["population"], area["per_100k_without"]) == (2, 1_000, "100.0")


def test_an_age_group_that_the_population_reaches_across_has_no_rate() -> None:
    rows: dict[str, list[Any]] = {"year": [2023], "municipality": ["0580"], "sex": ["male"], "age_from": [40]}
    made = frame(POPULATION, rows | {"age_to": [50], "persons": [10], "source": ["test"], "invented": [""]})
    found = inhabitants.of_year(population.of_day(made, month_end(3)), 2023)
    assert found is not None
    assert found.unclear == {"20-44", "45-54"}
    assert not found.invented


def test_whoever_waits_without_municipality_counts_in_the_county() -> None:
    month = read({"kö": {3: [Waits("1", municipality=None), Waits("2", municipality="0581")]}}).month(
        people=people(m0580=100)
    )
    ((key, row),) = groups(month, WaitingKey.COUNTY).items()
    assert (key, row["waiting"], row["in_rate"], row["per_100k"]) == ("05", 2, 1, "1000.0")
