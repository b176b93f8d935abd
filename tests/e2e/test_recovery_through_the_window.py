"""A whole recovery through the window, by keys alone: from the review of events to the last krona, to the öre.

Anna drafts, issues and follows up; Bo reviews and approves. What the window shows in the end is what the documents,
the summary, the ageing, the report and the store say.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtCore import Qt

from kvalitetsapp.domain.claim_words import ClaimStep
from kvalitetsapp.domain.review_queue import Preset
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.pages.reports_page import ReportsPage
from kvalitetsapp.gui.pages.review_page import ReviewPage
from kvalitetsapp.gui.widgets import claim_watch_view, claims_view, rows_view
from kvalitetsapp.services import ageing, bases, summaries
from kvalitetsapp.services.workspace import open_workspace
from support import claim_year as year
from support import made_documents, payment_files, pdf
from support.agreeing_sums import disagreements
from support.claim_year import KR
from support.counties import PASSPHRASE
from support.document_sums import PASSWORD, write
from support.finance_at_keyboard import CTRL, FinanceAtKeyboard, plain
from support.official_invoice_rules import official_faults
from support.reviewing import ANNA, BO

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from PySide6.QtCore import QAbstractItemModel

    from kvalitetsapp.domain.basis import Issuer, Receiver

REVIEWED: Final = date(2025, 3, 10)
REMINDED: Final = date(2025, 5, 12)
EVENTS: Final = ("E01", "E02", "E03", "E10", "E11", "E14")
CLAIMED: Final = {
    "P01": 290_000_25,  # 200 000 to the cap, 50 000,25 and 40 000 less their deductibles
    "P02": 170_006_45,  # by weight and price, and 80 000
}
CREDITED: Final = 60_000_25
PAID: Final = 399_240_95
LEFT: Final = 765_50
LEGAL: Final = {"P01": "90012345", "P02": "90012346"}


@pytest.mark.qt_log_ignore("This plugin does not support")  # what the offscreen platform says of menus, too
def test_a_recovery_is_done_through_the_window_and_everything_agrees(
    finance: FinanceAtKeyboard, tmp_path: Path
) -> None:
    folder = tmp_path / "filer"
    folder.mkdir()
    finance.open_store(_made(tmp_path))
    _review(finance)
    _draft_and_approve(finance)
    numbers = {provider: _issue(finance, provider) for provider in CLAIMED}
    for provider, number in numbers.items():
        _send(finance, number, LEGAL[provider], folder)
    _answer(finance)
    _credit_what_was_given_up(finance, numbers["P01"])
    _take_in_payments(finance, tmp_path, numbers["P01"])
    letter = _remind(finance, folder)
    assert letter.name == f"{numbers['P01']}-paminnelse-1.pdf"
    _review_again_and_credit(finance)
    finance.come_to_claims("Betalningar")
    finance.type_payment("78000", LEGAL["P01"])
    _window_agrees(finance)
    report = _report(finance, folder)
    assert finance.runner.store is not None
    path = finance.runner.store.path
    finance.runner.close()
    _store_agrees(path, folder, report)


def _made(folder: Path) -> Path:
    """Make a store with operations, agreements and events that nobody has looked at; finance has told nothing."""
    with year.make_unbilled(folder) as workspace:
        workspace.day = REVIEWED
        known = (*year.KNOWN_IN_JANUARY, *year.KNOWN_IN_MARCH)
        year.take_events(workspace, folder, *(one for one in known if one[0] in EVENTS))
        return workspace.path


def _review(me: FinanceAtKeyboard) -> None:
    """Let Bo confirm every proposed event."""
    me.is_now(BO, REVIEWED)
    page = me.go_to(Qt.Key.Key_5, ReviewPage)
    waiting = page.desk.queue.table.model
    me.until(lambda: waiting.rowCount() == len(EVENTS))
    for left in reversed(range(len(EVENTS))):
        me.until(page.desk.form.is_answerable)
        me.press(Qt.Key.Key_1)
        me.press(Qt.Key.Key_Return, CTRL)
        me.until(partial(_has_left, waiting, left))


def _has_left(waiting: QAbstractItemModel, left: int) -> bool:
    return waiting.rowCount() == left


def _draft_and_approve(me: FinanceAtKeyboard) -> None:
    """Let Anna draft all there is; she cannot approve it, Bo can."""
    me.is_now(ANNA, REVIEWED)
    me.come_to_claims("Att kräva")
    view = me.page.unclaimed
    assert plain(view.sums.text()).endswith("Alla: 5 ärenden, 460 006,70 kr")
    me.choose(view.table, rows=5)
    me.press(Qt.Key.Key_Return, CTRL)
    assert plain(view.sums.text()).endswith("Redan i utkast: 460 006,70 kr")
    me.come_to_claims("Krav")
    claims = me.page.claims
    approve = claims.step_bar.steps[ClaimStep.APPROVED]
    me.choose(claims.table, rows=5)
    me.push(approve)
    assert "Någon annan ska godkänna" in claims.wrong.text()
    me.is_now(BO, REVIEWED)
    me.choose(claims.table, rows=5)
    me.push(approve)
    assert claims.parts.buttons[claims_view.APPROVED].text() == "Att ställa ut  5"


def _issue(me: FinanceAtKeyboard, provider: str) -> str:
    """Let Anna issue what a provider owes; what is lacking is filled in on the way, the issuer only once."""
    me.is_now(ANNA, REVIEWED)
    me.come_to_claims("Krav")
    claims = me.page.claims
    me.choose_part(claims.parts, claims_view.APPROVED)
    receiver = year.receiver(provider)
    me.choose(claims.table, receiver.name.partition(" ")[0], rows=3 if provider == "P01" else 2)
    asked = me.issue()
    assert not asked.save.isEnabled()
    assert asked.rules.isVisible() == (provider == "P01")
    if asked.rules.isVisible():
        me.tell_rules(asked, _told(made_documents.ISSUER))
    me.tell_receiver(asked, _told(receiver))
    me.until(asked.save.isEnabled)
    assert plain(asked.amount.text()).startswith(_kr(CLAIMED[provider]))
    with messages.answering(True):  # noqa: FBT003 - yes
        me.save()
    issued = me.page.bases.current()
    assert issued is not None
    assert issued.basis.amount == CLAIMED[provider]
    return issued.basis.number


def _told(party: Issuer | Receiver) -> dict[str, str]:
    """Return the texts of a party by the fields they are typed in."""
    fields = asdict(party)
    address = {f"address.{name}": text for name, text in fields.pop("address").items()}
    return {name: text for name, text in (fields | address).items() if name != "provider_id" and isinstance(text, str)}


def _send(me: FinanceAtKeyboard, number: str, legal: str, folder: Path) -> None:
    me.come_to_claims("Underlag")
    me.choose_part(me.page.bases.parts, rows_view.ALL)
    me.choose(me.page.bases.table, number)
    me.write_files(folder, PASSWORD)
    me.note_sent("Säker e-post")
    me.note_legal_number(legal)


def _answer(me: FinanceAtKeyboard) -> None:
    """Write down what the provider says of two claims: one is accepted, one disputed, answered and redetermined."""
    me.come_to_claims("Krav")
    claims = me.page.claims
    me.choose_part(claims.parts, rows_view.ALL)
    me.choose(claims.table, "40 000")
    me.answer(ClaimStep.ACCEPTED, reason="Per brev")
    me.choose(claims.table, "50 000,25")
    me.answer(ClaimStep.DISPUTED, reason="Patienten hade fallit")
    me.answer(ClaimStep.ANSWERED, reason="Fallet kom efter luxationen")
    assert claims.parts.buttons[claims_view.DISPUTED].text() == "Bestridda  1"
    me.answer(ClaimStep.REDETERMINED, amount="30000", reason="Vi möts på vägen")
    assert "Att kreditera" in claims.detail.past.toPlainText()
    assert "20 000,25 kr" in plain(claims.detail.past.toPlainText())


def _credit_what_was_given_up(me: FinanceAtKeyboard, number: str) -> None:
    """Credit the rest of the redetermined claim, which then is not there to be claimed again."""
    claim = me.page.claims.current()
    assert claim is not None
    me.come_to_claims("Underlag")
    me.choose(me.page.bases.table, number)
    me.push(me.page.bases.credit)
    me.credit_line(claim.claim.number, "20000,25", "Omprövat efter svar")
    me.come_to_claims("Bevakning")
    watch = me.page.watch
    me.choose_part(watch.parts, claim_watch_view.CORRECTIONS)
    assert not watch.leave.isEnabled()
    assert me.page.tabs.tabText(me.tabs().index("Att kräva")) == "Att kräva"


def _take_in_payments(me: FinanceAtKeyboard, folder: Path, number: str) -> None:
    """Take in the bank's file: all of one document, a part of the other, and money that names nothing."""
    file = payment_files.camt(
        folder / "camt.xml",
        payment_files.entry("170006.45", payment_files.transaction("170006.45", LEGAL["P02"]), own="BG-1"),
        payment_files.entry("150000.00", payment_files.transaction("150000.00", LEGAL["P01"]), own="BG-2"),
        payment_files.entry("1234.50", payment_files.transaction("1234.50", free="tack"), own="BG-3"),
    )
    me.come_to_claims("Betalningar")
    view = me.page.payments
    me.import_payments(file)
    assert plain(view.sums.text()) == (
        "1 betalning   ·   1 234,50 kr   ·   placerat 0,00 kr   ·   ej placerat 1 234,50 kr"
    )
    me.come_to(view.table.view)
    me.place_payment(number)
    me.choose_part(view.parts, rows_view.ALL)
    assert plain(view.sums.text()) == (
        "3 betalningar   ·   321 240,95 kr   ·   placerat 321 240,95 kr   ·   ej placerat 0,00 kr"
    )


