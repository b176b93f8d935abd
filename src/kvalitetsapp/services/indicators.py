"""Indicators: those that come along and a user's own, what they come to, and the recipes that people make."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp import settings
from kvalitetsapp.domain import indicator_form, indicator_recipe, reasons
from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changes
from kvalitetsapp.domain.field_fault import FieldFault
from kvalitetsapp.domain.indicator import OWN, Indicator
from kvalitetsapp.domain.indicator_members import MEMBERS
from kvalitetsapp.domain.indicator_reading import RecipeFault
from kvalitetsapp.domain.indicator_tables import INDICATOR_KEYS, INDICATOR_VALUES, readable_by
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.table import Table
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.exchange import indicator_files, indicator_writing
from kvalitetsapp.services import indicator_source, kept_files, own_indicator_steps
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import own_indicators
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from kvalitetsapp.domain.indicator_form import IndicatorForm
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.own_indicators import OwnIndicator

_SHIPPED: Final = "indicators_that_come_along"
_OWN: Final = "own_recipes_by_text"


@dataclass(frozen=True, slots=True)
class OwnOutcome:
    """An own indicator as it stands now (None: it stands no more); or, with nothing written, what is wrong."""

    indicator: Indicator | None
    faults: tuple[FieldFault, ...] = ()
    changes: Changes = NOTHING_CHANGED


@dataclass(frozen=True, slots=True)
class ImportedIndicators:
    """What a file of recipes brought; with faults nothing was written."""

    added: tuple[Indicator, ...] = ()
    changed: tuple[Indicator, ...] = ()
    unchanged: tuple[Indicator, ...] = ()
    faults: tuple[RecipeFault, ...] = ()
    changes: Changes = NOTHING_CHANGED


# those there are


def all_indicators(workspace: Workspace) -> tuple[Indicator, ...]:
    """Return every indicator: those that come along in the order of their files, then a user's own by id.

    Those of families that are not followed are left out. An own one goes before one of the same id that came along
    with a later version of the program.
    """
    own = {each.indicator_id: each for each in _standing(workspace)}
    followed = frozenset(workspace.followed)
    shipped = (each for each in _shipped(workspace) if each.is_about(followed))
    return (*(each for each in shipped if each.indicator_id not in own), *own.values())


@needs(Right.READ_FIGURES)
def one(workspace: Workspace, indicator_id: str) -> Indicator:
    """Return an indicator by its id.

    Raises:
        InputError: there is none.
    """
    found = next((each for each in all_indicators(workspace) if each.indicator_id == indicator_id), None)
    if found is None:
        raise InputError(
            _("Det finns ingen indikator {id}. Se vilka som finns med ”kvalitetsapp list indicators”.").format(
                id=indicator_id
            )
        )
    return found


@needs(Right.READ_FIGURES)
def versions(workspace: Workspace, indicator_id: str) -> tuple[OwnIndicator, ...]:
    """Return every version of an own indicator with who, when and why, the first first."""
    return tuple(own_indicators.versions(workspace.store, indicator_id))


@needs(Right.READ_FIGURES)
def listed(workspace: Workspace) -> Table:
    """Return `list indicators`."""
    return indicator_recipe.listed_table(all_indicators(workspace))


@needs(Right.READ_FIGURES)
def recipe(workspace: Workspace, indicator_id: str) -> tuple[tuple[str, str], ...]:
    """Return a recipe laid out as labels and texts, with the codes of its classes.

    Raises:
        InputError: there is no such indicator.
    """
    return indicator_recipe.recipe_text(one(workspace, indicator_id), workspace.code_tables)


def recipes_table(workspace: Workspace, ids: Sequence[str] = ()) -> Table:
    """Return recipes laid out, all of them unless some are named.

    Raises:
        InputError: one that is named does not exist.
    """
    return indicator_recipe.recipes_table(_chosen(workspace, ids), workspace.code_tables)


# what they come to


@needs(Right.READ_FIGURES)
def summary(workspace: Workspace, indicator_id: str, *, by: Sequence[str], as_of: date | None = None) -> Table:
    """Return `summary indicator` as of a day, the data cut unless told.

    Raises:
        InputError: there is no such indicator, or a key that it cannot be read by.
    """
    indicator = one(workspace, indicator_id)
    chosen = keys(indicator, by)
    columns = (*(INDICATOR_KEYS[key] for key in chosen), *INDICATOR_VALUES)
    source = indicator_source.source_on(workspace, as_of)
    if source is None:
        return Table(columns)
    from kvalitetsapp.analysis import tables as table_maker
    from kvalitetsapp.analysis.indicators import figures

    return table_maker.table(figures.summary(indicator, source, by=chosen), columns)


@needs(Right.READ_ROWS)
def members(
    workspace: Workspace, indicator_id: str, *, where: Mapping[str, str] | None = None, as_of: date | None = None
) -> Table:
    """Return the operations behind a figure: in its denominator or why not, counted or not, and by which event.

    `where` holds keys and the values that an operation must have: `{"provider": "P01", "year": "2023"}`.

    Raises:
        InputError: there is no such indicator, or a key that it cannot be read by.
    """
    indicator = one(workspace, indicator_id)
    wanted = dict(where or {})
    keys(indicator, tuple(wanted))
    source = indicator_source.source_on(workspace, as_of)
    if source is None:
        return Table(MEMBERS)
    from kvalitetsapp.analysis import tables as table_maker
    from kvalitetsapp.analysis.indicators import listed_members

    return table_maker.table(listed_members.listed(indicator, source, where=wanted), MEMBERS)


def keys(indicator: Indicator, by: Sequence[str]) -> list[str]:
    """Return the keys of `domain.indicator_tables.LEVELS` that some words name.

    Raises:
        InputError: the indicator cannot be read by one of them, or one is named twice.
    """
    found = [key.strip().removesuffix("_id") for key in by]
    for key in found:
        if key not in readable_by(indicator.level):
            raise InputError(
                _("{id} går inte att dela upp efter ”{key}”. Välj bland {known}.").format(
                    id=indicator.indicator_id, key=key, known=", ".join(readable_by(indicator.level))
                )
            )
    if len(set(found)) != len(found):
        raise InputError(_("Ange varje uppdelning en gång."))
    return found


# a user's own


@needs(Right.DEFINE_INDICATORS)
def add_own(workspace: Workspace, form: IndicatorForm, reason: str = "") -> OwnOutcome:
    """Make an own indicator; with faults nothing is written.

    Raises:
        RefusedError: the store is open to be read only.
    """
    read = indicator_form.read(form)
    faults = (*(read if isinstance(read, tuple) else ()), *_reason_faults(reason))
    if isinstance(read, tuple) or faults:
        return OwnOutcome(None, faults)
    if any(each.indicator_id == read.indicator_id for each in all_indicators(workspace)):
        return OwnOutcome(None, (FieldFault("indicator_id", _taken()),))
    return _keep(workspace, read, reason, "indicator_added")


@needs(Right.DEFINE_INDICATORS)
def change_own(workspace: Workspace, was: Indicator, form: IndicatorForm, reason: str) -> OwnOutcome:
    """Let a new version stand for `was`, as it was shown, for a reason; with faults nothing is written.

    Raises:
        RefusedError: the indicator is not as it was shown, or the store is open to be read only.
    """
    read = indicator_form.read(form, was.version)
    faults = (*(read if isinstance(read, tuple) else ()), *_reason_faults(reason, _why_changed()))
    if isinstance(read, tuple) or faults:
        return OwnOutcome(None, faults)
    if read.indicator_id != was.indicator_id:
        told = _("Beteckningen kan inte ändras. Gör ett nytt recept i stället.")
        return OwnOutcome(None, (FieldFault("indicator_id", told),))
    if read == was:
        return OwnOutcome(None, (FieldFault("", _("Inget är ändrat.")),))
    return _keep(workspace, read, reason, "indicator_changed", was)


@needs(Right.DEFINE_INDICATORS)
def withdraw_own(workspace: Workspace, indicator_id: str, reason: str) -> OwnOutcome:
    """Take an own indicator out of use, for a reason; its versions stay in the history.

    Raises:
        InputError: there is no such indicator, or the reason is missing or cannot be kept.
        RefusedError: it came along with the program, or the store is open to be read only.
    """
    indicator = one(workspace, indicator_id)
    if indicator.family != OWN:
        raise RefusedError(
            _("Indikatorn {id} följer med programmet och kan inte dras tillbaka.").format(id=indicator_id)
        )
    if wrong := reasons.wrong_with(reason, _why_changed()):
        raise InputError(wrong)
    with workspace.action("indicator_withdrawn", target=indicator_id, detail=reason.strip()):
        own_indicator_steps.remember(workspace, [own_indicator_steps.put(workspace, indicator_id, None, "")])
    return OwnOutcome(None, changes=own_indicator_steps.CHANGED)


@needs(Right.DEFINE_INDICATORS)
def import_file(workspace: Workspace, path: Path, reason: str) -> ImportedIndicators:
    """Take in a file of recipes as the user's own, each as its next version; with faults nothing is written.

    Raises:
        InputError: it cannot be read as recipes, or the reason is missing or cannot be kept.
        RefusedError: the store is open to be read only.
    """
    if wrong := reasons.wrong_with(reason, _why_changed()):
        raise InputError(wrong)
    read = indicator_files.read_indicators(path)
    known = {each.indicator_id: each for each in all_indicators(workspace)}
    of_the_program = [each for each in read.indicators if known.get(each.indicator_id, each).family != OWN]
    faults = (*read.faults, *(RecipeFault(each.indicator_id, "id", _taken()) for each in of_the_program))
    if faults:
        return ImportedIndicators(faults=faults)
    added = tuple(each for each in read.indicators if each.indicator_id not in known)
    changed = tuple(each for each in read.indicators if each.indicator_id in known and not _same(each, known))
    unchanged = tuple(each for each in read.indicators if _same(each, known))
    if not added and not changed:
        return ImportedIndicators(unchanged=unchanged)
    with workspace.action("indicators_imported", target=path.name, detail=reason.strip()):
        moves = [_put(workspace, each, reason) for each in (*added, *changed)]
        own_indicator_steps.remember(workspace, moves)
    return ImportedIndicators(added, changed, unchanged, changes=own_indicator_steps.CHANGED)


@needs(Right.EXPORT)
def export(workspace: Workspace, ids: Sequence[str], out: Path) -> Path:
    """Write recipes, all of them unless some are named, to a TOML file that `import_file` takes.

    Raises:
        InputError: one that is named does not exist.
        RefusedError: the file cannot be written, or the store is open to be read only.
    """
    chosen = _chosen(workspace, ids)
    text = indicator_writing.written(chosen)
    return kept_files.keep(
        workspace,
        lambda path: path.write_text(text, encoding="utf-8", newline="\n"),
        out,
        action="indicators_exported",
        target=out.name,
        detail=" ".join(each.indicator_id for each in chosen),
    )


def _shipped(workspace: Workspace) -> tuple[Indicator, ...]:
    """Return the indicators that come along, read when first asked for: their files are part of the program."""
    known = workspace.kept.get(_SHIPPED)
    if not isinstance(known, tuple):
        known = workspace.kept[_SHIPPED] = tuple(_of_folder(settings.resources_dir() / "indicators"))
    return known


def _of_folder(folder: Path) -> Iterable[Indicator]:
    for path in sorted(folder.glob("*.toml")):
        read = indicator_files.read_indicators(path, family=path.stem)
        if read.faults:
            raise InputError(_("Indikatorfilen {file} är skadad. Installera om programmet.").format(file=path.name))
        yield from read.indicators


def _standing(workspace: Workspace) -> list[Indicator]:
    """Return the own indicators that stand; one that this version of the program cannot read is left out.

    What a text is read as is kept by the text, so that it never becomes old.
    """
    read = workspace.kept.setdefault(_OWN, {})
    assert isinstance(read, dict)  # noqa: S101 - nobody else writes under this name
    found = []
    for row in own_indicators.standing(workspace.store):
        if row.recipe not in read:
            read[row.recipe] = indicator_files.of_content(row.recipe.encode(), row.indicator_id).indicators
        found += [replace(each, version=str(row.version)) for each in read[row.recipe]]
    return found


def _chosen(workspace: Workspace, ids: Sequence[str]) -> tuple[Indicator, ...]:
    return tuple(one(workspace, each) for each in dict.fromkeys(ids)) if ids else all_indicators(workspace)


def _keep(
    workspace: Workspace, indicator: Indicator, reason: str, action: str, was: Indicator | None = None
) -> OwnOutcome:
    """Write a recipe as the version that stands, if what it changes is as it was shown."""
    with workspace.action(action, target=indicator.indicator_id, detail=reason.strip()) as store:
        standing = own_indicators.standing_of(store, indicator.indicator_id)
        if (None if standing is None else str(standing.version)) != (None if was is None else was.version):
            raise RefusedError(_("Receptet har ändrats sedan det visades. Läs det igen och gör om ändringen."))
        own_indicator_steps.remember(workspace, [_put(workspace, indicator, reason)])
    return OwnOutcome(one(workspace, indicator.indicator_id), changes=own_indicator_steps.CHANGED)


def _put(workspace: Workspace, indicator: Indicator, reason: str) -> own_indicator_steps.Move:
    text = indicator_writing.written([indicator])
    return own_indicator_steps.put(workspace, indicator.indicator_id, text, reason.strip())


def _same(indicator: Indicator, known: Mapping[str, Indicator]) -> bool:
    standing = known.get(indicator.indicator_id)
    return standing is not None and replace(indicator, version=standing.version) == standing


def _reason_faults(reason: str, missing: str = "") -> tuple[FieldFault, ...]:
    wrong = reasons.wrong_with(reason, missing)
    return (FieldFault("reason", wrong),) if wrong else ()


def _why_changed() -> str:
    return _("Skriv varför receptet ändras.")


def _taken() -> str:
    return _("Beteckningen används redan av en annan indikator.")
