"""The work list of double persons over a store: found, told apart, shown when asked, disclosed only on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.identity_pairs import PairReason, Strength
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import identity_pairs, imports, joining
from kvalitetsapp.services.workspace import Workspace, create_workspace
from kvalitetsapp.store import audit
from support import made_stores
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PERSONAL, BARE, RESERVE = "196812099874", "6812099874", "22561202O0A0"
HEADER = (
    "source;episode_id;personal_id;provider_id;unit;payer_route;care_form;admitted;discharged;main_diagnosis;"
    "procedures"
)
EPISODES = (
    HEADER
    + f"""
bok;1;{PERSONAL};P01;Ort;contract;inpatient;2020-01-01;2020-01-03;M161;NFB49 ZXA00
bok;2;{BARE};OWN;Ort;own;inpatient;2020-03-01;2020-03-09;J18;
bok;3;{RESERVE};OWN;;own;inpatient;2020-03-01;2020-03-09;T845F;
"""
)
FILES = {
    KindOfFile.PROVIDERS: "provider_id;name;kind\nOWN;Egna;own\nP01;Fjäll;private\n",
    KindOfFile.PERSONS: f"personal_id;sex;birth_date\n{RESERVE};;1968-12-09\n",
    KindOfFile.EPISODES: EPISODES,
}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with made_stores.opened(tmp_path, make) as opened:
        yield opened
        assert audit.first_broken(opened.store) is None


def make(folder: Path) -> Workspace:
    made = create_workspace(folder / "prov.kvdb", PASSPHRASE)
    made.user = "granskare1"
    for kind, text in FILES.items():
        path = folder / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        assert imports.import_file(made, kind, path).rejects == ()
    return made


def numbers(workspace: Workspace, *, dismissed: bool = False) -> list[tuple[str, str]]:
    found = identity_pairs.likely_pairs(workspace, dismissed=dismissed)
    return [(pair.personal_id, pair.same_as_id) for pair in found]


def test_pairs_are_found_with_reasons_units_and_counts(workspace: Workspace) -> None:
    first, second = identity_pairs.likely_pairs(workspace)
    assert (first.personal_id, first.same_as_id) == (BARE, PERSONAL)
    assert (first.reasons, first.strength) == ((PairReason.SAME_DIGITS,), Strength.STRONG)
    assert (first.units, first.episodes, first.same_as_episodes) == ("Egna Ort | Fjäll Ort", 1, 1)
    assert (second.personal_id, second.reasons) == (RESERVE, (PairReason.COMPLEMENTS,))


def test_a_pair_that_is_told_apart_is_shown_only_when_asked_with_who_and_why(workspace: Workspace) -> None:
    pair = identity_pairs.likely_pairs(workspace)[0]
    identity_pairs.dismiss(workspace, pair.key, " två syskon, 196812099874 ")
    assert numbers(workspace) == [(RESERVE, PERSONAL)]
    shown = next(one for one in identity_pairs.likely_pairs(workspace, dismissed=True) if one.key == pair.key)
    assert shown.dismissal is not None
    assert (shown.dismissal.who, shown.dismissal.reason) == ("granskare1", "två syskon, ••••")
    entry = audit.entries(workspace.store)[0]
    assert (entry.action, entry.detail) == ("identities_told_apart", "två syskon, ••••")


def test_a_word_about_a_pair_is_taken_back(workspace: Workspace) -> None:
    before = numbers(workspace)
    pair = identity_pairs.likely_pairs(workspace)[0]
    identity_pairs.dismiss(workspace, pair.key, "syskon")
    identity_pairs.dismiss(workspace, pair.key, "tvillingar")
    identity_pairs.take_back(workspace, pair.key)
    assert numbers(workspace) == before


def test_no_reason_is_no_word(workspace: Workspace) -> None:
    pair = identity_pairs.likely_pairs(workspace)[0]
    with pytest.raises(InputError, match="Skriv varför"):
        identity_pairs.dismiss(workspace, pair.key, "  ")


def test_a_joined_pair_is_no_longer_proposed(workspace: Workspace) -> None:
    joining.join(workspace, BARE, PERSONAL)
    assert (BARE, PERSONAL) not in numbers(workspace, dismissed=True)


def test_the_table_masks_numbers_and_disclosing_them_is_on_record(workspace: Workspace) -> None:
    entries = len(audit.entries(workspace.store))
    masked = identity_pairs.pairs_table(workspace)
    assert PERSONAL not in str(masked.rows)
    assert len(audit.entries(workspace.store)) == entries
    whole = identity_pairs.pairs_table(workspace, identified=True)
    assert whole.records()[0]["same_as"] == PERSONAL
    entry = audit.entries(workspace.store)[0]
    assert (entry.action, entry.object, entry.detail) == ("identities_disclosed", "identity_pairs", "2")
