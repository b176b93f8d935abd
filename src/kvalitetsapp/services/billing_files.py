"""Billing details as JSON text, for the command line and for moving them between stores."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.claim_words import VatCategory
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import billing
from kvalitetsapp.services.access import needs
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.domain.basis import BillingRules, Receiver
    from kvalitetsapp.services.billing import BillingOutcome
    from kvalitetsapp.services.workspace import Workspace

_LARGEST: Final = 1 << 20
_NOT_FROM_A_FILE: Final = frozenset({"provider_id"})


@needs(Right.READ_CLAIMS)
def as_text(workspace: Workspace, provider_id: str | None) -> str:
    """Return the rules, or a provider as the one who pays, as JSON.

    Raises:
        InputError: there is no such provider.
    """
    told: BillingRules | Receiver = _current(workspace, provider_id)
    return json.dumps(asdict(told), ensure_ascii=False, indent=1) + "\n"


@needs(Right.ISSUE_BASES)
def take(workspace: Workspace, file: Path, provider_id: str | None) -> BillingOutcome:
    """Keep what a file of the form of `as_text` tells; what it does not tell stays as it is.

    Raises:
        InputError: the file cannot be read, says something unknown or of another kind, or there is no such provider.
        RefusedError: the store is open to be read only.
    """
    told = _read(file)
    if provider_id is not None:
        return billing.save_receiver(workspace, _changed(billing.receiver(workspace, provider_id), told))
    return billing.save_rules(workspace, _changed(billing.rules(workspace), told))


def _current(workspace: Workspace, provider_id: str | None) -> BillingRules | Receiver:
    return billing.rules(workspace) if provider_id is None else billing.receiver(workspace, provider_id)


def _read(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as opened:
            raw = json.loads(opened.read(_LARGEST).decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(_("Filen {path} går inte att läsa som JSON.").format(path=file)) from error
    if not isinstance(raw, dict):
        raise InputError(_("Filen {path} går inte att läsa som JSON.").format(path=file))
    return raw


def _changed(before: Any, told: dict[str, Any]) -> Any:  # noqa: ANN401 - a dataclass, and another of the same kind
    """Return a dataclass with what a file tells of it, parts within parts."""
    known = {one.name for one in fields(before)}
    changed: dict[str, Any] = {}
    for name, value in told.items():
        if name in _NOT_FROM_A_FILE:
            continue
        if name not in known:
            raise InputError(_("Uppgiften {name} är okänd.").format(name=identity.hidden(name)))
        changed[name] = _value(getattr(before, name), value, name)
    return replace(before, **changed)


def _value(now: Any, value: Any, name: str) -> Any:  # noqa: ANN401 - what a field holds
    if hasattr(now, "__dataclass_fields__") and isinstance(value, dict):
        return _changed(now, value)
    if isinstance(now, VatCategory) and value in list(VatCategory):
        return VatCategory(value)
    if isinstance(now, VatCategory) or type(value) is not type(now):
        raise InputError(_("Uppgiften {name} har ett värde av fel slag.").format(name=identity.hidden(name)))
    return value
