"""Final reports, what leaves the department, notes about providers, and all reports in one go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.provider_comparison import USUAL_INDICATOR
from kvalitetsapp.domain.provider_note import NoteOnProvider
from kvalitetsapp.domain.released import ProviderNote, ReportKind, SmallNumbers
from kvalitetsapp.errors import CancelledError, InputError, RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import final_reports, provider_notes, releases, report_batch, reports
from kvalitetsapp.services.releases import NotReleasedError, Receiver
from kvalitetsapp.services.report_making import Order
from kvalitetsapp.store import audit, dialect
from kvalitetsapp.store import releases as stored_releases
from support import county_store, leaving, pdf
from support.leaving import EARLIER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.final_reports import FinalOutcome
    from kvalitetsapp.services.workspace import Workspace

P01 = Order(ReportKind.PROVIDER, "P01")
SHORT = Order(ReportKind.COMPARISON, USUAL_INDICATOR)
"""A report that takes little time, where its kind says nothing."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return leaving.make(tmp_path_factory.mktemp("leaving"))


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Iterator[Workspace]:
    with county_store.opened(county_store.copy(made, tmp_path)) as each:
        yield each


@pytest.fixture(scope="module")
def untouched(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Open a copy that every test leaves as it was."""
    with county_store.opened(county_store.copy(made, tmp_path_factory.mktemp("untouched"))) as each:
        yield each


def signed(workspace: Workspace, out: Path, order: Order = P01, *, replaces: str = "") -> FinalOutcome:
    return final_reports.sign(workspace, order, out, by="Anna Exempel", role="verksamhetschef", replaces=replaces)


def test_a_final_report_says_who_stands_behind_it_and_is_handed_out_as_it_was_signed(
    workspace: Workspace, tmp_path: Path
) -> None:
    out, again = tmp_path / "P01.pdf", tmp_path / "igen.pdf"
    expected = final_reports.before_signing(workspace, P01)
    final = signed(workspace, out).final
    text = pdf.read(out.read_bytes()).text
    assert final.number.endswith("-0001")
    assert final.number == expected.number
    assert f"Fastställd som {final.number} av Anna Exempel, verksamhetschef" in text
    assert "Utkast" not in text
    final_reports.hand_out(workspace, final.number, again)
    assert again.read_bytes() == out.read_bytes()
    assert final_reports.is_same_today(workspace, final.number)
    actions = [entry.action for entry in audit.entries(workspace.store)]
    assert actions[:2] == [final_reports.HANDED_OUT, final_reports.SIGNED]


def test_a_draft_says_on_every_page_that_it_is_one(workspace: Workspace, tmp_path: Path) -> None:
    made = pdf.read(reports.total_report(workspace, tmp_path / "utkast.pdf").read_bytes())
    assert all("Utkast · Kvalitetsapp" in page for page in made.pages)


def test_what_replaces_a_final_report_withdraws_it_and_nothing_is_lost(workspace: Workspace, tmp_path: Path) -> None:
    first = signed(workspace, tmp_path / "1.pdf", SHORT).final
    assert final_reports.before_signing(workspace, SHORT).replaceable == (first,)
    second = signed(workspace, tmp_path / "2.pdf", SHORT, replaces=first.number).final
    withdrawn = final_reports.of_number(workspace, first.number)
    assert withdrawn.withdrawn_because == f"Ersatt av {second.number}"
    assert [row[0] for row in final_reports.finals(workspace).rows] == [second.number, first.number]
    assert final_reports.before_signing(workspace, SHORT).replaceable == (second,)
    assert final_reports.before_signing(workspace, Order(ReportKind.TOTAL)).replaceable == ()
    with pytest.raises(RefusedError, match="redan återkallad"):
        final_reports.withdraw(workspace, first.number, because="igen")
    with pytest.raises(RefusedError, match="något annat"):
        signed(workspace, tmp_path / "3.pdf", Order(ReportKind.TOTAL), replaces=second.number)


@pytest.mark.parametrize(("by", "role"), [("A" * 5000, "chef"), ("Anna", "chef\u202e"), ("19121212-1212", "chef")])
def test_what_cannot_be_printed_signs_nothing(workspace: Workspace, tmp_path: Path, by: str, role: str) -> None:
    with pytest.raises(InputError, match="på en rad"):
        final_reports.sign(workspace, P01, tmp_path / "P01.pdf", by=by, role=role)
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_receiver_and_a_note_have_no_signs_that_cannot_be_seen(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="på en rad"):
        reports.provider_report(workspace, "P01", tmp_path / "P01.pdf", receiver=Receiver("Ledningen\nsjälv"))
    day = workspace.today
    note = NoteOnProvider(0, "P01", ProviderNote.ACTION, "Byt rutin", "A" * 300, day, None, 0, day, "")
    with pytest.raises(InputError, match="på en rad"):
        provider_notes.write(workspace, note)
    with pytest.raises(InputError, match="inte syns"):
        provider_notes.write(workspace, replace(note, text="Byt\x1b rutin", responsible=""))
    assert provider_notes.of_provider(workspace, "P01") == ()


def test_a_report_is_withdrawn_for_a_reason_that_can_be_kept(workspace: Workspace, tmp_path: Path) -> None:
    number = signed(workspace, tmp_path / "x.pdf", SHORT).final.number
    with pytest.raises(InputError, match="för långt"):
        final_reports.withdraw(workspace, number, because="A" * 2000)
    assert not final_reports.of_number(workspace, number).withdrawn_at


@pytest.mark.parametrize(("by", "role"), [("", "verksamhetschef"), ("Anna", " ")])
def test_nobody_signs_nothing(untouched: Workspace, tmp_path: Path, by: str, role: str) -> None:
    with pytest.raises(InputError, match="vem som fastställer"):
        final_reports.sign(untouched, P01, tmp_path / "x.pdf", by=by, role=role)
    assert not (tmp_path / "x.pdf").exists()


def test_cancelled_signing_leaves_no_number_and_no_file(untouched: Workspace, tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(CancelledError):
        final_reports.sign(untouched, P01, tmp_path / "x.pdf", by="Anna", role="chef", progress=progress)
    assert final_reports.finals(untouched).rows == []
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_report_that_leaves_is_logged_with_its_receiver_and_one_that_stays_is_not(
    workspace: Workspace, tmp_path: Path
) -> None:
    reports.write(workspace, SHORT, tmp_path / "inne.pdf")
    assert releases.log(workspace).rows == []
    receiver = Receiver("Kliniken AB", "dialogmöte")
    reports.provider_report(
        workspace, "P01", tmp_path / "ute.pdf", small_numbers=SmallNumbers.PLAIN, receiver=receiver
    )
    (row,) = releases.log(workspace).records()
    assert (row["receiver"], row["purpose"], row["file_name"]) == ("Kliniken AB", "dialogmöte", "ute.pdf")


def test_a_final_report_that_may_leave_is_logged_for_every_receiver_and_its_counts_once(
    workspace: Workspace, tmp_path: Path
) -> None:
    number = signed(workspace, tmp_path / "ute.pdf", leaving.order()).final.number
    inside = signed(workspace, tmp_path / "inne.pdf", SHORT).final.number
    second = Receiver("Regionstyrelsen", "årsuppföljning")
    for final in (number, inside):
        final_reports.hand_out(workspace, final, tmp_path / f"{final}.pdf", second)
    again, first = releases.log(workspace).records()
    assert (first["receiver"], again["receiver"]) == (leaving.RECEIVER.name, second.name)
    assert (again["purpose"], again["file_name"]) == (second.purpose, f"{number}.pdf")
    assert first["fingerprint"] == again["fingerprint"]
    tables = [name for (name,) in workspace.store.rows("SELECT DISTINCT table_name FROM released_cells")]
    cells = [len(one.cells) for one in stored_releases.all_releases(workspace.store, tables)]
    assert (cells[0], cells[1] > 0) == (0, True)
    with pytest.raises(NotReleasedError, match=r"tillsammans med ute\.pdf"):
        reports.write(workspace, leaving.order(as_of=EARLIER), tmp_path / "förr.pdf")


def test_a_comparison_is_made_final_and_made_again_the_same(workspace: Workspace, tmp_path: Path) -> None:
    final = signed(workspace, tmp_path / "x.pdf", SHORT).final
    assert (final.kind, final.subject) == (ReportKind.COMPARISON, USUAL_INDICATOR)
    assert final_reports.is_same_today(workspace, final.number)


def test_a_table_that_with_an_earlier_one_tells_of_few_persons_stays_and_the_strict_one_leaves(
    workspace: Workspace, tmp_path: Path
) -> None:
    reports.write(workspace, leaving.order(), tmp_path / "nu.pdf")
    with pytest.raises(NotReleasedError, match=r"tillsammans med nu\.pdf"):
        reports.write(workspace, leaving.order(as_of=EARLIER), tmp_path / "förr.pdf")
    assert not (tmp_path / "förr.pdf").exists()
    strict = leaving.order(SmallNumbers.STRICT, as_of=EARLIER)
    assert "≤7" in pdf.read(reports.write(workspace, strict, tmp_path / "strängt.pdf").read_bytes()).text


def test_all_providers_get_their_report_in_one_go_with_the_same_bytes_as_one_by_one(
    workspace: Workspace, tmp_path: Path
) -> None:
    steps: list[tuple[int, int | None, str]] = []
    (tmp_path / "alla").mkdir()
    rows = report_batch.all_providers(
        workspace, tmp_path / "alla", progress=Progress(lambda *step: steps.append(step))
    )
    assert len(rows) == len(list((tmp_path / "alla").iterdir())) == steps[-1][0]
    row = rows[-1]
    alone = reports.provider_report(workspace, row.provider_id, tmp_path / "en.pdf")
    assert row.path is not None
    assert row.path.read_bytes() == alone.read_bytes()


def test_who_cancels_knows_which_reports_were_written_and_each_has_its_workbook(
    untouched: Workspace, tmp_path: Path
) -> None:
    progress, rows = Progress(), list[report_batch.BatchRow]()

    def one_is_enough(row: report_batch.BatchRow) -> None:
        rows.append(row)
        progress.cancel()

    with pytest.raises(CancelledError):
        report_batch.all_providers(untouched, tmp_path, workbooks=True, told=one_is_enough, progress=progress)
    (row,) = rows
    assert {row.path, row.workbook} == set(tmp_path.iterdir())
    assert row.workbook == tmp_path / "Uppföljning – Egna kliniken.xlsx"


def test_notes_about_a_provider_are_kept_done_and_withdrawn(workspace: Workspace) -> None:
    day = workspace.today
    earlier = day - timedelta(days=1)
    action = NoteOnProvider(0, "P01", ProviderNote.ACTION, " Ny rutin ", "B. Exempel", earlier, None, 0, earlier, "")
    number = provider_notes.write(workspace, action).note
    (kept,) = provider_notes.of_provider(workspace, "P01")
    assert (kept.text, kept.is_late(day), kept.who) == ("Ny rutin", True, workspace.user)
    with pytest.raises(InputError, match="ligger före"):
        provider_notes.done(workspace, number, earlier - timedelta(days=1))
    provider_notes.done(workspace, number, day)
    with pytest.raises(RefusedError, match="redan klar"):
        provider_notes.done(workspace, number, day)
    follow_up = NoteOnProvider(0, "P01", ProviderNote.FOLLOW_UP, "Följt", "", None, None, number, day, "")
    provider_notes.write(workspace, follow_up)
    provider_notes.withdraw(workspace, number)
    assert [one.text for one in provider_notes.of_provider(workspace, "P01")] == ["Följt"]
    assert dialect.faults(workspace.store.conn) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"provider_id": "P99"}, "Vårdgivaren finns inte"),
        ({"text": " "}, "Skriv något"),
        ({"text": "x" * 2001}, "för lång"),
        ({"text": "Se 19121212-1212"}, "personnummer"),
        ({"said_on": "tomorrow"}, "framtiden"),
        ({"kind": ProviderNote.FOLLOW_UP, "answers": 77}, "ingen sådan"),
        ({"answers": 77}, "Bara en uppföljning"),
        ({"due_on": date(2999, 1, 1)}, "Bara en åtgärd har"),
        ({"kind": ProviderNote.ACTION, "due_on": date(1999, 1, 1)}, "Slutdagen ligger före"),
    ],
)
def test_a_note_that_cannot_be_right_is_not_kept(untouched: Workspace, changed: dict[str, object], said: str) -> None:
    from dataclasses import replace

    day = untouched.today
    sound = NoteOnProvider(0, "P01", ProviderNote.COMMENT, "Text", "", None, None, 0, day, "")
    if changed.get("said_on"):
        changed = {"said_on": day + timedelta(days=1)}
    with pytest.raises(InputError, match=said):
        provider_notes.write(untouched, replace(sound, **changed))  # type: ignore[arg-type]
    assert provider_notes.of_provider(untouched, "P01") == ()
