"""The annex with a provider's cases: every linked event, sealed, and every contact in it logged as disclosed."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Final

import pytest
from pypdf import PasswordType, PdfReader

from kvalitetsapp.domain.case_annex import CaseAnnex, PersonalNumbers
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.reports import case_annex as on_paper
from kvalitetsapp.services import case_annex, listings, provider_questions, reviews
from kvalitetsapp.services.case_annex import AnnexOrder
from kvalitetsapp.store import audit, identities, providers
from support import pdf, queues, reviewed_county, reviewing, store_files
from support.county_store import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.patient import Link
    from kvalitetsapp.services.workspace import Workspace

PASSWORD: Final = "vinter regn häst 7"
ORDER: Final = AnnexOrder("P04", "Verksamhetschefen, Mälarkliniken", "follow_up")


@pytest.fixture(scope="module")
def workspace(county_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Return a copy of the county; tests add to its logs only."""
    copy = store_files.copy(county_store, tmp_path_factory.mktemp("bilaga"))
    with opened(copy) as each:
        with reviewing.at_work(each, reviewing.BO):
            link = next(one for one in queues.all_links(each) if _is_proposed_at_p04(one))
            reviews.decide(each, link, reviewed_county.answer(each, link, 0))
        yield each


def _is_proposed_at_p04(link: Link) -> bool:
    return link.status == "proposed" and link.index_provider == "Mälarkliniken"


def gathered(workspace: Workspace, numbers: PersonalNumbers = PersonalNumbers.NONE) -> CaseAnnex:
    return case_annex.gather(workspace, AnnexOrder("P04", "Mottagare", "grund", numbers))[0]


def test_every_linked_event_of_the_provider_is_there_with_what_it_lets_be_claimed(workspace: Workspace) -> None:
    cases = gathered(workspace).cases
    links = [
        row
        for row in listings.links(workspace).records()
        if row["index_provider_id"] == "P04" and row["status"] in ("confirmed", "proposed", "ambiguous")
    ]
    told = {(one.event_ref, one.joint, one.side): one for one in cases}
    assert len(told) == len(cases) == len(links)
    for row in links:
        one = told[str(row["event_ref"]), str(row["joint"]), str(row["side"])]
        assert (one.status, one.index_ref, one.days) == (row["status"], row["index_ref"], row["days"])
    for potential in (False, True):
        statuses = ("proposed",) if potential else ("confirmed",)
        for row in listings.claims_basis(workspace, potential=potential).records():
            if row["provider_id"] == "P04" and row["status"] in statuses:
                found = [one for one in cases if one.event_ref == row["event_ref"]]
                assert (row["cost"], row["claimable"]) in {(one.cost, one.claimable) for one in found}
    assert [one.status for one in cases] == sorted(
        (one.status for one in cases), key=["confirmed", "proposed", "ambiguous"].index
    )


def test_the_answers_of_the_form_stand_with_the_event_that_they_decide(workspace: Workspace) -> None:
    (one,) = [each for each in gathered(workspace).cases if each.relation]
    assert (one.status, one.relation, one.harm_severity, one.avoidability) == ("confirmed", "certain", "F", "1")
    assert "Säkert samband F, 1" in pdf.read(on_paper.build(gathered(workspace))).text


