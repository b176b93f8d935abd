"""Files in unknown form: mapped without their profiles, remembered, recognised, and another country's as well."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.inspection import Asked
from kvalitetsapp.domain.mapping import ColumnMapping, Lacks
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange.foreign_ids import shortened
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import import_plan, imports, known_profiles, mapping
from kvalitetsapp.services.workspace import Workspace, create_workspace
from support import examples, mapped_county
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "hem"))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with create_workspace(tmp_path / "prov.kvdb", PASSPHRASE) as made:
        yield made


def _said(made: ColumnMapping, constants: dict[str, str]) -> ColumnMapping:
    """Say what a person would say: accept what is offered, the date format there is, the rest as it is."""
    for name, text in constants.items():
        made = made.set_constant(name, text)
    made = made.accept_all()
    for one in made.open():
        if one.asked is not None:
            made = made.answer(one.asked, one.header, made.date_choices(one.header)[0])
    for one in made.open():
        if one.lacks is Lacks.VALUE:
            made = made.set_meaning(one.column, one.value, one.value)
    return made


def _mapped(workspace: Workspace, kind: str, path: Path, constants: dict[str, str]) -> ColumnMapping:
    seen = mapping.inspect(path, Progress())
    assert mapping.likely_kinds(seen)[0][0] == kind
    return _said(mapping.suggest(seen, KindOfFile(kind), mapping.providers_of(workspace)), constants)


def test_the_example_exports_are_mapped_without_their_profiles_to_the_expected_accounts(workspace: Workspace) -> None:
    outcomes: dict[str, imports.ImportOutcome] = {}
    for kind, path, profile in examples.files_of(mapped_county.COUNTY):
        if profile is None:
            outcomes[path.name] = imports.import_file(workspace, KindOfFile(kind), path, link=False)
            continue
        made = _mapped(workspace, kind, path, mapped_county.constants_of(path.stem))
        (tried,) = mapping.take(workspace, path, made, "", Progress()).files
        assert tried.outcome is not None, tried.problem
        outcomes[path.name] = tried.outcome
    assert mapped_county.summed(outcomes) == mapped_county.expected()


def test_the_preview_tells_what_the_import_then_does_and_writes_nothing(workspace: Workspace) -> None:
    path = examples.FOLDER / mapped_county.COUNTY / "providers.csv"
    made = _mapped(workspace, "providers", path, {})
    tried = mapping.preview(workspace, path, made, Progress())
    assert imports.list_imports(workspace) == []
    (taken,) = mapping.take(workspace, path, made, "", Progress()).files
    assert tried.outcome is not None
    assert taken.outcome is not None
    assert mapped_county.summed({"a": tried.outcome}) == mapped_county.summed({"a": taken.outcome})
    assert tried.outcome.rejects == taken.outcome.rejects


def test_a_saved_mapping_is_recognised_the_next_time_and_gives_the_same(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "patienter.csv"
    shutil.copy(examples.FOLDER / mapped_county.COUNTY / "persons.csv", path)
    assert import_plan.plan([path])[0].kind is None
    made = _mapped(workspace, "persons", path, {})
    saved = mapping.save_profile("Patienter från Cosmic", made)
    assert saved.parent == known_profiles.folder()
    (planned,) = import_plan.plan([path])
    assert (planned.kind, planned.profile_name) == (KindOfFile.PERSONS, "Patienter från Cosmic")
    (tried,) = import_plan.try_files(workspace, [planned]).files
    again = mapping.change(mapping.inspect(path, Progress()), saved, ())
    assert again.is_complete
    assert mapping.profile_text(again) == mapping.profile_text(made)
    assert tried.outcome == mapping.preview(workspace, path, made, Progress()).outcome


def test_two_profiles_that_fit_equally_well_are_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "patienter.csv"
    shutil.copy(examples.FOLDER / mapped_county.COUNTY / "persons.csv", path)
    made = _mapped(workspace, "persons", path, {})
    mapping.save_profile("ett", made)
    mapping.save_profile("två", made)
    (planned,) = import_plan.plan([path])
    assert planned.kind is None
    assert "ett, två" in planned.problem


def test_a_profile_that_explains_more_of_the_file_is_taken(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "patienter.csv"
    shutil.copy(examples.FOLDER / mapped_county.COUNTY / "persons.csv", path)
    made = _mapped(workspace, "persons", path, {})
    mapping.save_profile("hela", made)
    mapping.save_profile("halva", made.choose("sex", []).choose("birth_country", []))
    assert import_plan.plan([path])[0].profile_name == "hela"


def test_nothing_is_saved_or_taken_in_before_everything_is_said(workspace: Workspace) -> None:
    path = examples.FOLDER / mapped_county.COUNTY / "episodes_own.csv"
    made = mapping.suggest(mapping.inspect(path, Progress()), KindOfFile.EPISODES)
    for work in (
        lambda: mapping.save_profile("x", made),
        lambda: mapping.preview(workspace, path, made, Progress()),
        lambda: mapping.take(workspace, path, made, "", Progress()),
    ):
        with pytest.raises(InputError, match="återstår"):
            work()


@pytest.mark.parametrize("name", ["", " ", "a/b", "..", "x" * 81, "slut."])
def test_a_profile_needs_a_name_that_can_be_a_files(workspace: Workspace, name: str) -> None:
    path = examples.FOLDER / mapped_county.COUNTY / "aliases.csv"
    made = _mapped(workspace, "aliases", path, {})
    with pytest.raises(InputError, match="namn"):
        mapping.save_profile(name, made)


def test_a_date_that_can_be_read_two_ways_is_asked_for_the_whole_column(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "personer.csv"
    path.write_text("Personnr,Född\n22670927B0A0,01/02/1967\n22670927C0A0,03/04/1968\n", encoding="utf-8")
    made = mapping.suggest(mapping.inspect(path, Progress()), KindOfFile.PERSONS)
    assert [(one.asked, one.header) for one in made.open()] == [(Asked.DATE_FORMAT, "Född")]
    tried = mapping.preview(workspace, path, made.answer(Asked.DATE_FORMAT, "Född", "%m/%d/%Y"), Progress())
    assert tried.outcome is not None
    assert (tried.outcome.stored, tried.outcome.rejected) == (2, 0)


PATIENT = "8d4c4326-e9de-4f45-9a4c-f8c36bff89ae"
OTHER = "10339b10-3cd1-4ac3-ac13-ec26728cb592"
CLINIC = "ef58ea08-d883-3957-8300-150554edc8fb"
ENCOUNTER = "d317dacb-3801-4dbd-9e4d-9f6a5c5d5d5f"
FOREIGN = {
    "organizations": f"Id,NAME,ADDRESS,CITY,STATE,ZIP,LAT,LON,PHONE,REVENUE,UTILIZATION\n{CLINIC},SAINT CLINIC,"
    "1 ROAD,BOSTON,MA,02114,42.3,-71.0,5550100,0.0,12\n",
    "patients": "Id,BIRTHDATE,DEATHDATE,SSN,FIRST,LAST,GENDER,CITY\n"
    f"{PATIENT},1947-04-11,,999-76-6866,Test,Person,F,BOSTON\n{OTHER},1951-01-30,2012-02-03,999-1-1,Test,Two,M,BOSTON\n",
    "encounters": "Id,START,STOP,PATIENT,ORGANIZATION,PROVIDER,PAYER,ENCOUNTERCLASS,CODE,DESCRIPTION,"
    "BASE_ENCOUNTER_COST,TOTAL_CLAIM_COST,PAYER_COVERAGE,REASONCODE,REASONDESCRIPTION\n"
    f"{ENCOUNTER},2011-07-28T15:02:18Z,2011-07-29T15:17:18Z,{PATIENT},{CLINIC},p,b,inpatient,1,Visit,129.16,730.5,1.00,"
    f"M16,Pain\n{OTHER},2011-08-28T15:02:18Z,2011-08-28T15:17:18Z,{OTHER},{CLINIC},p,b,ambulatory,1,Visit,129.16,129.16,"
    "1.00,,\n",
    "procedures": "START,STOP,PATIENT,ENCOUNTER,CODE,DESCRIPTION,BASE_COST,REASONCODE,REASONDESCRIPTION\n"
    f"2011-07-28T16:02:18Z,2011-07-28T17:02:18Z,{PATIENT},{ENCOUNTER},NFB49,Total hip,1000.00,,\n",
}


def test_another_countrys_files_are_mapped_without_touching_code(workspace: Workspace, tmp_path: Path) -> None:
    for name, content in FOREIGN.items():
        (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")

    def take(name: str, kind: KindOfFile, said: dict[str, str], constants: dict[str, str]) -> imports.ImportOutcome:
        path = tmp_path / f"{name}.csv"
        made = mapping.suggest(mapping.inspect(path, Progress()), kind, mapping.providers_of(workspace))
        for column, header in said.items():
            made = made.choose(column, [header])
        made = _said(made, constants)
        for one in made.open():
            assert one.lacks is Lacks.LONG_ID, one
            made = made.set_shorten(one.column, on=True)
        saved = mapping.save_profile(f"Synthea {name}", made)
        (tried,) = mapping.take(workspace, path, mapping.change(made.seen, saved, ()), "", Progress()).files
        assert tried.outcome is not None, tried.problem
        assert tried.outcome.rejects == ()
        return tried.outcome

    take("organizations", KindOfFile.PROVIDERS, {"provider_id": "Id"}, {"kind": "private"})
    take("patients", KindOfFile.PERSONS, {"personal_id": "Id"}, {})
    columns = {"episode_id": "Id", "personal_id": "PATIENT", "provider_id": "ORGANIZATION", "cost": "TOTAL_CLAIM_COST"}
    dates = {"admitted": "START", "discharged": "STOP", "main_diagnosis": "REASONCODE"}
    constants = {"source": "synthea", "payer_route": "other", "price": "0", "procedures": ""}
    outcome = take("encounters", KindOfFile.EPISODES, columns | dates, constants)
    assert (outcome.stored, [one.read for one in outcome.amounts if one.column == "cost"]) == (2, [85_966])
    take("procedures", KindOfFile.PROCEDURES, {"code": "CODE", "performed_on": "START"}, {"source": "synthea"})
    numbers = workspace.store.rows("SELECT personal_id FROM identities ORDER BY 1")
    assert [row[0] for row in numbers] == sorted([shortened(PATIENT), shortened(OTHER)])
    rows = workspace.store.rows("SELECT admitted, discharged, care_form FROM episodes ORDER BY admitted")
    assert [tuple(row) for row in rows] == [
        ("2011-07-28", "2011-07-29", "inpatient"),
        ("2011-08-28", "2011-08-28", "outpatient"),
    ]
