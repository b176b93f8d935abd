"""Documents with what has come after each, and a document before it is issued."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kvalitetsapp.domain.followed_basis import followed_table
from kvalitetsapp.domain.issuing_preview import lines_table
from kvalitetsapp.services import claim_answers, followed_bases, issuing_previews
from kvalitetsapp.store import billing
from support import issued_store, made_claims, made_documents

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace


def test_every_document_is_followed_the_latest_first(tmp_path: Path) -> None:
    made = issued_store.make(tmp_path)
    with issued_store.reopened(made.path) as workspace:
        found = followed_bases.followed(workspace)
    new, note, old = found.bases
    assert [one.basis.number for one in found.bases] == [made.new, made.credit_note, made.followed]
    assert (new.is_to_send, new.is_unpaid, new.is_late(found.today), new.left_to_credit) == (True, True, False, 600_00)
    assert (note.is_to_send, note.is_unpaid, note.owed, note.left_to_credit) == (True, False, None, 0)
    assert (old.is_to_send, old.is_unpaid, old.is_late(found.today), old.left_to_credit) == (
        *(False, True, True),
        850_50,
    )
    assert old.files_on == found.today
    assert old.reminded_on is None
    row = followed_table(found.bases).records()[2]
    assert [row[name] for name in ("amount", "credited", "paid", "open")] == [1_250_50, 400_00, 300_00, 550_50]
    assert (row["legal_number"], row["sent_on"]) == (issued_store.LEGAL_NUMBER, "2026-01-20")


def test_what_is_written_off_is_not_unpaid(tmp_path: Path) -> None:
    made = issued_store.make(tmp_path)
    with issued_store.reopened(made.path) as workspace:
        claim_answers.write_off(workspace, 1, "preskriberat")
        old = followed_bases.followed(workspace).bases[-1]
        assert old.owed is not None
        assert (old.owed.open, old.is_unpaid, old.is_late(workspace.today)) == (550_50, False, False)


def test_a_document_is_seen_before_it_is_issued(workspace: Workspace) -> None:
    made_claims.set_up(workspace)
    claims = (made_claims.approved(workspace, 100_00, 50_00), made_claims.approved(workspace, 25_00))
    found = issuing_previews.of_claims(workspace, claims)
    assert found.receiver is not None
    assert (found.amount, found.receiver.name, found.faults) == (175_00, "Fjällkliniken AB", ())
    assert found.due_on == workspace.today + timedelta(days=30)
    assert [row["amount"] for row in lines_table(found).records()] == [100_00, 50_00, 25_00]


def test_what_is_lacking_tells_where_it_is_mended(workspace: Workspace) -> None:
    claim = made_claims.approved(workspace, 100_00)
    found = issuing_previews.of_claims(workspace, [claim])
    assert (found.lacks_of_rules, found.lacks_of_receiver) == (True, True)
    with workspace.store.transaction():
        billing.set_rules(workspace.store, made_documents.RULES)
    found = issuing_previews.of_claims(workspace, [claim])
    assert (found.lacks_of_rules, found.lacks_of_receiver) == (False, True)
    nothing = issuing_previews.of_claims(workspace, [])
    assert (nothing.receiver, nothing.amount, len(nothing.faults)) == (None, 0, 1)
