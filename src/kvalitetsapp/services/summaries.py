"""Reoperations, survival and recovery summed up by the keys that a user asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from kvalitetsapp.domain import cost_tables
from kvalitetsapp.domain import table as tables
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.table import Column, Table
from kvalitetsapp.domain.words import DAYS_TWO_YEARS
from kvalitetsapp.errors import InputError
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import agreements, providers
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kvalitetsapp.services.workspace import Workspace

_COLUMN_OF_KEY: Final = {"provider": "provider_id", "agreement": "agreement_id", "class": "complication_class"}
OPERATION_KEYS: Final = ("provider", "joint", "year", "sex", "age_group", "payer_route")
RECOVERY_KEYS: Final = ("provider", "joint", "year", "agreement", "class")
CASE_KEYS: Final = ("provider", "joint", "agreement", "class")


@needs(Right.READ_FIGURES)
def reoperations(
    workspace: Workspace,
    *,
    by: Sequence[str] = ("provider", "joint"),
    within: int = DAYS_TWO_YEARS,
    as_of: date | None = None,
    joints: Sequence[str] = (),
) -> Table:
    """Return `summary reoperations` (R9, R10) as of a day, the data cut unless told; of all families but for `joints`.

    Raises:
        InputError: a key that there is no sum for.
    """
    keys = _checked(by, OPERATION_KEYS)
    columns = [*_key_columns(keys), *tables.REOPERATION_VALUES]
    from kvalitetsapp.analysis import reoperations as analysis
    from kvalitetsapp.analysis import tables as table_maker
    from kvalitetsapp.services import frames_of_store

    frames = frames_of_store.load(workspace)
    cut = as_of or frames.data_cut
    if cut is None:
        return Table(tuple(columns))
    operations = frames.index_operations
    if joints:
        operations = operations[operations["joint"].isin(joints)]
    found = analysis.summary(
        operations, frames.links, frames.persons, frames.benchmarks, by=keys, within=within, as_of=cut
    )
    return table_maker.table(found, columns)


@needs(Right.READ_FIGURES)
def survival(
    workspace: Workspace,
    *,
    by: Sequence[str],
    at: Sequence[int],
    event: Literal["revision", "reoperation"] = "revision",
    as_of: date | None = None,
) -> Table:
    """Return `summary survival` (R11) as of a day, the data cut unless told.

    Raises:
        InputError: a key that there is no sum for.
    """
    keys = _checked(by, OPERATION_KEYS)
    columns = [*_key_columns(keys), *tables.SURVIVAL_VALUES]
    from kvalitetsapp.analysis import survival as analysis
    from kvalitetsapp.analysis import tables as table_maker
    from kvalitetsapp.services import frames_of_store

    frames = frames_of_store.load(workspace)
    cut = as_of or frames.data_cut
    if cut is None:
        return Table(tuple(columns))
    found = analysis.summary(
        frames.index_operations, frames.links, frames.persons, by=keys, at=at, event=event, as_of=cut
    )
    return table_maker.table(found, columns)


@needs(Right.READ_FIGURES)
def recovery(workspace: Workspace, *, by: Sequence[str] = ("provider",), potential: bool = False) -> Table:
    """Return `summary recovery` (R12–R15); `potential` counts proposed links as if confirmed.

    Raises:
        InputError: a key that there is no sum for.
    """
    keys = _checked(by, RECOVERY_KEYS)
    columns = [*_key_columns(keys), *tables.RECOVERY_VALUES]
    from kvalitetsapp.analysis import recovery as analysis
    from kvalitetsapp.analysis import tables as table_maker
    from kvalitetsapp.services import claim_account, frames_of_store

    frames = frames_of_store.load(workspace)
    claims = frames.claims_basis(potential=potential)
    account = claim_account.account(workspace, frames)
    return table_maker.table(analysis.summary(claims, by=keys, account=account), columns)


def names(workspace: Workspace) -> dict[str, dict[str, str]]:
    """Return the names of providers and agreements by the key columns that hold their ids."""
    return {
        "provider_id": {one.provider_id: one.name for one in providers.all_providers(workspace.store)},
        "agreement_id": {one.agreement_id: one.name for one in agreements.all_agreements(workspace.store)},
    }


@needs(Right.READ_FIGURES)
def complication_cost(workspace: Workspace, *, by: Sequence[str] = (), potential: bool = False) -> Table:
    """Return `summary complication-cost` (R14): what cases cost, against price, cap and the amounts said in public.

    By `class` a case is in every class that it has an event of, with what the events of that class cost. `potential`
    counts proposed links as if confirmed; without keys there is one row of all cases.

    Raises:
        InputError: a key that there is no sum for.
    """
    keys = _checked(by, CASE_KEYS) if by else []
    from kvalitetsapp.analysis import cost_distribution as analysis
    from kvalitetsapp.analysis import tables as table_maker
    from kvalitetsapp.services import frames_of_store

    frames = frames_of_store.load(workspace)
    totals = analysis.case_totals(frames.claims_basis(potential=potential), by_class="class" in keys)
    found = analysis.against_prices(totals, frames.operation_prices, by=keys)
    return table_maker.table(found, [*_key_columns(keys), *cost_tables.COMPLICATION_COST_VALUES])


@needs(Right.READ_FIGURES)
def expected_cost(
    workspace: Workspace,
    *,
    by: Sequence[str] = ("provider",),
    within: int = DAYS_TWO_YEARS,
    as_of: date | None = None,
    potential: bool = False,
) -> Table:
    """Return `summary expected-cost`: what purchased operations cost with their complications `within` days (R9, R14).

    Raises:
        InputError: a key that there is no sum for.
    """
    keys = _checked(by, OPERATION_KEYS)
    columns = [*_key_columns(keys), *cost_tables.EXPECTED_COST_VALUES]
    from kvalitetsapp.analysis import expected_costs as analysis
    from kvalitetsapp.analysis import tables as table_maker
    from kvalitetsapp.services import frames_of_store

    frames = frames_of_store.load(workspace)
    cut = as_of or frames.data_cut
    if cut is None:
        return Table(tuple(columns))
    found = analysis.summary(
        frames.index_operations,
        frames.claims_basis(potential=potential),
        frames.operation_prices,
        frames.providers,
        frames.persons,
        by=keys,
        as_of=cut,
        within=within,
    )
    return table_maker.table(found, columns)


def _checked(by: Sequence[str], known: Sequence[str]) -> list[str]:
    keys = [key.strip().removesuffix("_id") for key in by]
    for key in keys:
        if key not in known:
            raise InputError(
                _("”{key}” går inte att dela upp efter. Välj bland {known}.").format(key=key, known=", ".join(known))
            )
    if len(set(keys)) != len(keys) or not keys:
        raise InputError(_("Ange varje uppdelning en gång."))
    return keys


def _key_columns(keys: Sequence[str]) -> list[Column]:
    return [tables.KEY_COLUMNS[_COLUMN_OF_KEY.get(key, key)] for key in keys]
