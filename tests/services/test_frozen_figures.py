"""A figure that was kept: what it was, what it is now, and whether the same day still gives it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain import frozen_figure
from kvalitetsapp.domain.frozen_figure import FigureChange, FrozenFigure
from kvalitetsapp.domain.outcome_choice import OutcomeScope
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import frozen_figures, outcome_figures
from support import reviewing
from support.county_store import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

TWO_YEARS = "reoperation_2y"
SCOPE = OutcomeScope(joint="hip", provider_id="P01")
PRINTED = """country;level;unit;joint;indicator;value;unit_of_value;n;period;source;note
SE;national;;hip;patient_satisfaction;91;percent;;2025;påhittad;
SE;provider;P01;hip;patient_satisfaction;97;percent;300;2025;påhittad;
"""


@pytest.fixture(scope="module")
def workspace(county_store: Path) -> Iterator[Workspace]:
    with opened(county_store, write=False) as each:
        yield each


@pytest.fixture(scope="module")
def frozen(workspace: Workspace) -> FrozenFigure:
    return frozen_figures.freeze(workspace, TWO_YEARS, SCOPE)


def test_what_is_kept_is_what_the_page_shows(workspace: Workspace, frozen: FrozenFigure) -> None:
    shown = outcome_figures.figures(workspace, TWO_YEARS, SCOPE, ())
    assert shown.whole is not None
    assert (frozen.n, frozen.events, frozen.value) == tuple(shown.whole[name] for name in ("n", "events", "value"))
    assert frozen.as_of == shown.latest
    assert frozen.of_scope() == SCOPE
    assert frozen.scope["provider_name"] == dict(outcome_figures.choices(workspace).providers)["P01"]


def test_it_is_the_same_when_read_out_of_a_paper(frozen: FrozenFigure) -> None:
    kept = json.loads(json.dumps(frozen.contents()))
    assert frozen_figure.of_contents({**kept, "of_a_later_version": 1}) == frozen


def test_the_mark_is_of_letters_so_that_no_number_of_a_person_is_seen_in_it(frozen: FrozenFigure) -> None:
    assert frozen.fingerprint.isalpha()
    assert len(frozen.fingerprint) == 32


def test_the_same_data_give_the_same_figure(workspace: Workspace, frozen: FrozenFigure) -> None:
    found = frozen_figures.compare(workspace, frozen)
    assert (found.change, found.reproduced, found.now) == (FigureChange.UNCHANGED, True, frozen)


def test_a_figure_of_an_earlier_day_has_changed_but_is_given_again_for_its_day(workspace: Workspace) -> None:
    latest = outcome_figures.choices(workspace).latest
    assert latest is not None
    earlier = frozen_figures.freeze(workspace, TWO_YEARS, replace(SCOPE, as_of=latest - timedelta(days=400)))
    found = frozen_figures.compare(workspace, earlier)
    assert (found.change, found.reproduced) == (FigureChange.CHANGED, True)
    assert found.now is not None
    assert (found.now.n or 0) > (earlier.n or 0)


def test_a_figure_whose_operations_are_others_is_not_given_again(workspace: Workspace, frozen: FrozenFigure) -> None:
    other = replace(frozen, fingerprint="a" * 32)
    found = frozen_figures.compare(workspace, other)
    assert (found.change, found.reproduced) == (FigureChange.SAME_VALUE, False)
    assert frozen_figures.compare(workspace, replace(other, events=1)).change is FigureChange.CHANGED


def test_a_figure_of_an_indicator_that_is_gone_is_kept_and_told_as_such(
    workspace: Workspace, frozen: FrozenFigure
) -> None:
    found = frozen_figures.compare(workspace, replace(frozen, indicator_id="borttagen"))
    assert (found.change, found.now, found.reproduced) == (FigureChange.GONE, None, None)
    with pytest.raises(InputError):
        frozen_figures.freeze(workspace, "borttagen", SCOPE)


def test_what_is_printed_is_the_providers_own_and_the_nations_is_nobodys(county_copy: Path, tmp_path: Path) -> None:
    with opened(county_copy) as workspace:
        reviewing.take(workspace, tmp_path, "benchmarks", PRINTED)
        scopes = [OutcomeScope("hip", provider_id=each) for each in ("P01", "P02", "")]
        figures = [frozen_figures.freeze(workspace, "patient_satisfaction", scope) for scope in scopes]
        assert [(one.value, one.n) for one in figures] == [(0.97, 300), (None, None), (None, None)]
        found = frozen_figures.compare(workspace, figures[0])
        assert (found.change, found.now) == (FigureChange.UNCHANGED, figures[0])


def test_a_figure_is_told_in_words() -> None:
    scope = {"joint": "hip", "prosthesis": "", "provider_id": "P01", "provider_name": "Kliniken"}
    one = FrozenFigure(
        *("a", "1", "Omoperation", "share", scope, date(2024, 1, 1), 1412, 45, 0.0319, 0.0238, 0.0424, 0.03),
        *("small_n", "x", "%"),
    )
    assert frozen_figure.value_text(one) == "3,2\u00a0%"
    assert frozen_figure.interval_text(one) == "2,4–4,2"
    assert frozen_figure.count_text(one) == "45 av 1\u00a0412"
    assert frozen_figure.benchmark_text(one) == "3,0\u00a0%"
    assert frozen_figure.scope_text(one) == "Kliniken, höft"
    assert frozen_figure.remarks_text(one) == "Obs: få operationer"
    nothing = replace(one, value=None, ci_low=None, benchmark=None, events=None, scope={})
    assert frozen_figure.value_text(nothing) == "–"
    assert frozen_figure.interval_text(nothing) + frozen_figure.benchmark_text(nothing) == ""
    assert frozen_figure.count_text(nothing) == "1\u00a0412 operationer"
    assert frozen_figure.scope_text(nothing) == "All köpt vård"
