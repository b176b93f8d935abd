"""An adversary's view: while only the first of two has answered, nothing that the second can call tells of it."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.cli.main import main
from kvalitetsapp.domain import round_tables
from kvalitetsapp.domain.outcome_choice import OutcomeScope
from kvalitetsapp.domain.review_queue import Preset, QueueFilter
from kvalitetsapp.domain.undo import plan_lines
from kvalitetsapp.services import (
    claims,
    data_quality,
    episodes,
    follow_ups,
    import_listings,
    listings,
    missed_events,
    outcome_figures,
    overview,
    provider_questions,
    review_queue,
    review_rounds,
    reviews,
    round_comparison,
    round_overview,
    stores,
    undo_import,
    undo_steps,
)
from kvalitetsapp.store import patients
from support import reviewing
from support.counties import PASSPHRASE
from support.reviewing import ANNA, BO, CIA, confirmed, event

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.services.workspace import Workspace

HERS = ("hemligt", "fack 7", "dair", "DAIR", "s_aureus", "IIIb", "sinus_tract", "Anna", "4711")
"""What only Anna's answer says, in words and codes, and her name."""
COMMANDS = (
    ("review", "rounds"),
    ("review", "rounds", "--reviewers"),
    ("review", "cases", "Våren"),
    ("review", "compare", "Våren", "Hösten"),
    ("review", "compare", "Våren", "Hösten", "--by", "counts"),
    ("review", "compare", "Våren", "Hösten", "--by", "agreement"),
    ("list", "links"),
    ("list", "claims-basis"),
    ("list", "missed-events"),
    ("list", "follow-ups"),
    ("list", "disclosures"),
    ("question", "list"),
    ("summary", "recovery"),
    ("store", "info"),
    ("store", "check"),
)


def answer_first(workspace: Workspace, round_id: int) -> None:
    """Let Anna begin an answer, give it, change it once, and ask herself what else there is."""
    link = event(workspace)
    contact = workspace.store.value("SELECT episode FROM episodes WHERE episode_id = '4'")
    for severity in ("G", "H"):
        given = confirmed(
            link,
            harm_severity=severity,
            comment="hemligt",
            pointer="fack 7",
            complication_class="infection",
            treatment="dair",
            organism="s_aureus",
            clavien_dindo="IIIb",
            criteria=("sinus_tract",),
            cultures_taken=5,
            cultures_positive=4,
            follow_ups=(contact,),
        )
        reviews.keep_draft(workspace, link.key, given, field="pointer", round_id=round_id)
        reviews.decide(workspace, link, given, seconds=4711, round_id=round_id)
    reviews.keep_draft(workspace, event(workspace, "bok/3").key, given, field="comment", round_id=round_id)


def everything(workspace: Workspace, rounds: list[int]) -> dict[str, str]:
    """Return in writing all that a reviewer can ask the services for."""
    link = event(workspace)
    views: dict[str, Callable[[], object]] = {
        "case": lambda: [reviews.case(workspace, link.key, one) for one in (None, *rounds)],
        "queue": lambda: [
            review_queue.look(workspace, QueueFilter(preset, round_id=one), block_size=50)
            for one in (None, *rounds)
            for preset in Preset
        ],
        "undo": lambda: (undo_steps.history(workspace), undo_steps.undo_name(workspace)),
        "redo": lambda: undo_steps.redo_name(workspace),
        "rounds": lambda: round_overview.rounds(workspace),
        "cases": lambda: [round_overview.cases(workspace, one) for one in rounds],
        "repeat": lambda: [
            review_rounds.preview(workspace, one.round.definition, previous=one.round.round_id)
            for one in round_overview.rounds(workspace)
        ],
        "compare": lambda: round_comparison.compare(workspace, *rounds),
        "comparison": lambda: round_tables.comparison_table(round_comparison.compare(workspace, *rounds)),
        "links": lambda: listings.links(workspace, identified=True),
        "claims": lambda: (listings.claims_basis(workspace), claims.cases(workspace, potential=True)),
        "missed": lambda: (missed_events.listed(workspace), missed_events.decided(workspace)),
        "follow-ups": lambda: (follow_ups.taken(workspace), follow_ups.listed(workspace)),
        "offers": lambda: follow_ups.offers_for(workspace, link, patients.patient(workspace.store, link.person)),
        "questions": lambda: provider_questions.all_questions(workspace),
        "of event": lambda: provider_questions.of_event(workspace, link.key),
        "disclosures": lambda: provider_questions.disclosures(workspace),
        "overview": lambda: (overview.waiting(workspace), overview.figures(workspace)),
        "outcomes": lambda: outcome_figures.figures(workspace, "reoperation_2y", OutcomeScope(), ["provider"]),
        "quality": lambda: data_quality.overview(workspace),
        "episode": lambda: episodes.view(workspace, link.key.episode),
        "imports": lambda: import_listings.accounts(workspace),
        "store": lambda: stores.check_store(workspace),
    }
    return {name: repr(view()) for name, view in views.items()}


def two_rounds(workspace: Workspace) -> list[int]:
    keys = [event(workspace).key, event(workspace, "bok/3").key]
    return [reviewing.make_round(workspace, *keys, name=name) for name in ("Våren", "Hösten")]


@pytest.mark.parametrize("who", [BO, CIA])
def test_what_another_sees_is_the_same_before_and_after_the_first_answer(workspace: Workspace, who: str) -> None:
    rounds = two_rounds(workspace)
    with reviewing.at_work(workspace, who):
        before = everything(workspace, rounds)
    answer_first(workspace, rounds[0])
    with reviewing.at_work(workspace, who):
        after = everything(workspace, rounds)
    assert [name for name in before if before[name] != after[name]] == []
    with reviewing.at_work(workspace, ANNA):
        hers = everything(workspace, rounds)
    assert "hemligt" in hers["case"]
    assert {name for name in hers if hers[name] != after[name]} >= {"case", "undo", "rounds", "cases", "queue"}


def test_what_is_refused_tells_nothing_that_was_answered(workspace: Workspace) -> None:
    rounds = two_rounds(workspace)
    answer_first(workspace, rounds[0])
    link = event(workspace)
    with reviewing.at_work(workspace, BO):
        refused: list[Callable[[], object]] = [
            lambda: reviews.decide(workspace, link, confirmed(link)),
            lambda: reviews.settle(workspace, rounds[0], link, confirmed(link, comment="skäl")),
            lambda: review_rounds.close(workspace, rounds[0]),
            lambda: review_rounds.discard(workspace, rounds[0]),
            lambda: undo_steps.undo(workspace),
            lambda: undo_steps.redo(workspace),
            lambda: undo_import.undo_imports(workspace, [2], "prov"),
        ]
        said = []
        for attempt in refused:
            with pytest.raises(Exception) as error:  # noqa: PT011 - any refusal, whatever it says
                attempt()
            said.append(str(error.value))
        said += plan_lines(undo_import.rests_on(workspace, [2]))
    assert [(text, word) for text in said for word in (*HERS, "bok/4") if word in text] == []


def test_no_command_prints_the_first_answer(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr(getpass, "getuser", lambda: BO)
    rounds = two_rounds(workspace)

    def printed() -> list[str]:
        told = []
        for words in COMMANDS:
            status = main(["--store", str(workspace.path), *words])
            out = capsys.readouterr()
            assert status == 0, (words, out.err)
            told.append(f"{words}: {out.out}{out.err}")
        return told

    before = printed()
    answer_first(workspace, rounds[0])
    after = printed()
    assert [(text, word) for text in after for word in HERS if word in text] == []
    assert [text for text in after if text not in before and "('store'," not in text] == []
