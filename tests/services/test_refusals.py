"""A decision on what is no longer as it was shown: nothing is stored, and the refusal says what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services import imports, linking, reviews, undo_import
from kvalitetsapp.store import review_answers, review_drafts
from support import reviewing
from support.reviewing import ANNA, BO, EVENT, OPERATION, confirmed, event, rejected
from support.undo_stores import episodes

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.domain.patient import Link
    from kvalitetsapp.services.workspace import Workspace


PERSON_NUMBER = "196812099874"


def refused(workspace: Workspace, shown: Link) -> str:
    """Return the words of the refusal; nothing may be stored and the draft must stay."""
    reviews.keep_draft(workspace, shown.key, rejected("utkast"))
    before = review_answers.of_event(workspace.store, shown.key)
    with pytest.raises(RefusedError) as caught:
        reviews.decide(workspace, shown, confirmed(shown))
    assert review_answers.of_event(workspace.store, shown.key) == before
    assert review_drafts.draft(workspace.store, shown.key, workspace.user, None).answer == rejected("utkast")
    return caught.value.message


def test_what_changed_of_an_event_is_listed(workspace: Workspace, tmp_path: Path) -> None:
    shown = event(workspace)
    moved = EVENT.replace("2020-03-01", "2020-03-02").replace("T84.5", "T84.0")
    reviewing.take(workspace, tmp_path, "episodes", episodes(moved))
    assert refused(workspace, shown) == (
        "Händelsen bok/2 har ändrats sedan den visades: händelsens dag 2020-03-02, förut 2020-03-01; "
        "komplikation mekanisk komplikation, förut infektion; utlösande koder NFC49 T840, förut NFC49 T845. "
        "Läs den igen och ta ställning på nytt."
    )


def test_an_event_whose_person_was_corrected_is_shown_and_refused_until_it_is_linked(
    workspace: Workspace, tmp_path: Path
) -> None:
    shown = event(workspace)
    path = tmp_path / "episodes.csv"
    someone_else = "195403159865"
    moved = (row.replace(PERSON_NUMBER, someone_else) for row in (EVENT, OPERATION))
    for text in moved:
        path.write_text(episodes(text), encoding="utf-8")
        imports.import_file(workspace, KindOfFile.EPISODES, path, link=False)
        case = reviews.case(workspace, shown.key)
        assert case is not None
        assert case.link == shown
        assert reviews.case(workspace, event(workspace, "bok/3").key) is not None
    said = "Det som har lästs in är inte kopplat än. Koppla på nytt, läs ärendet igen och ta ställning därefter."
    assert refused(workspace, shown) == said
    linking.run_links(workspace)
    reviewing.decide(workspace, ANNA)


def test_an_answer_is_not_given_again_on_what_is_not_linked_yet(workspace: Workspace, tmp_path: Path) -> None:
    reviewing.decide(workspace, ANNA)
    reviews.undo_last(workspace)
    path = tmp_path / "episodes.csv"
    path.write_text(episodes(EVENT.replace("2020-03-01", "2020-03-02")), encoding="utf-8")
    imports.import_file(workspace, KindOfFile.EPISODES, path, link=False)
    with pytest.raises(RefusedError, match="inte kopplat än"):
        reviews.redo_last(workspace)


def test_an_event_that_a_correction_took_away_tells_what_it_was_and_which_import(
    workspace: Workspace, tmp_path: Path
) -> None:
    shown = event(workspace)
    nothing = EVENT.replace("T84.5;NFC49 ZXA00", "Z09.0;ZXA00")
    batch = reviewing.take(workspace, tmp_path, "episodes", episodes(nothing))
    assert refused(workspace, shown) == (
        "Händelsen bok/2 finns inte längre: den var infektion 2020-03-01, utlöst av NFC49 T845; "
        f"vårdkontakten är rättad av import {batch} (episodes.csv). Inget har sparats."
    )


def test_an_event_that_got_another_side_tells_what_there_is_now(workspace: Workspace, tmp_path: Path) -> None:
    shown = event(workspace)
    reviewing.take(workspace, tmp_path, "episodes", episodes(EVENT.replace("ZXA00", "ZXA05")))
    assert "vårdkontakten har nu bok/2/hip/left. Inget" in refused(workspace, shown)


def test_an_event_whose_import_was_undone_tells_that_its_contact_is_gone(workspace: Workspace, tmp_path: Path) -> None:
    late = EVENT.replace("bok;2", "bok;9").replace("2020-03", "2020-09")
    batch = reviewing.take(workspace, tmp_path, "episodes", episodes(late))
    shown = event(workspace, "bok/9")
    undo_import.undo_import(workspace, batch, "fel fil")
    assert "vårdkontakten är borttagen. Inget har sparats." in refused(workspace, shown)


def test_someone_elses_decision_tells_who_when_and_what(workspace: Workspace) -> None:
    shown = event(workspace)
    reviewing.decide(workspace, BO, complication_class="wound")
    assert refused(workspace, shown) == (
        f"Bo har redan bekräftat händelsen {workspace.today} (sårkomplikation). Läs beslutet och ta ställning på nytt."
    )


def test_someone_elses_rejection_tells_the_reason(workspace: Workspace) -> None:
    shown = event(workspace)
    reviewing.decide(workspace, BO, reject=True)
    assert refused(workspace, shown).startswith(
        f"Bo har redan avvisat kopplingen {workspace.today} (annan orsak). Läs beslutet"
    )


def test_ones_own_decision_in_another_window_is_told_as_ones_own(workspace: Workspace) -> None:
    shown = event(workspace)
    reviewing.decide(workspace, ANNA)
    assert refused(workspace, shown).startswith(f"Du har redan bekräftat händelsen {workspace.today} (infektion).")


def test_a_decision_that_was_taken_back_is_told(workspace: Workspace) -> None:
    reviewing.decide(workspace, BO)
    shown = event(workspace)
    with reviewing.at_work(workspace, BO):
        reviews.undo_last(workspace)
    assert refused(workspace, shown).startswith(f"Beslutet som Bo tog {workspace.today} om bok/2 har tagits tillbaka.")


def test_the_second_of_two_who_open_the_store_in_turn_sees_the_first(tmp_path: Path) -> None:
    with reviewing.make(tmp_path) as mine:
        shown = event(mine)
        reviews.keep_draft(mine, shown.key, rejected("utkast"))
    with reviewing.reopened(mine, BO) as others:
        reviewing.decide(others, BO)
    with reviewing.reopened(mine, ANNA) as mine:
        assert refused(mine, shown).startswith("Bo har redan bekräftat händelsen")
        found = reviews.case(mine, shown.key)
        assert found is not None
        assert (found.draft, found.history[0].reviewer) == (rejected("utkast"), BO)
