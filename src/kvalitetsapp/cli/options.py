"""Options that several commands share."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kvalitetsapp.domain import families
from kvalitetsapp.domain.dates import iso_format
from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.services.releases import Receiver

    Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


_LONGEST = 9


class IsoDate(click.ParamType[date]):
    """A calendar date as `YYYY-MM-DD`."""

    name = "ÅÅÅÅ-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date, or fail as click does."""
        if isinstance(value, date):
            return value
        day = iso_format().iso(str(value))
        return date.fromisoformat(day) if day else self.fail(str(value), param, ctx)


class FamilyName(click.ParamType[str]):
    """A family of procedures, as it stands in columns `joint`; which there are is asked when the option is read."""

    name = "FAMILJ"

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the families that there are."""
        return families.ids()

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the family, or fail where the program knows none of that name."""
        return str(value) if str(value) in self.choices else self.fail(str(value), param, ctx)


class Words(click.ParamType[tuple[str, ...]]):
    """Words with commas between them."""

    name = "A,B"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """Return the words, or fail where one is empty."""
        if isinstance(value, tuple):
            return value
        words = tuple(word.strip() for word in str(value).split(","))
        return words if all(words) else self.fail(str(value), param, ctx)


class NumberOfDays(click.ParamType[int]):
    """A number of days from 0; click's own range would be shown in English."""

    name = "DAGAR"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number."""
        text = str(value)
        return int(text) if text.isascii() and text.isdigit() and len(text) < _LONGEST else self.fail(text, param, ctx)


class Count(NumberOfDays):
    """How many there are of something, from 0."""

    name = "ANTAL"


class ListedNumber(NumberOfDays):
    """The number under which something stands in a list: an import, a question."""

    name = "NR"


class Days(click.ParamType[tuple[int, ...]]):
    """Numbers of days with commas between them."""

    name = "365,730"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        """Return the numbers in ascending order, each once."""
        if isinstance(value, tuple):
            return value
        words = [word.strip() for word in str(value).split(",")]
        if not all(word.isascii() and word.isdigit() for word in words):
            self.fail(str(value), param, ctx)
        return tuple(sorted({int(word) for word in words}))


def output_format(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let `--format` stand after the command too."""

    def keep(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
        if value is not None:
            context.obj.form = value

    return click.option(
        "--format",
        type=click.Choice(["csv", "json"]),
        expose_value=False,
        callback=keep,
        help=_("Hur tabellen skrivs: csv (standard) eller json."),
    )(command)


def by(default: str) -> Decorator:
    """Return the option that says what to sum up by."""
    return click.option("--by", type=Words(), default=default, show_default=True, help=_("Uppdelning."))


as_of: Decorator = click.option(
    "--as-of", type=IsoDate(), help=_("Uppföljning till och med (annars senaste utskrivning).")
)
identified: Decorator = click.option("--identified", is_flag=True, help=_("Ta med personnummer. Det skrivs i loggen."))
pdf_out: Decorator = click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="FIL", help=_("PDF-fil som ska skrivas.")
)
workbook_out: Decorator = click.option(
    "--xlsx",
    "workbook",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help=_("Skriv också rapportens tabeller, som Excel-fil."),
)
hide_small: Decorator = click.option(
    "--hide-small", is_flag=True, help=_("Dölj små tal, för en rapport som ska lämna kliniken.")
)
strict: Decorator = click.option(
    "--strict",
    is_flag=True,
    help=_("Dölj antal upp till sju och avrunda övriga till fem."),
)


receiver: Decorator = click.option(
    "--receiver", default="", metavar="NAMN", help=_("Vem som får rapporten. Det skrivs i loggen över utlämnat.")
)
purpose: Decorator = click.option("--purpose", default="", metavar="SYFTE", help=_("Vad rapporten ska användas till."))


def may_leave(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command be told how small numbers are treated, and who gets what it writes."""
    for option in (purpose, receiver, strict, hide_small):
        command = option(command)
    return command


def written_report(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command be told where its report and the workbook with its tables are written, and how they may leave."""
    return pdf_out(workbook_out(may_leave(command)))


def treatment(*, hide_small: bool, strict: bool = False) -> SmallNumbers:
    """Return how small numbers are treated; `strict` goes before `hide_small`."""
    if strict:
        return SmallNumbers.STRICT
    return SmallNumbers.PLAIN if hide_small else SmallNumbers.OPEN


def leaving(*, hide_small: bool, strict: bool, receiver: str, purpose: str) -> tuple[SmallNumbers, Receiver]:
    """Return how small numbers are treated, and who gets what is written."""
    from kvalitetsapp.services.releases import Receiver

    return treatment(hide_small=hide_small, strict=strict), Receiver(receiver, purpose)
