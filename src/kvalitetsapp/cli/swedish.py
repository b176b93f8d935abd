"""Click in Swedish: headings of the help, and what is wrong with a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from kvalitetsapp.cli.options import FamilyName
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable

_HEADINGS: Final = {
    "Usage:": "Användning:",
    "Options:": "Flaggor:",
    "Commands:": "Kommandon:",
    "Show this message and exit.": "Visa den här hjälpen.",
    "Show the version and exit.": "Visa programmets version.",
    "[OPTIONS]": "[FLAGGOR]",
    "COMMAND [ARGS]...": "KOMMANDO [ARGUMENT]...",
    "[required]": "[krävs]",
    "required]": "krävs]",
    "[default:": "[annars:",
}


def _in_swedish(text: str) -> str:
    for english, swedish in _HEADINGS.items():
        text = text.replace(english, swedish)
    return text


class SwedishCommand(click.Command):
    """A command whose help is in Swedish."""

    def get_help(self, ctx: click.Context) -> str:
        """Return the help text."""
        return _in_swedish(super().get_help(ctx))


class SwedishGroup(click.Group):
    """A group whose help is in Swedish, and its commands' too."""

    command_class = SwedishCommand

    def get_help(self, ctx: click.Context) -> str:
        """Return the help text."""
        return _in_swedish(super().get_help(ctx))


SwedishGroup.group_class = SwedishGroup


def explain(error: click.ClickException) -> str:
    """Return what is wrong with a call, in one Swedish sentence."""
    for kind, sentence in _SENTENCES.items():
        if isinstance(error, kind):
            return sentence(error)
    return _("Kommandot går inte att förstå. Se ”kvalitetsapp --help”.")


def _no_such_option(error: click.ClickException) -> str:
    return _("Flaggan {name} finns inte. Se ”--help”.").format(name=getattr(error, "option_name", ""))


def _missing(error: click.ClickException) -> str:
    return _("{name} saknas. Se ”--help”.").format(name=_name(getattr(error, "param", None)))


def _name(parameter: click.Parameter | None) -> str:
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    return "" if parameter is None else parameter.human_readable_name


def _bad_value(error: click.ClickException) -> str:
    parameter = getattr(error, "param", None)
    name = _name(parameter)
    kind = getattr(parameter, "type", None)
    if isinstance(kind, click.Choice | FamilyName):
        choices = ", ".join(map(str, kind.choices))
        return _("{name} ska vara något av: {choices}.").format(name=name, choices=choices)
    return _("Värdet för {name} går inte att använda. Se ”--help”.").format(name=name)


def _usage(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "kvalitetsapp"
    return _("Kommandot finns inte eller har fel argument. Se ”{path} --help”.").format(path=path)


_SENTENCES: Final[dict[type[click.ClickException], Callable[[click.ClickException], str]]] = {
    click.NoSuchOption: _no_such_option,
    click.MissingParameter: _missing,
    click.BadParameter: _bad_value,
    click.UsageError: _usage,
}
