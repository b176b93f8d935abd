"""Reoperations, survival and recovery summed up by the keys that a user asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from kvalitetsapp.domain import table as tables
from kvalitetsapp.domain.table import Column, Table
from kvalitetsapp.domain.words import DAYS_TWO_YEARS
from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kvalitetsapp.services.workspace import Workspace

_COLUMN_OF_KEY: Final = {"provider": "provider_id", "agreement": "agreement_id"}
OPERATION_KEYS: Final = ("provider", "joint", "year", "sex", "age_group", "payer_route")
RECOVERY_KEYS: Final = ("provider", "joint", "year", "agreement")


def reoperations(
    workspace: Workspace,
    *,
    by: Sequence[str] = ("provider", "joint"),
    within: int = DAYS_TWO_YEARS,
    as_of: date | None = None,
) -> Table:
    """Return `summary reoperations` (R9, R10) as of a day, the data cut unless told.

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
    found = analysis.summary(
        frames.index_operations, frames.links, frames.persons, frames.benchmarks, by=keys, within=within, as_of=cut
    )
    return table_maker.table(found, columns)


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
