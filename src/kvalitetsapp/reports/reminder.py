"""A reminder on paper: which document is late, by how much and how long, and where to pay. No patient data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain import bankgiro, basis_tables
from kvalitetsapp.reports import sheet as sheets
from kvalitetsapp.reports.document import PageFrame
from kvalitetsapp.reports.sheet import Sheet
from kvalitetsapp.texts import _, kronor, ngettext, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.reminder_letter import ReminderLetter


def build(reminder: ReminderLetter, *, sample: bool) -> bytes:
    """Return the PDF of a reminder."""
    title = _("Betalningspåminnelse")
    sheet = Sheet(
        PageFrame(
            title=f"{title} {reminder.number}",
            header_left=f"{title} {reminder.number}",
            header_right=reminder.reminded_on.isoformat(),
            footer=reminder.issuer.name,
            sample=sample,
        )
    )
    sheet.text(title, sheets.TITLE)
    sheet.down(10)
    sheet.columns(
        [
            [(role, sheets.LABEL), (party.name, sheets.STRONG)]
            + [(line, sheets.BODY) for line in basis_tables.in_lines(party.address)]
            for role, party in ((_("Från"), reminder.issuer), (_("Till"), reminder.receiver))
        ]
    )
    sheet.down(18)
    sheet.text(_sentence(reminder), sheets.BODY)
    sheet.down(10)
    _facts(sheet, reminder)
    sheet.down(10)
    sheet.text(_("Har ni redan betalat? Då kan ni bortse från påminnelsen."), sheets.BODY)
    return sheet.finish()


def _sentence(reminder: ReminderLetter) -> str:
    said = ngettext(
        "Vi har inte fått full betalning för underlaget nedan. Det förföll för {n} dag sedan.",
        "Vi har inte fått full betalning för underlaget nedan. Det förföll för {n} dagar sedan.",
        reminder.days_late,
    )
    return said.format(n=number(reminder.days_late))


def _facts(sheet: Sheet, reminder: ReminderLetter) -> None:
    sheet.line()
    sheet.down(6)
    sheet.facts(
        [
            (_("Underlag"), reminder.number),
            (_("Fakturanummer"), reminder.legal_number),
            (_("Utställt"), reminder.issued_on.isoformat()),
            (_("Förfallodag"), reminder.due_on.isoformat()),
            (_("Påminnelse nr"), number(reminder.count)),
            (_("Underlagets belopp"), kronor(reminder.amount)),
            (_("Betalt, krediterat eller undantaget"), kronor(reminder.amount - reminder.open_amount)),
            (_("Betalas senast"), reminder.pay_by.isoformat()),
            (_("Bankgiro"), bankgiro.formatted(reminder.issuer.bankgiro)),
        ],
        look=sheets.BODY,
    )
    sheet.down(4)
    sheet.text(_("Kvar att betala: {amount}").format(amount=kronor(reminder.open_amount)), sheets.SUM)
    sheet.line()