def _remind(me: FinanceAtKeyboard, folder: Path) -> Path:
    """Let the payment be late, register a reminder and have its letter written."""
    me.is_now(ANNA, REMINDED)
    me.come_to_claims("Obetalt")
    view = me.page.ageing
    assert plain(view.sums.text()).startswith("Öppet 118 765,50 kr: ")
    me.come_to(view.reminders.view)
    with messages.answering(True, True, str(folder)):  # noqa: FBT003 - register, and write
        me.push(view.remind)
        me.until(lambda: any(folder.glob("*-paminnelse-1.pdf")) and not me.runner.is_busy)
    (letter,) = folder.glob("*-paminnelse-1.pdf")
    assert "118 765,50" in plain(pdf.read(letter.read_bytes()).text)
    return letter


def _review_again_and_credit(me: FinanceAtKeyboard) -> None:
    """Let Bo reject an event whose claim is issued; it waits under Bevakning and is credited from there."""
    me.is_now(BO, REMINDED)
    page = me.go_to(Qt.Key.Key_5, ReviewPage)
    desk = page.desk
    presets = desk.queue.presets
    me.come_to(presets.buttons[presets.preset])
    while presets.preset is not Preset.ALL:
        me.press(Qt.Key.Key_Right)
    me.press(Qt.Key.Key_F, CTRL)
    me.write("bok/E10")
    me.until(lambda: desk.queue.table.model.rowCount() == 1 and desk.form.is_answerable())
    me.come_to(desk.queue.table.view)
    me.press(Qt.Key.Key_4)
    me.write("Ny skada, inte följd av operationen")
    me.press(Qt.Key.Key_Return, CTRL)
    me.is_now(ANNA, REMINDED)
    me.come_to_claims("Bevakning")
    watch = me.page.watch
    assert watch.parts.buttons[claim_watch_view.CORRECTIONS].text() == "Att rätta  1"
    me.choose(watch.tables[claim_watch_view.CORRECTIONS], "40 000")
    found = watch.correction()
    assert found is not None
    assert (found.event_ref, found.difference) == ("bok/E10", -40_000 * KR)
    me.push(watch.credit)
    me.push(me.page.bases.credit)
    me.credit_line(found.number, "", "Inget samband efter ny granskning")
    me.come_to_claims("Bevakning")
    assert watch.parts.buttons[claim_watch_view.CORRECTIONS].text() == "Att rätta  0"


