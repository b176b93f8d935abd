"""Agreement between two reviewers from real rounds, printed on the round's protocol and in the reports."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.answer import Answer
from kvalitetsapp.domain.released import ReportKind, SmallNumbers
from kvalitetsapp.domain.report_data import TotalReport
from kvalitetsapp.domain.words import LinkStatus, Verdict
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import (
    report_contents,
    report_making,
    review_protocols,
    review_rounds,
    reviewer_agreement,
    round_overview,
)
from kvalitetsapp.services.report_making import Order
from kvalitetsapp.services.summaries import recovery
from kvalitetsapp.store import patients
from support import made_rounds, pdf, reviewed_county, store_files
from support.county_store import opened
from support.reviewed_county import ANNA, BO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.patient import EventKey
    from kvalitetsapp.services.workspace import Workspace

PAIRS = (("F", "F"),) * 4 + (("F", "G"), ("G", "F")) + (("G", "G"),) * 4
"""Ten pairs of answers on harm: 0.8 the same, 0.5 by chance (both say F and G equally often), so kappa is 0.6."""


@pytest.fixture
def workspace(county_copy: Path) -> Iterator[Workspace]:
    with opened(county_copy) as each:
        yield each


@pytest.fixture(scope="module")
def reviewed_store(county_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the county, closed, in which two have answered ten cases alike but for the harm, and settled that."""
    path = store_files.copy(county_store, tmp_path_factory.mktemp("reviewed"))
    with opened(path) as workspace:
        round_id = reviewed_county.freeze(workspace)
        linked = [key for key in made_rounds.keys(workspace, round_id) if _index_ref(workspace, key)]
        for key, (first, second) in zip(linked, PAIRS, strict=False):
            answer = Answer(
                Verdict.CONFIRMED,
                _index_ref(workspace, key),
                relation="certain",
                harm_severity=first,
                avoidability="3",
            )
            reviewed_county.give(workspace, round_id, key, ANNA, answer)
            reviewed_county.give(workspace, round_id, key, BO, replace(answer, harm_severity=second))
            if first != second:
                reviewed_county.settle(workspace, round_id, key, ANNA, replace(answer, comment="enligt journalen"))
        review_rounds.close(workspace, round_id, leave_open=True)
    return path


@pytest.fixture(scope="module")
def reviewed(reviewed_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Open it for tests that change nothing in it but its trace."""
    with opened(store_files.copy(reviewed_store, tmp_path_factory.mktemp("read"))) as each:
        yield each


@pytest.fixture(scope="module")
def round_id(reviewed: Workspace) -> int:
    (only,) = round_overview.rounds(reviewed)
    return only.round.round_id


def _index_ref(workspace: Workspace, key: EventKey) -> str:
    link = patients.link(workspace.store, key)
    assert link is not None
    return link.index_ref if link.status in {LinkStatus.PROPOSED, LinkStatus.CONFIRMED} else ""


def test_kappa_on_the_protocol_is_the_one_worked_out_by_hand(
    reviewed: Workspace, round_id: int, tmp_path: Path
) -> None:
    found = {one.question: one for one in reviewer_agreement.agreement(reviewed, round_id)}
    harm = found["harm_severity"]
    assert (harm.n, harm.agreed, harm.left_out) == (10, 8, 0)
    assert harm.kappa == pytest.approx(0.6)
    assert (found["decision"].agreed, found["decision"].kappa, found["clavien_dindo"].n) == (10, None, 0)
    data = review_protocols.protocol(reviewed, round_id)
    assert data.agreement == tuple(found.values())
    assert data.progress.done == len(PAIRS)
    text = pdf.read(review_protocols.protocol_pdf(reviewed, round_id, tmp_path / "p.pdf").read_bytes()).text
    assert "Skadans allvar 10 0 8 80 % 0,60" in text
    assert "Samstämmighet: 8 av 10 par lika; kappa 0,60" in text
    assert text.count("enligt journalen") == 2


def test_the_class_that_follows_from_the_codes_counts_where_a_reviewer_left_it(
    reviewed: Workspace, round_id: int
) -> None:
    classes = next(
        one for one in reviewer_agreement.agreement(reviewed, round_id) if one.question == "complication_class"
    )
    assert (classes.n, classes.agreed) == (10, 10)


def test_a_round_of_one_reviewer_has_no_agreement_and_an_unknown_one_is_refused(workspace: Workspace) -> None:
    alone = made_rounds.new_round(workspace, "Ensam", made_rounds.OPERATED)
    assert reviewer_agreement.agreement(workspace, alone) == ()
    with pytest.raises(InputError, match="ingen omgång"):
        reviewer_agreement.agreement(workspace, 99)


def test_an_event_that_two_have_reviewed_twice_counts_with_the_later_round(
    reviewed_store: Path, round_id: int, tmp_path: Path
) -> None:
    with opened(store_files.copy(reviewed_store, tmp_path)) as workspace:
        again = reviewed_county.freeze(workspace, "En gång till")
        key = next(iter(reviewer_agreement.pairs_of_round(workspace, round_id)))
        for who in (ANNA, BO):
            answer = Answer(Verdict.REJECTED, relation="none", comment="annan orsak")
            reviewed_county.give(workspace, again, key, who, answer)
        pairs = reviewer_agreement.latest_pairs(workspace)
        assert len(pairs) == len(PAIRS)
        assert [one.relation for one in pairs[key]] == ["none", "none"]


def test_a_report_tells_what_the_form_says_of_its_events(reviewed: Workspace, round_id: int) -> None:
    assert round_id
    source = report_contents.source_of(reviewed, report_making.data_cut(reviewed))
    made = report_making.make(reviewed, Order(ReportKind.TOTAL), shared=source)
    assert isinstance(made.data, TotalReport)
    form = made.data.form_review
    assert (form.reviewed, form.confirmed, form.by_two, form.pairs) == (10, 10, 10, 10)
    assert (form.avoidable.events, form.avoidable.n) == (10, 10)
    assert {one.question: one.total for one in form.counts}["relation"] == 10
    assert {one.question: one.kappa for one in form.agreement}["harm_severity"] == pytest.approx(0.6)
    providers = [str(row["provider_id"]) for row in recovery(reviewed, by=("provider",)).records()]
    by_provider = [report_contents._form_review(reviewed, source.of_provider(one)) for one in providers]
    told = report_contents.provider_report(reviewed, source.of_provider(providers[0]), small_numbers=SmallNumbers.OPEN)
    assert told.form_review == by_provider[0]
    assert sum(one.reviewed for one in by_provider) == sum(one.pairs for one in by_provider) == 10
    assert report_making.make(reviewed, Order(ReportKind.TOTAL)).pdf == made.pdf
    text = pdf.read(made.pdf).text
    assert "Med formuläret, av två var för sig 10" in text
    assert "Vårdskada (3 och 4): 10 av 10 bedömda, 100,0 %" in text


def test_decisions_from_files_are_no_structured_answers(workspace: Workspace) -> None:
    made = report_making.make(workspace, Order(ReportKind.TOTAL))
    assert isinstance(made.data, TotalReport)
    assert made.data.review[-1].reviewed > 0
    assert (made.data.form_review.reviewed, made.data.form_review.pairs) == (0, 0)
    text = pdf.read(made.pdf).text
    assert "Ingen av händelserna är granskad med formuläret" in text
    assert "Ingen händelse har granskats av två var för sig" in text
