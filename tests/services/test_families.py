"""Families of procedures in a store: followed by choice, left again, and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.families import known, read
from kvalitetsapp.domain.rights import Role
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import families, indicators, listings, overview, summaries
from kvalitetsapp.store import audit
from support import made_stores, reviewing
from support.undo_stores import HEADER, PROVIDERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

BYPASS = "f/1/bariatric/unknown"
EPISODES = f"""{HEADER}
f;1;196812099874;P01;contract;inpatient;2020-01-10;2020-01-12;E668;JDF11;
f;2;196812099874;OWN;own;inpatient;2020-01-20;2020-01-25;T818A;JWF00;80000
f;3;198007189932;P01;contract;inpatient;2020-02-10;2020-02-12;E668;JDF41;
f;4;194001219833;P01;contract;inpatient;2022-12-10;2022-12-12;M169;NFB49 ZXA05;
"""
WEIGHTS = """source;personal_id;joint;instrument;item;value;occasion;answered_on
o;196812099874;bariatric;weight;weight_kg;130;preop;2020-01-02
o;196812099874;bariatric;weight;height_cm;180;preop;2020-01-02
o;196812099874;bariatric;weight;weight_kg;95;1y;2021-01-15
o;198007189932;bariatric;weight;weight_kg;130;preop;2020-02-02
o;198007189932;bariatric;weight;weight_kg;110;1y;2021-02-15
o;198007189932;bariatric;weight;height_cm;180;1y;2021-02-15
"""


def make(folder: Path) -> Workspace:
    workspace = reviewing.create(folder, PROVIDERS, EPISODES)
    reviewing.take(workspace, folder, "proms", WEIGHTS)
    return workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with made_stores.opened(tmp_path, make) as opened:
        yield opened


def refs(workspace: Workspace) -> list[object]:
    return [row[0] for row in listings.index_operations(workspace).rows]


def test_a_family_is_followed_with_all_that_follows_from_it_and_left_again(workspace: Workspace) -> None:
    before, version = refs(workspace), workspace.code_tables.version
    assert before == ["f/4/hip/left"]
    done = families.follow(workspace, "bariatric", on=True)
    assert done.changes >= {Changed.FAMILIES, Changed.LINKS}
    assert "2 indexoperationer" in done.said
    assert refs(workspace) == [BYPASS, "f/3/bariatric/unknown", "f/4/hip/left"]
    (link,) = listings.links(workspace).records()
    assert (link["index_ref"], link["status"], link["surgery_level"]) == (BYPASS, "proposed", "reoperation")
    assert families.follow(workspace, "bariatric", on=False).followed == ("hip", "knee", "shoulder")
    assert (refs(workspace), workspace.code_tables.version) == (before, version)
    assert listings.links(workspace).rows == []
    assert [entry.action for entry in audit.entries(workspace.store, 2)] == ["family_unfollowed", "family_followed"]


def test_figures_of_a_family_are_there_where_it_is_followed(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="Det finns ingen indikator"):
        indicators.one(workspace, "bariatric_ewl50_1y")
    with pytest.raises(InputError, match="family follow bariatric"):
        families.check_followed(workspace, "bariatric")
    families.follow(workspace, "bariatric", on=True)
    families.check_followed(workspace, "bariatric")
    (row,) = indicators.summary(workspace, "bariatric_ewl50_1y", by=["provider"]).records()
    assert (row["n"], row["events"]) == (2, 1)  # 35 and 20 of the 49 kg above BMI 25
    (mean,) = indicators.summary(workspace, "bariatric_reoperation_30d", by=["provider"]).records()
    assert (mean["n"], mean["events"]) == (2, 1)
    reoperated = summaries.reoperations(workspace, by=("provider", "joint"), within=30).records()
    assert [(row["joint"], row["reoperated"]) for row in reoperated] == [("bariatric", 1), ("hip", 0)]


def test_the_overview_counts_the_joints_and_says_so_where_more_is_followed(workspace: Workspace) -> None:
    before = overview.figures(workspace)
    families.follow(workspace, "bariatric", on=True)
    after = overview.figures(workspace)
    assert (before.counted, after.counted) == ((), ("hip", "knee", "shoulder"))
    assert (before.reoperated, after.operations) == (after.reoperated, 3)
    (row,) = after.providers.records()
    assert (row["operations"], row["eligible"], row["reoperated"], row["rate"]) == (3, 0, 0, None)


def test_a_choice_that_changes_nothing_is_said_and_not_kept(workspace: Workspace) -> None:
    assert "följs redan" in families.follow(workspace, "hip", on=True).said
    assert families.follow(workspace, "bariatric", on=False).changes == frozenset()
    assert [one.chosen_by for one in families.shown(workspace)] == [""] * len(known())


def test_the_families_of_the_contract_cannot_be_left_and_unknown_ones_not_be_followed(workspace: Workspace) -> None:
    with pytest.raises(RefusedError, match="Höft följs alltid"):
        families.follow(workspace, "hip", on=False)
    with pytest.raises(InputError, match="Det finns ingen operationsfamilj tumme"):
        families.follow(workspace, "tumme", on=True)


def test_who_may_not_keep_tables_may_look_but_not_choose(workspace: Workspace) -> None:
    workspace.roles = frozenset({Role.ADMINISTRATOR})
    with pytest.raises(RefusedError):
        families.follow(workspace, "bariatric", on=True)


@pytest.mark.parametrize(
    "told",
    ["", "family = 'b'", "number = 1", "family = 'a'\nnumber = 99\nhas_sides = true\nfrom_start = true\ncodes = []"],
)
def test_a_file_that_is_no_family_is_told_in_a_sentence(told: str, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(told, encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.toml saknas eller är skadad"):
        read(tmp_path)


def test_two_families_cannot_have_one_number(tmp_path: Path) -> None:
    whole = (
        "family = '{}'\nnumber = 1\nhas_sides = true\nfrom_start = true\ncodes = []\n"
        "[words]\nname = ''\noperations = ''\noperation = ''\n"
    )
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text(whole.format(name), encoding="utf-8")
    with pytest.raises(InputError, match=r"b\.toml"):
        read(tmp_path)


def test_a_family_cannot_be_left_while_something_is_claimed_for_its_operations(workspace: Workspace) -> None:
    families.follow(workspace, "bariatric", on=True)
    with workspace.store.transaction():
        episode = workspace.store.value("SELECT episode FROM index_operations WHERE index_ref = ?", (BYPASS,))
        workspace.store.write(
            "INSERT INTO claims (provider_id, agreement_id, terms, index_episode, index_joint, index_side, index_ref, "
            "operated_on, status, drafted_by, drafted_at) "
            "VALUES ('P01', 'A', '{}', ?, 'bariatric', 'unknown', ?, '2020-01-10', 'draft', 'anna', '2021-01-01')",
            (episode, BYPASS),
        )
    with pytest.raises(RefusedError, match="Det finns krav för operationer i obesitaskirurgi"):
        families.follow(workspace, "bariatric", on=False)