def _window_agrees(me: FinanceAtKeyboard) -> None:
    """Hold the sums that the tabs show against each other."""
    claimed = sum(CLAIMED.values())
    sums = f"{_kr(claimed)}   ·   krediterat {_kr(CREDITED)}   ·   betalt {_kr(PAID)}   ·   öppet {_kr(LEFT)}"
    me.come_to_claims("Underlag")
    me.choose_part(me.page.bases.parts, rows_view.ALL)
    me.choose(me.page.bases.table, rows=4)
    assert plain(me.page.bases.sums.text()) == f"4 underlag   ·   {sums}"
    me.come_to_claims("Obetalt")
    assert plain(me.page.ageing.sums.text()).startswith(f"Öppet {_kr(LEFT)}: ")
    me.come_to_claims("Krav")
    me.choose_part(me.page.claims.parts, rows_view.ALL)
    me.choose(me.page.claims.table, rows=5)
    rows = list(me.page.claims.table.model.table.records())
    assert [sum(int(str(row[name])) for row in rows) for name in ("credited", "paid", "left")] == [
        CREDITED,
        PAID,
        LEFT,
    ]
    me.choose(me.page.claims.table, "50 000,25")
    ledger = list(me.page.claims.detail.ledger.model.table.records())
    assert [row["amount"] for row in ledger] == [50_000_25, -20_000_25]
    assert ledger[-1]["left"] == 170_000 * KR
    me.come_to_claims("Sammanställningar")
    rows = list(me.page.summaries.table.model.table.records())
    assert {str(row["provider_id"]): row["claimed"] for row in rows} == CLAIMED
    assert _sums(rows, "credited", "paid") == [CREDITED, PAID]


