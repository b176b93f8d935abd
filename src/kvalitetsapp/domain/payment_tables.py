"""Payments, files of them, ageing and reminders as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.table import Column, Kind, Row, Table
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.domain.ageing import Ageing
    from kvalitetsapp.domain.payment import NewPayment, Payment, Share
    from kvalitetsapp.domain.reminder import Reminder

PAYMENTS: Final[tuple[Column, ...]] = (
    Column("payment", Kind.INTEGER, N_("Betalning nr")),
    Column("received_on", Kind.DATE, N_("Mottagen")),
    Column("amount", Kind.MONEY, N_("Belopp")),
    Column("placed", Kind.MONEY, N_("Placerat")),
    Column("left", Kind.MONEY, N_("Ej placerat")),
    Column("placed_on", Kind.TEXT, N_("Placerad på")),
    Column("reference", Kind.TEXT, N_("Referens")),
    Column("payer", Kind.TEXT, N_("Betalare")),
    Column("payment_origin", Kind.CODE, N_("Ursprung"), "payment_origin"),
    Column("file", Kind.TEXT, N_("Fil")),
    Column("note", Kind.TEXT, N_("Anteckning")),
    Column("who", Kind.TEXT, N_("Av vem")),
    Column("recorded_at", Kind.TEXT, N_("Sparad")),
)

IMPORTED: Final[tuple[Column, ...]] = (
    Column("row", Kind.INTEGER, N_("Rad")),
    Column("received_on", Kind.DATE, N_("Mottagen")),
    Column("amount", Kind.MONEY, N_("Belopp")),
    Column("new", Kind.FLAG, N_("Ny")),
    Column("placed", Kind.MONEY, N_("Placerat")),
    Column("left", Kind.MONEY, N_("Ej placerat")),
    Column("placed_on", Kind.TEXT, N_("Placerad på")),
    Column("reference", Kind.TEXT, N_("Referens")),
    Column("payer", Kind.TEXT, N_("Betalare")),
)

AGEING: Final[tuple[Column, ...]] = (
    Column("provider_id", Kind.TEXT, N_("Vårdgivare")),
    Column("provider", Kind.TEXT, N_("Vårdgivarens namn")),
    Column("bases", Kind.INTEGER, N_("Underlag")),
    Column("not_due", Kind.MONEY, N_("Ej förfallet")),
    Column("late_1_30", Kind.MONEY, N_("1–30 dagar")),
    Column("late_31_60", Kind.MONEY, N_("31–60 dagar")),
    Column("late_61_90", Kind.MONEY, N_("61–90 dagar")),
    Column("late_over_90", Kind.MONEY, N_("Över 90 dagar")),
    Column("disputed", Kind.MONEY, N_("Bestritt")),
    Column("overpaid", Kind.MONEY, N_("För mycket betalt")),
    Column("open", Kind.MONEY, N_("Öppet")),
    Column("written_off", Kind.MONEY, N_("Avskrivet")),
)

REMINDERS: Final[tuple[Column, ...]] = (
    Column("basis_number", Kind.TEXT, N_("Underlag")),
    Column("legal_number", Kind.TEXT, N_("Fakturanummer")),
    Column("provider_id", Kind.TEXT, N_("Vårdgivare")),
    Column("provider", Kind.TEXT, N_("Vårdgivarens namn")),
    Column("issued_on", Kind.DATE, N_("Utställt")),
    Column("due_on", Kind.DATE, N_("Förfallodag")),
    Column("amount", Kind.MONEY, N_("Att påminna om")),
    Column("paid", Kind.MONEY, N_("Betalt")),
    Column("reminder", Kind.INTEGER, N_("Påminnelse nr")),
)


def payments_table(payments: Iterable[Payment]) -> Table:
    """Return payments as a table, in the order given."""
    return Table(PAYMENTS, [_payment_row(one) for one in payments])


def imported_table(rows: Iterable[tuple[int, NewPayment, bool, tuple[Share, ...]]]) -> Table:
    """Return the payments of a file as a table: row, payment, whether it is new, and what it is laid on."""
    return Table(IMPORTED, [_imported_row(*one) for one in rows])


def ageing_table(ages: Iterable[Ageing]) -> Table:
    """Return what providers owe by age as a table, in the order given; all of them together under that name."""
    return Table(AGEING, [_ageing_row(one) for one in ages])


def reminders_table(reminders: Iterable[Reminder]) -> Table:
    """Return reminders to send as a table, in the order given."""
    return Table(REMINDERS, [_reminder_row(one) for one in reminders])


def _payment_row(one: Payment) -> Row:
    return (
        one.payment,
        one.received_on.isoformat(),
        one.amount,
        one.placed,
        one.left,
        ", ".join(dict.fromkeys(match.number for match in one.matches)),
        one.reference,
        one.payer,
        one.origin.value,
        one.file_name,
        one.note,
        one.who,
        one.recorded_at,
    )


def _imported_row(row: int, new: NewPayment, is_new: bool, shares: tuple[Share, ...]) -> Row:
    placed = sum(share.amount for share in shares)
    return (
        row,
        new.received_on.isoformat(),
        new.amount,
        int(is_new),
        placed if is_new else None,
        new.amount - placed if is_new else None,
        ", ".join(share.number for share in shares),
        new.reference,
        new.payer,
    )


def _ageing_row(one: Ageing) -> Row:
    return (
        one.provider_id,
        one.provider if one.provider_id else _("Alla"),
        one.bases,
        *one.by_age,
        one.disputed,
        one.overpaid,
        one.open,
        one.written_off,
    )


def _reminder_row(one: Reminder) -> Row:
    return (
        one.number,
        one.legal_number,
        one.provider_id,
        one.provider,
        one.issued_on.isoformat(),
        one.first_due_on.isoformat(),
        one.amount,
        one.paid,
        one.place,
    )
