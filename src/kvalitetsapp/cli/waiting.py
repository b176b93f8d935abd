"""`waiting state | series | distribution | findings | flows | capacity | operating | specialised | scenario …`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from kvalitetsapp.cli import options
from kvalitetsapp.cli.swedish import SwedishGroup
from kvalitetsapp.domain.waiting import (
    DEVIATIONS,
    WITHOUT_DEVIATION,
    WaitingAsked,
    WaitingDateCheck,
    WaitingFound,
    WaitingKey,
    WaitingScope,
)
from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from kvalitetsapp.cli.context import Context
    from kvalitetsapp.cli.options import Decorator
    from kvalitetsapp.domain.redistribution import RedistributionScenario
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.domain.waiting import WaitingChoice
    from kvalitetsapp.services.workspace import Workspace

_SCOPE: Final = (
    click.option("--snapshot", type=options.IsoDate(), help=_("En dag i månaden som visas (annars den senaste).")),
    click.option("--county", default="", metavar="LÄN", help=_("Bara väntande från länet.")),
    click.option("--municipality", default="", metavar="KOMMUN", help=_("Bara väntande från kommunen.")),
    click.option("--provider", default="", metavar="VÅRDGIVARE", help=_("Bara väntande hos vårdgivaren.")),
    click.option("--area", default="", metavar="OMRÅDE", help=_("Bara ett medicinskt område.")),
    click.option("--code", default="", metavar="KOD", help=_("Bara en åtgärdskod.")),
    click.option("--priority", default="", metavar="PRIORITET", help=_("Bara en prioritet.")),
    click.option("--without-deviation", is_flag=True, help=_("Bara väntande utan MOV och PVV.")),
    options.output_format,
)
_OF_SCOPE: Final = (
    *("snapshot", "county", "municipality", "provider", "area", "code", "priority", "without_deviation"),
)
_FEW_CHOICES: Final = 20
_FINDINGS: Final = [
    *(found.value for found in WaitingFound),
    *(check.value for check in WaitingDateCheck if check.has_entries),
]


def scoped(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command be told which entries it is about; `scope_of` makes a scope of it."""
    for option in reversed(_SCOPE):
        command = option(command)
    return command


def scope_of(
    workspace: Workspace, *, snapshot: date | None, provider: str, without_deviation: bool, **words: str
) -> WaitingScope:
    """Return the scope of the options.

    Raises:
        InputError: nobody has ever waited with a word of it, or no list is of the month.
    """
    from kvalitetsapp.services import waiting

    known = waiting.choices(workspace)
    given = {
        "county": _key(words["county"], known.counties),
        "municipality": _key(words["municipality"], known.municipalities),
        "provider_id": _key(provider, known.providers),
        "area": _key(words["area"], known.areas),
        "code": _key(words["code"], known.codes),
        "priority": _key(words["priority"], known.priorities),
    }
    if snapshot is not None and not any(
        (one.year, one.month) == (snapshot.year, snapshot.month) for one in known.snapshots
    ):
        raise InputError(_("Det finns ingen väntelista från {month}.").format(month=snapshot.isoformat()[:7]))
    deviations = WITHOUT_DEVIATION if without_deviation else frozenset(DEVIATIONS)
    return WaitingScope(snapshot_on=snapshot, deviations=deviations, **given)


def _key(given: str, those: Sequence[WaitingChoice]) -> str:
    """Return the key of a choice that is given by key or by name, "" for none.

    Raises:
        InputError: it is none of them.
    """
    keys = {one.name: one.key for one in those} | {one.key: one.key for one in those}
    if not given or given in keys:
        return keys.get(given, "")
    known = [one.key for one in those]
    told = ", ".join(known[:_FEW_CHOICES]) + (" …" if len(known) > _FEW_CHOICES else "")
    raise InputError(
        _("Ingen väntar med {value} i listorna. Det som finns är {known}.").format(value=given, known=told)
    )


@click.group("waiting", cls=SwedishGroup, help=_("Väntelistor: vilka som väntar, hur länge och varför."))
def waiting() -> None:
    """Gather the commands on waiting lists."""


def _listing(
    name: str, told: str, *own: Decorator, write: bool = False
) -> Callable[[Callable[..., Table]], click.Command]:
    """Make a command of what finds a table within a scope: it prints the table, and hands on its `own` options."""

    def made(find: Callable[..., Table]) -> click.Command:
        @scoped
        @click.pass_obj
        def command(context: Context, /, **given: Any) -> None:  # noqa: ANN401 - as click gives them
            of_scope = {one: given.pop(one) for one in _OF_SCOPE}
            with context.open(write=write) as workspace:
                context.print_table(find(workspace, scope_of(workspace, **of_scope), **given))

        for option in reversed(own):
            command = option(command)
        return waiting.command(name, help=told)(command)

    return made


@_listing(
    "state",
    _("Hur listan stod vid månadens slut, uppdelad på en sak."),
    click.option(
        "--by",
        type=click.Choice([key.value for key in WaitingKey]),
        default=WaitingKey.COUNTY.value,
        show_default=True,
        help=_("Uppdelning."),
    ),
)
def state(workspace: Workspace, scope: WaitingScope, by: str) -> Table:
    """Return the state of a month by groups."""
    from kvalitetsapp.services import waiting as service

    return service.state(workspace, scope, WaitingKey(by)).groups


@_listing("series", _("Antal väntande månad för månad."))
def series(workspace: Workspace, scope: WaitingScope) -> Table:
    """Return the development month by month."""
    from kvalitetsapp.services import waiting as service

    return service.series(workspace, scope).table