def _report(me: FinanceAtKeyboard, folder: Path) -> str:
    """Make the report of all providers and return what stands in it."""
    page = me.go_to(Qt.Key.Key_9, ReportsPage).make
    me.fill_in(page.form.folder.text, str(folder))
    me.come_to(page.make)
    me.press(Qt.Key.Key_Space)
    (made,) = folder.glob("Uppföljning*.pdf")
    return plain(pdf.read(made.read_bytes()).text)


def _store_agrees(path: Path, folder: Path, report: str) -> None:
    """Hold the store, the files and the report against what was done."""
    told = [sum(CLAIMED.values()), CREDITED, PAID]
    with open_workspace(path, PASSPHRASE, write=True) as workspace:
        assert disagreements(workspace) == []
        assert _sums(summaries.recovery(workspace).records(), "claimed", "credited", "paid") == told
        assert ageing.by_provider(workspace, REMINDED)[-1].open == LEFT
        every = bases.all_bases(workspace)
        assert [one.basis.counter for one in every] == [1, 2, 3, 4]
        in_window = {file.name: file.read_bytes() for file in folder.glob("ZVF*") if "paminnelse" not in file.name}
        assert len(in_window) == 2 * 5
        for one in every:
            written = write(workspace, one.basis.number, folder)
            assert set(written.sums().values()) == {one.basis.amount}
            assert official_faults(written.xml) == []
        again = {name: (folder / name).read_bytes() for name in in_window if name.endswith((".csv", ".xlsx"))}
        assert again.items() <= in_window.items(), "files are the same whenever they are written"
    assert " ".join(_kr(amount).removesuffix(" kr") for amount in (*told, LEFT)) in report


def _sums(rows: Iterable[Mapping[str, object]], *columns: str) -> list[int]:
    """Return what each of some columns comes to."""
    every = list(rows)
    return [sum(int(str(row[name])) for row in every) for name in columns]


def _kr(amount: int) -> str:
    """Return an amount in öre as it is shown."""
    kronor, ore = divmod(amount, 100)
    return f"{kronor:,}".replace(",", " ") + f",{ore:02d} kr"
