"""`claim draft | approve | return | redraft | change | withdraw` and what happens to a claim that is issued."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.context import Context, warn_if_links_are_old
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.domain import money
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from kvalitetsapp.services.claim_outcome import ClaimOutcome
    from kvalitetsapp.services.workspace import Workspace


class ClaimNumber(click.ParamType[int]):
    """A claim: `K-2026-00012`, or its last digits alone."""

    name = "KRAV"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number."""
        if isinstance(value, int):
            return value
        found = re.fullmatch(r"(?:K-[0-9]{4}-)?0*([0-9]{1,9})", str(value))
        return int(found[1]) if found else self.fail(str(value), param, ctx)


class Amount(click.ParamType[int]):
    """An amount in kronor, kept in öre."""

    name = "KRONOR"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the öre."""
        if isinstance(value, int):
            return value
        found = money.parse(str(value).strip())
        return found if isinstance(found, int) else self.fail(str(value), param, ctx)


_CLAIM = click.argument("number", type=ClaimNumber(), metavar="KRAV")
_CLAIMS = click.argument("numbers", type=ClaimNumber(), metavar="KRAV…", nargs=-1, required=True)
_BECAUSE = click.option("--because", required=True, metavar="SKÄL", help=_("Varför, i ord."))
_ON = click.option("--on", "day", type=options.IsoDate(), help=_("Dagen det gäller (annars i dag)."))
_AMOUNT = click.option("--amount", required=True, type=Amount(), help=_("Belopp i kronor."))


@click.group("claim", cls=SwedishGroup, help=_("Gör utkast till krav, godkänn dem och anteckna vad som händer sedan."))
def claim() -> None:
    """Gather the commands about claims."""


@claim.command("draft", help=_("Gör utkast för en eller flera primäroperationer."))
@click.argument("index_refs", metavar="PRIMÄROPERATION…", nargs=-1, required=True)
@click.pass_obj
def draft(context: Context, *, index_refs: tuple[str, ...]) -> None:
    """Draft claims."""
    from kvalitetsapp.services import claim_drafts

    _do(context, lambda workspace: claim_drafts.draft(workspace, index_refs))


@claim.command("approve", help=_("Godkänn utkast."))
@_CLAIMS
@click.pass_obj
def approve(context: Context, *, numbers: tuple[int, ...]) -> None:
    """Approve drafts."""
    from kvalitetsapp.services import claim_approval

    _do(context, lambda workspace: claim_approval.approve(workspace, numbers))


@claim.command("return", help=_("Låt ett godkänt krav bli utkast igen."))
@_CLAIM
@_BECAUSE
@click.pass_obj
def return_(context: Context, *, number: int, because: str) -> None:
    """Let an approved claim be a draft again."""
    from kvalitetsapp.services import claim_approval

    _do(context, lambda workspace: claim_approval.return_to_draft(workspace, number, because))


@claim.command("redraft", help=_("Återta ett krav som inte är utställt och gör ett nytt utkast av vad som gäller nu."))
@_CLAIM
@_BECAUSE
@click.pass_obj
def redraft(context: Context, *, number: int, because: str) -> None:
    """Draft a claim again."""
    from kvalitetsapp.services import claim_life

    _do(context, lambda workspace: claim_life.redraft(workspace, number, because))


@claim.command("change", help=_("Kräv mindre för en rad i ett utkast; 0 utelämnar den."))
@_CLAIM
@click.option("--line", required=True, type=options.ListedNumber(), help=_("Radens nummer."))
@_AMOUNT
@_BECAUSE
@click.pass_obj
def change(context: Context, *, number: int, line: int, amount: int, because: str) -> None:
    """Ask for less."""
    from kvalitetsapp.services import claim_life

    _do(context, lambda workspace: claim_life.change(workspace, number, {line: amount}, because))


@claim.command("withdraw", help=_("Återta ett krav som inte är utställt."))
@_CLAIM
@_BECAUSE
@click.pass_obj
def withdraw(context: Context, *, number: int, because: str) -> None:
    """Take a claim back."""
    from kvalitetsapp.services import claim_life

    _do(context, lambda workspace: claim_life.withdraw(workspace, number, because))


@claim.command("sent", help=_("Anteckna att utställda krav är skickade."))
@_CLAIMS
@_ON
@click.pass_obj
def sent(context: Context, *, numbers: tuple[int, ...], day: date | None) -> None:
    """Note that claims were sent."""
    from kvalitetsapp.services import claim_answers

    _do(context, lambda workspace: claim_answers.mark_sent(workspace, numbers, day))


@claim.command("accept", help=_("Anteckna att vårdgivaren godtar kravet, helt eller till en del."))
@_CLAIM
@_ON
@click.option("--amount", type=Amount(), help=_("Hur mycket som godtas, i kronor (annars allt)."))
@click.option("--because", default="", metavar="SKÄL", help=_("Varför, i ord. Behövs när bara en del godtas."))
@click.pass_obj
def accept(context: Context, *, number: int, day: date | None, amount: int | None, because: str) -> None:
    """Note what the provider agrees to."""
    from kvalitetsapp.services import claim_answers as service

    if amount is None:
        _do(context, lambda workspace: service.accept(workspace, number, day, because))
    else:
        _do(context, lambda workspace: service.accept_partly(workspace, number, amount, day, because))


@claim.command("dispute", help=_("Anteckna att vårdgivaren bestrider kravet."))
@_CLAIM
@_BECAUSE
@_ON
@click.pass_obj
def dispute(context: Context, *, number: int, because: str, day: date | None) -> None:
    """Note a dispute."""
    from kvalitetsapp.services import claim_answers

    _do(context, lambda workspace: claim_answers.dispute(workspace, number, because, day))


@claim.command("answer", help=_("Anteckna vad regionen har svarat på ett bestridande."))
@_CLAIM
@click.option("--text", required=True, metavar="SVAR", help=_("Svaret, i ord."))
@_ON
@click.pass_obj
def answer(context: Context, *, number: int, text: str, day: date | None) -> None:
    """Note the answer to a dispute."""
    from kvalitetsapp.services import claim_answers

    _do(context, lambda workspace: claim_answers.answer(workspace, number, text, day))


@claim.command("redetermine", help=_("Anteckna vad regionen står fast vid efter ett bestridande."))
@_CLAIM
@_AMOUNT
@_BECAUSE
@_ON
@click.pass_obj
def redetermine(context: Context, *, number: int, amount: int, because: str, day: date | None) -> None:
    """Note what the region holds to."""
    from kvalitetsapp.services import claim_answers

    _do(context, lambda workspace: claim_answers.redetermine(workspace, number, amount, because, day))


@claim.command("settle", help=_("Avsluta ett krav som är betalt."))
@_CLAIM
@_ON
@click.pass_obj
def settle(context: Context, *, number: int, day: date | None) -> None:
    """Close a claim that is paid."""
    from kvalitetsapp.services import claim_answers

    _do(context, lambda workspace: claim_answers.settle(workspace, number, day))


@claim.command("write-off", help=_("Skriv av det som är kvar att betala av ett krav."))
@_CLAIM
@_BECAUSE
@_ON
@click.pass_obj
def write_off(context: Context, *, number: int, because: str, day: date | None) -> None:
    """Give up what is left."""
    from kvalitetsapp.services import claim_answers

    _do(context, lambda workspace: claim_answers.write_off(workspace, number, because, day))


@claim.command("reopen", help=_("Öppna ett krav som är reglerat eller avskrivet."))
@_CLAIM
@_BECAUSE
@click.pass_obj
def reopen(context: Context, *, number: int, because: str) -> None:
    """Open a claim again."""
    from kvalitetsapp.services import claim_answers

    _do(context, lambda workspace: claim_answers.reopen(workspace, number, because))


@claim.command("leave", help=_("Lämna en skillnad i ”list claim-corrections” som den är, tills den blir en annan."))
@_CLAIM
@click.option("--line", required=True, type=options.ListedNumber(), help=_("Radens nummer."))
@_BECAUSE
@click.pass_obj
def leave(context: Context, *, number: int, line: int, because: str) -> None:
    """Leave a difference as it is."""
    from kvalitetsapp.services import claim_corrections

    _do(context, lambda workspace: claim_corrections.leave(workspace, number, line, because))


def _do(context: Context, action: Callable[[Workspace], ClaimOutcome]) -> None:
    with context.open(write=True) as workspace:
        warn_if_links_are_old(workspace)
        done = action(workspace)
    click.echo(done.said, err=True)
    for one in done.left_out:
        click.echo(_("Utelämnat: {ref}. {why}.").format(ref=one.event_ref, why=one.why), err=True)


COMMANDS = (claim,)
