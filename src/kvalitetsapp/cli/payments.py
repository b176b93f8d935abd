"""Payments on the command line: typed, read from a file, placed, taken back; and the lists of what is owed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvalitetsapp.cli import options, rejects
from kvalitetsapp.cli.lists import lists
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.domain.money import AmountFault
from kvalitetsapp.domain.payment import NewPayment, amount_of, lacking_in_amount
from kvalitetsapp.errors import ExitStatus, InputError
from kvalitetsapp.texts import _, kronor

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.cli.context import Context
    from kvalitetsapp.services.import_payments import PaymentImport

_NUMBER = click.argument("number", type=options.ListedNumber(), metavar="NR")
_BASIS = click.argument("basis", metavar="UNDERLAG")
_REASON = click.option("--reason", required=True, metavar="SKÄL", help=_("Varför. Det skrivs i loggen."))


@click.group("payment", cls=SwedishGroup, help=_("Betalningar och vad de betalar."))
def payment() -> None:
    """Gather the commands about payments."""


@payment.command("add", help=_("Skriv in en betalning. Den placeras på det som referensen nämner."))
@click.option("--on", "received_on", required=True, type=options.IsoDate(), help=_("Dagen då den kom."))
@click.option("--amount", required=True, metavar="BELOPP", help=_("Belopp i kronor; minus före om det är återbetalt."))
@click.option("--reference", default="", metavar="REFERENS", help=_("Vad betalaren har angett."))
@click.option("--payer", default="", metavar="NAMN", help=_("Vem som har betalat."))
@click.option("--note", default="", metavar="ORD", help=_("Egen anteckning."))
@click.pass_obj
def add(context: Context, *, received_on: date, amount: str, reference: str, payer: str, note: str) -> None:
    """Keep a payment."""
    from kvalitetsapp.services import payments

    new = NewPayment(received_on, _ore(amount), reference.strip(), payer.strip(), note=note.strip())
    with context.open(write=True) as workspace:
        done = payments.record(workspace, new)
    click.echo(done.said, err=True)


@payment.command("import", help=_("Läs in en fil med betalningar: CSV eller bankens camt.054."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FIL")
@click.option("--dry-run", is_flag=True, help=_("Pröva bara; ändra inget."))
@options.output_format
@click.pass_obj
def import_file(context: Context, *, file: Path, dry_run: bool) -> int:
    """Take a file in, print what became of each row, and tell the account."""
    from kvalitetsapp.domain.payment_tables import imported_table
    from kvalitetsapp.services import import_payments

    with context.open(write=True) as workspace:
        outcome = import_payments.import_file(workspace, file, dry_run=dry_run, progress=context.progress())
    context.print_table(imported_table((one.row, one.payment, one.is_new, one.shares) for one in outcome.rows))
    _tell(outcome)
    return int(ExitStatus.SOME_REJECTED if outcome.rejected else ExitStatus.OK)


@payment.command("place", help=_("Låt en betalning, eller en del av den, betala ett underlag."))
@_NUMBER
@_BASIS
@click.option("--amount", metavar="BELOPP", help=_("Hur mycket (annars så mycket som går)."))
@click.pass_obj
def place(context: Context, *, number: int, basis: str, amount: str | None) -> None:
    """Place a payment on a document."""
    from kvalitetsapp.services import payments

    with context.open(write=True) as workspace:
        done = payments.place(workspace, number, basis, None if amount is None else _ore(amount))
    click.echo(done.said, err=True)


@payment.command("unplace", help=_("Låt en betalning inte längre betala ett underlag."))
@_NUMBER
@_BASIS
@_REASON
@click.pass_obj
def unplace(context: Context, *, number: int, basis: str, reason: str) -> None:
    """Take a payment off a document."""
    from kvalitetsapp.services import payments

    with context.open(write=True) as workspace:
        done = payments.unplace_from(workspace, number, basis, reason)
    click.echo(done.said, err=True)


@payment.command("withdraw", help=_("Återta en betalning som inte skulle ha sparats."))
@_NUMBER
@_REASON
@click.pass_obj
def withdraw(context: Context, *, number: int, reason: str) -> None:
    """Take a payment back."""
    from kvalitetsapp.services import payments

    with context.open(write=True) as workspace:
        done = payments.withdraw(workspace, number, reason)
    click.echo(done.said, err=True)


@payment.command("remind", help=_("Anteckna att ett underlag påminns om i dag."))
@_BASIS
@click.pass_obj
def remind(context: Context, *, basis: str) -> None:
    """Register a reminder."""
    from kvalitetsapp.services import reminders

    with context.open(write=True) as workspace:
        done = reminders.register(workspace, basis)
    click.echo(done.said, err=True)


@lists.command("payments", help=_("Alla betalningar och vad de betalar, den senaste först."))
@options.output_format
@click.pass_obj
def list_payments(context: Context) -> None:
    """Print every payment."""
    from kvalitetsapp.domain.payment_tables import payments_table
    from kvalitetsapp.services import payments

    with context.open(write=False) as workspace:
        context.print_table(payments_table(payments.payments(workspace)))


@lists.command("ageing", help=_("Vad varje vårdgivare är skyldig, efter hur gammalt det är."))
@click.option("--as-of", type=options.IsoDate(), help=_("Som det var en dag (annars i dag)."))
@options.output_format
@click.pass_obj
def list_ageing(context: Context, *, as_of: date | None) -> None:
    """Print what is owed by age."""
    from kvalitetsapp.domain.payment_tables import ageing_table
    from kvalitetsapp.services import ageing

    with context.open(write=False) as workspace:
        context.print_table(ageing_table(ageing.by_provider(workspace, as_of)))


@lists.command("reminders", help=_("Underlag som ska påminnas om i dag."))
@options.output_format
@click.pass_obj
def list_reminders(context: Context) -> None:
    """Print the reminders to send."""
    from kvalitetsapp.domain.payment_tables import reminders_table
    from kvalitetsapp.services import reminders

    with context.open(write=False) as workspace:
        context.print_table(reminders_table(reminders.due(workspace)))


def _ore(text: str) -> int:
    """Return the öre of an amount.

    Raises:
        InputError: it is none, or zero.
    """
    found = amount_of(text)
    if isinstance(found, AmountFault) or found == 0:
        raise InputError(lacking_in_amount(text))
    return found


def _tell(outcome: PaymentImport) -> None:
    """Write the account in rows and kronor, what looks wrong, and the rejects."""
    amounts = outcome.amounts
    text = _("{file}: {read} lästa = {stored} nya + {unchanged} oförändrade + {rejected} avvisade.")
    told = {"read": outcome.read, "stored": outcome.stored, "unchanged": outcome.unchanged}
    click.echo(text.format(file=outcome.file, rejected=outcome.rejected, **told), err=True)
    text = _("  {read} = {stored} nya + {unchanged} oförändrade + {rejected} avvisade.")
    told_kronor = {name: kronor(getattr(amounts, name)) for name in ("read", "stored", "unchanged", "rejected")}
    click.echo(text.format(**told_kronor), err=True)
    text = _("  Av de nya är {placed} placerade och {left} inte.")
    click.echo(text.format(placed=kronor(outcome.placed), left=kronor(outcome.left)), err=True)
    for row, remark in outcome.remarks:
        click.echo(_("  rad {row}: {remark}").format(row=row, remark=remark), err=True)
    rejects.tell(outcome.rejects)
    if not outcome.applied:
        click.echo(_("Inget har ändrats; så här hade det blivit."), err=True)


COMMANDS = (payment,)