def test_it_is_sealed_says_that_it_is_confidential_on_every_page_and_holds_its_table(
    workspace: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "P04-ärenden.pdf"
    done = case_annex.write(workspace, ORDER, out, PASSWORD)
    raw = out.read_bytes()
    assert b"M\xe4" not in raw.split(b"stream")[0]
    reader = PdfReader(io.BytesIO(raw))
    assert reader.is_encrypted
    assert reader.decrypt("fel lösenord") is PasswordType.NOT_DECRYPTED
    assert reader.decrypt(PASSWORD) is not PasswordType.NOT_DECRYPTED
    assert all("Konfidentiellt" in page.extract_text() for page in reader.pages)
    table = reader.attachments["P04-ärenden.csv"][0].decode("utf-8-sig").splitlines()
    assert len(table) == done.cases + 1
    assert "patient" not in table[0]


def test_what_it_disclosed_is_logged_contact_by_contact_and_traced(workspace: Workspace, tmp_path: Path) -> None:
    before = len(provider_questions.disclosures(workspace).rows)
    done = case_annex.write(workspace, ORDER, tmp_path / "x.pdf", PASSWORD)
    logged = provider_questions.disclosures(workspace).records()[: -before or None]
    refs = {one.event_ref for one in gathered(workspace).cases}
    assert {row["event_ref"] for row in logged} == refs
    (ground,) = [one.title for one in workspace.disclosure_grounds if one.code == "follow_up"]
    assert {(row["receiver"], row["ground"]) for row in logged} == {(ORDER.receiver, ground)}
    entry = audit.entries(workspace.store)[0]
    assert (entry.action, entry.object) == (case_annex.MADE, "P04")
    assert json.loads(entry.detail)["cases"] == done.cases
    assert PASSWORD not in entry.detail
    assert audit.first_broken(workspace.store) is None


@pytest.mark.parametrize("numbers", list(PersonalNumbers))
def test_patients_are_told_only_as_far_as_was_asked_and_that_is_traced(
    workspace: Workspace, tmp_path: Path, numbers: PersonalNumbers
) -> None:
    known = set(identities.personal_ids(workspace.store).values())
    text = pdf.read(on_paper.build(gathered(workspace, numbers))).text
    whole = {number for number in known if number in text}
    assert bool(whole) == (numbers is PersonalNumbers.WHOLE)
    assert ("-••••" in text) == (numbers is PersonalNumbers.MASKED)
    before = [one.action for one in audit.entries(workspace.store)].count(case_annex.IDENTIFIED)
    order = AnnexOrder("P04", "Mottagare", "Uppföljning", numbers)
    case_annex.write(workspace, order, tmp_path / "x.pdf", PASSWORD)
    after = [one.action for one in audit.entries(workspace.store)].count(case_annex.IDENTIFIED)
    assert after - before == (numbers is not PersonalNumbers.NONE)


@pytest.mark.parametrize(
    ("order", "password", "said"),
    [
        (AnnexOrder("P99", "A", "b"), PASSWORD, "ingen vårdgivare ”P99”"),
        (AnnexOrder("P01", " ", "b"), PASSWORD, "Mottagaren saknas"),
        (AnnexOrder("P01", "A", " "), PASSWORD, "Grunden för utlämnandet saknas"),
        (AnnexOrder("P01", "A", "b"), "kort", "för kort"),
        (AnnexOrder("P01", "A", "b"), "fjällkliniken 7", "lätt att gissa"),
    ],
)
def test_what_is_lacking_is_said_and_nothing_is_written_or_logged(
    workspace: Workspace, tmp_path: Path, order: AnnexOrder, password: str, said: str
) -> None:
    before = audit.entries(workspace.store)
    with pytest.raises(InputError, match=said):
        case_annex.write(workspace, order, tmp_path / "x.pdf", password)
    assert list(tmp_path.iterdir()) == []
    assert audit.entries(workspace.store) == before


def test_where_it_cannot_be_written_that_is_said_and_nothing_is_logged(workspace: Workspace, tmp_path: Path) -> None:
    before = audit.entries(workspace.store)
    with pytest.raises(RefusedError, match="kunde inte skrivas"):
        case_annex.write(workspace, ORDER, tmp_path / "saknas" / "x.pdf", PASSWORD)
    assert list(tmp_path.iterdir()) == []
    assert audit.entries(workspace.store) == before


def test_a_provider_without_linked_events_has_no_annex(workspace: Workspace, tmp_path: Path) -> None:
    with_events = {row["index_provider_id"] for row in listings.links(workspace).records()}
    without = [one for one in providers.all_providers(workspace.store) if one.provider_id not in with_events]
    assert without
    with pytest.raises(InputError, match="inga kopplade händelser"):
        case_annex.write(workspace, AnnexOrder(without[0].provider_id, "A", "b"), tmp_path / "x.pdf", PASSWORD)