@_listing("distribution", _("Hur många som har väntat hur länge, i klasser om 30 dagar."))
def distribution(workspace: Workspace, scope: WaitingScope) -> Table:
    """Return the distribution of days."""
    from kvalitetsapp.services import waiting as service

    return service.distribution(workspace, scope).table


@_listing("findings", _("Brister i listorna och vad de betyder för siffrorna."))
def findings(workspace: Workspace, scope: WaitingScope) -> Table:
    """Return what is amiss with the lists."""
    from kvalitetsapp.services import waiting as service

    return service.findings(workspace, scope).table


@_listing("flows", _("Hur många som tillkom och försvann, månad för månad."))
def flows(workspace: Workspace, scope: WaitingScope) -> Table:
    """Return who came and who left."""
    from kvalitetsapp.services import waiting as service

    return service.flows(workspace, scope)


@_listing("capacity", _("Operationer per vecka mot inflödet, och veckor tills listan är tom."))
def capacity(workspace: Workspace, scope: WaitingScope) -> Table:
    """Return capacity against inflow."""
    from kvalitetsapp.services import waiting as service

    return service.capacity(workspace, scope).table


@_listing("operating", _("Operationstid som listan kräver, per åtgärdskod."))
def operating(workspace: Workspace, scope: WaitingScope) -> Table:
    """Return the operating time that the list takes."""
    from kvalitetsapp.services import waiting as service

    return service.capacity(workspace, scope).operating


@_listing("specialised", _("Hemlänets patienter med behov av högspecialiserad vård."))
def specialised(workspace: Workspace, scope: WaitingScope) -> Table:
    """Return who needs highly specialised care."""
    from kvalitetsapp.services import waiting as service

    return service.highly_specialised(workspace, scope).table


@_listing("dates", _("Hur långt beslutsdagarna går att lita på."))
def dates(workspace: Workspace, scope: WaitingScope) -> Table:
    """Return the checks of the days of decision."""
    from kvalitetsapp.services import waiting as service

    return service.date_quality(workspace, scope)


@_listing(
    "entries",
    _("Raderna i listan, den längsta väntan först. Det skrivs i loggen."),
    click.option("--over-days", type=options.NumberOfDays(), help=_("Bara de som har väntat längre än så.")),
    click.option(
        "--finding",
        type=click.Choice(_FINDINGS),
        help=_("Bara de rader som fyndet eller datumkontrollen gäller."),
    ),
    click.option("--about", default="", metavar="VAD", help=_("Vad fyndet gäller, som det står i fynden.")),
    write=True,
)
def entries(
    workspace: Workspace, scope: WaitingScope, over_days: int | None, finding: str | None, about: str
) -> Table:
    """Return single entries."""
    from kvalitetsapp.services import waiting as service

    if about and finding is None:
        raise InputError(_("Ange också --finding: --about säger vad fyndet gäller."))
    asked = None if finding is None else WaitingAsked(_finding(finding), about=about)
    return service.behind(workspace, scope, {}, over_days, asked=asked).table


def _finding(told: str) -> WaitingFound | WaitingDateCheck:
    return WaitingFound(told) if told in list(WaitingFound) else WaitingDateCheck(told)


@waiting.command("scenario", help=_("Vad som händer om väntande erbjuds en annan vårdgivare."))
@click.option("--weeks", type=options.Count(), default=26, show_default=True, help=_("Antal veckor."))
@click.option("--km", type=options.Count(), help=_("Längst bort, i kilometer (annars ingen gräns)."))
@click.option(
    "--over",
    type=options.NumberOfDays(),
    default=90,
    show_default=True,
    help=_("Bara de som har väntat längre än så."),
)
@click.option("--from", "from_providers", multiple=True, metavar="VÅRDGIVARE", help=_("Bara väntande hos den."))
@click.option("--with-deviations", is_flag=True, help=_("Flytta också dem som har MOV eller PVV."))
@click.option("--with-planned", is_flag=True, help=_("Flytta också dem som har en planerad dag."))
@click.option(
    "--show",
    type=click.Choice(["received", "queue", "staying"]),
    default="received",
    show_default=True,
    help=_("Vad som visas: vårdgivarna som tar emot, kön före och efter, eller varför andra inte flyttas."),
)
@scoped
@click.pass_obj
def scenario(context: Context, /, *, show: str, **told: Any) -> None:  # noqa: ANN401 - as click gives them
    """Print what a scenario comes to; what it says in words goes to the other stream."""
    from kvalitetsapp.domain import redistribution_words as words
    from kvalitetsapp.services import redistribution

    tried = _scenario(told)
    with context.open(write=False) as workspace:
        found = redistribution.work_out(workspace, scope_of(workspace, **told), tried)
    tables = {"received": words.received_table, "queue": words.effects_table, "staying": words.staying_table}
    context.print_table(tables[show](found))
    for sentence in (*words.told(found), *words.reservations(found)):
        click.echo(sentence, err=True)


def _scenario(told: dict[str, Any]) -> RedistributionScenario:
    """Return what is tried, and leave in `told` the options of the scope."""
    from kvalitetsapp.domain.redistribution import RedistributionScenario

    return RedistributionScenario(
        weeks=told.pop("weeks"),
        farthest_km=told.pop("km"),
        over_days=told.pop("over"),
        leave_deviations=not told.pop("with_deviations"),
        leave_planned=not told.pop("with_planned"),
        from_providers=tuple(told.pop("from_providers")),
    )


COMMANDS = (waiting,)
