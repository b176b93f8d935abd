"""A user's own indicators: made, changed with a reason, withdrawn, taken in from files, undone; versions stay."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.indicator import OWN
from kvalitetsapp.domain.indicator_form import IndicatorForm, form_of
from kvalitetsapp.domain.indicator_tables import INDICATOR_VALUES
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.exchange.indicator_writing import written
from kvalitetsapp.services import indicators, undo_steps
from kvalitetsapp.services.workspace import create_workspace
from kvalitetsapp.store import audit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.services.workspace import Workspace

FORM = IndicatorForm(
    indicator_id="late_visits",
    name="Sena besök",
    purpose="a",
    numerator="b",
    denominator="c",
    exclusions="Inga",
    source="d",
    classes=("wound",),
    last="90",
)
WHY = "Beslut i ledningsgruppen"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with create_workspace(tmp_path_factory.mktemp("own") / "a.kvdb", "lösenfras") as made:
        yield made


@pytest.fixture
def workspace(store: Workspace) -> Workspace:
    """Return the store with all own indicators withdrawn and a user who has done nothing in it."""
    for one in indicators.all_indicators(store):
        if one.family == OWN:
            indicators.withdraw_own(store, one.indicator_id, WHY)
    store.user = f"OL{len(audit.entries(store.store)):03d}"
    return store


@pytest.fixture
def form(workspace: Workspace) -> IndicatorForm:
    """Return a recipe of an indicator that no other test makes."""
    return replace(FORM, indicator_id=f"visits_{workspace.user.lower()}")


def added(workspace: Workspace, form: IndicatorForm) -> Indicator:
    done = indicators.add_own(workspace, form)
    assert done.indicator is not None, done.faults
    return done.indicator


def own(workspace: Workspace) -> list[tuple[str, str]]:
    found = (one for one in indicators.all_indicators(workspace) if one.family == OWN)
    return [(one.version, one.name) for one in found]


def test_those_that_come_along_are_there_from_the_start(workspace: Workspace) -> None:
    found = indicators.all_indicators(workspace)
    assert {one.family for one in found} == {"outcomes", "shoulder"}
    assert found[0].indicator_id == "reoperation_30d"
    assert len(indicators.listed(workspace).rows) == len(found)
    assert ("Version", "1") in indicators.recipe(workspace, "death_90d")
    assert {row[0] for row in indicators.recipes_table(workspace, ["death_90d", "prem"]).rows} == {"death_90d", "prem"}


def test_an_own_one_is_made_changed_and_withdrawn_and_every_version_stays(
    workspace: Workspace, form: IndicatorForm
) -> None:
    one = added(workspace, form)
    assert (one.version, one.family, one.window.last) == ("1", OWN, 90)
    changed = indicators.change_own(workspace, one, replace(form_of(one), last="30"), f" {WHY} ")
    assert changed.changes == {Changed.INDICATORS}
    assert changed.indicator is not None
    assert (changed.indicator.version, changed.indicator.window.last) == ("2", 30)
    assert indicators.withdraw_own(workspace, form.indicator_id, WHY).indicator is None
    assert own(workspace) == []
    told = [
        (row.version, row.reason, row.who, bool(row.withdrawn_at))
        for row in indicators.versions(workspace, form.indicator_id)
    ]
    assert told == [(1, "", workspace.user, True), (2, WHY, workspace.user, True)]
    assert added(workspace, form).version == "3"
    actions = [entry.action for entry in audit.entries(workspace.store, 4)]
    assert actions == ["indicator_added", "indicator_withdrawn", "indicator_changed", "indicator_added"]


def test_what_cannot_be_kept_is_told_at_its_field_and_nothing_is_written(
    workspace: Workspace, form: IndicatorForm
) -> None:
    one = added(workspace, form)
    faults = {
        "last": indicators.add_own(workspace, replace(form, last="")),
        "indicator_id": indicators.add_own(workspace, form),
        "reason": indicators.change_own(workspace, one, replace(form, name="x"), " "),
        "": indicators.change_own(workspace, one, form_of(one), WHY),
    }
    assert {name: [each.field for each in done.faults] for name, done in faults.items()} == {
        name: [name] for name in faults
    }
    shipped = indicators.add_own(workspace, replace(form, indicator_id="death_90d"))
    renamed = indicators.change_own(workspace, one, replace(form, indicator_id="other_visits"), WHY)
    assert [done.faults[0].field for done in (shipped, renamed)] == ["indicator_id", "indicator_id"]
    assert own(workspace) == [("1", "Sena besök")]


def test_a_change_of_what_someone_else_has_changed_is_refused(workspace: Workspace, form: IndicatorForm) -> None:
    one = added(workspace, form)
    indicators.change_own(workspace, one, replace(form, name="Först"), WHY)
    with pytest.raises(RefusedError, match="ändrats sedan det visades"):
        indicators.change_own(workspace, one, replace(form, name="Sist"), WHY)
    with pytest.raises(RefusedError, match="följer med programmet"):
        indicators.withdraw_own(workspace, "death_90d", WHY)
    with pytest.raises(InputError, match="ingen indikator nothing"):
        indicators.withdraw_own(workspace, "nothing", WHY)
    with pytest.raises(InputError, match="Skriv varför"):
        indicators.withdraw_own(workspace, form.indicator_id, "")


def test_each_step_is_undone_and_done_again_under_new_versions(workspace: Workspace, form: IndicatorForm) -> None:
    one = added(workspace, form)
    indicators.change_own(workspace, one, replace(form, name="Senare besök"), WHY)
    indicators.withdraw_own(workspace, form.indicator_id, WHY)
    assert undo_steps.undo_name(workspace) == f"tillbakadragen indikator {form.indicator_id}"
    seen = []
    for step in (undo_steps.undo, undo_steps.undo, undo_steps.undo, undo_steps.redo, undo_steps.redo, undo_steps.redo):
        assert step(workspace).changes == {Changed.INDICATORS}
        seen.append(own(workspace))
    again, first = ("3", "Senare besök"), ("4", "Sena besök")
    assert seen == [
        [again],
        [first],
        [],
        [("5", "Sena besök")],
        [("6", "Senare besök")],
        [],
    ]


def test_a_step_that_someone_has_built_on_is_not_undone(workspace: Workspace, form: IndicatorForm) -> None:
    one = added(workspace, form)
    mine, workspace.user = workspace.user, "OL02"
    indicators.change_own(workspace, one, replace(form, name="Annat"), WHY)
    workspace.user = mine
    with pytest.raises(RefusedError, match="ändrad av OL02"):
        undo_steps.undo(workspace)
    assert own(workspace) == [("2", "Annat")]


def test_a_file_is_taken_in_whole_or_not_at_all(workspace: Workspace, form: IndicatorForm, tmp_path: Path) -> None:
    one = added(workspace, form)
    path = tmp_path / "egna.toml"
    other = replace(one, indicator_id="other_visits")
    path.write_text(written([one, replace(one, indicator_id="death_90d"), other]), encoding="utf-8")
    refused = indicators.import_file(workspace, path, WHY)
    assert [(each.indicator_id, each.key) for each in refused.faults] == [("death_90d", "id")]
    assert len(own(workspace)) == 1
    path.write_text(written([replace(one, version="7"), other]), encoding="utf-8")
    done = indicators.import_file(workspace, path, WHY)
    assert [len(each) for each in (done.added, done.changed, done.unchanged)] == [1, 0, 1]
    path.write_text(written([replace(one, name="Nytt"), replace(other, name="Nytt")]), encoding="utf-8")
    assert len(indicators.import_file(workspace, path, WHY).changed) == 2
    assert undo_steps.undo_name(workspace) == "2 inlästa indikatorer"
    undo_steps.undo(workspace)
    assert [row[1] for row in own(workspace)] == ["Sena besök", "Sena besök"]
    with pytest.raises(InputError, match="Skriv varför"):
        indicators.import_file(workspace, path, "")


def test_what_is_exported_is_read_back_as_it_was(workspace: Workspace, form: IndicatorForm, tmp_path: Path) -> None:
    added(workspace, form)
    path = tmp_path / "alla.toml"
    indicators.export(workspace, [form.indicator_id], path)
    assert indicators.import_file(workspace, path, WHY).unchanged == (indicators.one(workspace, form.indicator_id),)
    indicators.export(workspace, [], path)
    assert path.read_text(encoding="utf-8").count("[[indicator]]") == len(indicators.all_indicators(workspace))
    with pytest.raises(InputError, match="ingen indikator nothing"):
        indicators.export(workspace, ["nothing"], path)


def test_nothing_taken_in_is_a_table_without_rows_and_wrong_keys_are_refused(workspace: Workspace) -> None:
    table = indicators.summary(workspace, "death_90d", by=("provider", "year"))
    assert table.rows == []
    assert table.names() == ["provider_id", "year", *(column.name for column in INDICATOR_VALUES)]
    assert indicators.members(workspace, "death_90d").rows == []
    with pytest.raises(InputError, match="reoperation_2y_total_knee går inte att dela upp efter ”joint”"):
        indicators.summary(workspace, "reoperation_2y_total_knee", by=("joint",))
    with pytest.raises(InputError, match="Ange varje uppdelning en gång"):
        indicators.summary(workspace, "death_90d", by=("year", "year"))
    with pytest.raises(InputError, match="går inte att dela upp"):
        indicators.members(workspace, "death_90d", where={"country": "SE"})
