"""`basis issue | credit | write | sent | legal-number` and `billing show | set`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvalitetsapp.cli import file_passwords, options
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kvalitetsapp.cli.context import Context
    from kvalitetsapp.domain.field_fault import FieldFault

_NUMBER = click.argument("number", metavar="UNDERLAG")
_DAY = click.option("--on", "day", type=options.IsoDate(), help=_("Dagen (annars i dag)."))


@click.group("basis", cls=SwedishGroup, help=_("Fakturaunderlag och kreditunderlag."))
def basis() -> None:
    """Gather the commands about documents."""


@basis.command("issue", help=_("Ställ ut godkända krav på en vårdgivare som ett underlag."))
@click.option("--claim", "claims", required=True, type=options.Words(), metavar="KRAV,KRAV", help=_("Kravens nummer."))
@_DAY
@click.pass_obj
def issue(context: Context, *, claims: tuple[str, ...], day: date | None) -> None:
    """Issue claims as one document, and print its number."""
    from kvalitetsapp.services import bases

    with context.open(write=True) as workspace:
        done = bases.issue(workspace, bases.claim_numbers(workspace, claims), issued_on=day)
    _demand(done.faults)
    if done.basis is not None:
        click.echo(done.basis.number)
    click.echo(done.said, err=True)


@basis.command("credit", help=_("Kreditera en rad, eller allt som är kvar av underlaget."))
@_NUMBER
@click.option("--line", type=options.ListedNumber(), help=_("Raden (annars alla rader, med allt som är kvar)."))
@click.option("--amount", metavar="KRONOR", help=_("Beloppet på raden (annars allt som är kvar av den)."))
@click.option(
    "--credit-reason", required=True, type=click.Choice(list("123456789")), help=_("Kreditskäl enligt listan.")
)
@click.option("--because", required=True, metavar="SKÄL", help=_("Varför, med egna ord. Står på underlaget."))
@_DAY
@click.pass_obj
def credit(
    context: Context,
    /,
    *,
    number: str,
    line: int | None,
    amount: str | None,
    credit_reason: str,
    because: str,
    day: date | None,
) -> None:
    """Credit a document in whole or part, and print the number of the credit note."""
    from kvalitetsapp.domain.claim_words import CreditReason
    from kvalitetsapp.services import bases, credit_notes

    if amount is not None and line is None:
        raise InputError(_("Ange vilken rad beloppet gäller, med --line."))
    ore = None if amount is None else _ore(amount)
    with context.open(write=True) as workspace:
        view = bases.view(workspace, number)
        lines = credit_notes.chosen(view, line, ore, CreditReason(int(credit_reason)), because)
        done = credit_notes.issue(workspace, view.basis.basis, lines, issued_on=day)
    _demand(done.faults)
    if done.basis is not None:
        click.echo(done.basis.number)
    click.echo(done.said, err=True)


@basis.command("write", help=_("Skriv underlagets filer, med specifikationen bakom ett lösenord."))
@_NUMBER
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="MAPP", help=_("Mapp som filerna skrivs i.")
)
@file_passwords.password_file(_("Fil med specifikationens lösenord på första raden."))
@file_passwords.new_password
@click.pass_obj
def write(context: Context, *, number: str, out: Path, password_file: Path | None, new_password: bool) -> None:
    """Write the files of a document."""
    from kvalitetsapp.services import bases, basis_files

    password = (
        basis_files.new_password()
        if new_password
        else file_passwords.told(password_file, _("Specifikationens lösenord"))
    )
    with context.open(write=True) as workspace:
        done = basis_files.write(workspace, bases.view(workspace, number), out, password)
    _demand(done.faults)
    if new_password:
        click.echo(password)
    click.echo(done.said, err=True)


@basis.command("sent", help=_("Anteckna att underlaget och specifikationen är skickade."))
@_NUMBER
@click.option("--channel", required=True, metavar="SÄTT", help=_("Hur de skickades."))
@click.option("--ground", required=True, metavar="GRUND", help=_("Grund för utlämnandet: en kod eller egna ord."))
@click.option("--receiver", default="", metavar="MOTTAGARE", help=_("Vem som fick dem (annars vårdgivaren)."))
@_DAY
@click.pass_obj
def sent(context: Context, *, number: str, channel: str, ground: str, receiver: str, day: date | None) -> None:
    """Note that a document was sent."""
    from kvalitetsapp.services import bases, basis_steps

    with context.open(write=True) as workspace:
        view = bases.view(workspace, number)
        done = basis_steps.mark_sent(workspace, view, ground=ground, channel=channel, receiver=receiver, day=day)
    click.echo(done.said, err=True)


@basis.command("legal-number", help=_("Skriv tillbaka fakturanumret från ekonomisystemet."))
@_NUMBER
@click.argument("legal_number", metavar="FAKTURANUMMER")
@click.option("--because", default="", metavar="SKÄL", help=_("Varför ett antecknat nummer ändras."))
@click.pass_obj
def legal_number(context: Context, *, number: str, legal_number: str, because: str) -> None:
    """Note the finance system's number of a document."""
    from kvalitetsapp.services import bases, basis_steps

    with context.open(write=True) as workspace:
        view = bases.view(workspace, number)
        done = basis_steps.write_legal_number(workspace, view, legal_number, reason=because)
    click.echo(done.said, err=True)


@click.group("billing", cls=SwedishGroup, help=_("Hur underlag görs här, och vart de går."))
def billing() -> None:
    """Gather the commands about billing."""


@billing.command("show", help=_("Skriv ut reglerna för underlag, eller en vårdgivares uppgifter, som JSON."))
@click.option("--provider", metavar="VÅRDGIVARE", help=_("Vårdgivarens kod (annars reglerna och utställaren)."))
@click.pass_obj
def show(context: Context, *, provider: str | None) -> None:
    """Print the rules, or a provider as the one who pays."""
    from kvalitetsapp.cli.context import write_out
    from kvalitetsapp.services import billing_files

    with context.open(write=False) as workspace:
        write_out(billing_files.as_text(workspace, provider))


@billing.command("set", help=_("Läs regler eller en vårdgivares uppgifter ur en JSON-fil av samma form."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FIL")
@click.option("--provider", metavar="VÅRDGIVARE", help=_("Vårdgivarens kod (annars reglerna och utställaren)."))
@click.pass_obj
def set_(context: Context, *, file: Path, provider: str | None) -> None:
    """Keep rules, or a provider as the one who pays; what the file does not tell stays."""
    from kvalitetsapp.services import billing_files

    with context.open(write=True) as workspace:
        done = billing_files.take(workspace, file, provider)
    _demand(done.faults)
    click.echo(done.said, err=True)


def _demand(faults: Iterable[FieldFault]) -> None:
    """Say everything that is wrong, a line for each field."""
    told = [f"{one.field}: {one.message}" for one in faults]
    if told:
        raise InputError("\n".join(told))


def _ore(amount: str) -> int:
    from kvalitetsapp.domain import money

    found = money.parse(amount.strip())
    if isinstance(found, money.AmountFault):
        raise InputError(_("Beloppet går inte att läsa. Skriv till exempel 60000,50."))
    return found


COMMANDS = (basis, billing)
