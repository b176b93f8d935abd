"""Whose operations a figure is read for: a joint, a kind of prosthesis, and a provider or all purchased care."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kvalitetsapp.analysis.columns import among, texts
from kvalitetsapp.analysis.indicators import keys
from kvalitetsapp.domain.words import ProviderKind

if TYPE_CHECKING:
    from kvalitetsapp.analysis.columns import Flags, Ints
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.outcome_choice import OutcomeScope


def within(source: IndicatorSource, operations: Ints, scope: OutcomeScope, *, everyone: bool = False) -> Flags:
    """Tell which operations are in a scope; with `everyone` every provider is, also the region's own."""
    told = keys.of_operations(source, operations, ("provider", "joint", "prosthesis"))
    chosen = np.ones(len(operations), dtype=np.bool_)
    for name, wanted in (("joint", scope.joint), ("prosthesis", scope.prosthesis)):
        if wanted:
            chosen &= among(told[name], wanted)
    if everyone:
        return chosen
    if scope.provider_id:
        return chosen & among(told["provider_id"], scope.provider_id)
    return chosen & ~among(told["provider_id"], *own_providers(source))


def own_providers(source: IndicatorSource) -> list[str]:
    """Return the providers that the region runs itself."""
    own = among(source.providers["kind"], ProviderKind.OWN.value)
    return texts(source.providers["provider_id"])[own].tolist()  # type: ignore[no-any-return]


def names(source: IndicatorSource) -> dict[str, str]:
    """Return the providers' names."""
    return dict(zip(texts(source.providers["provider_id"]), texts(source.providers["name"]), strict=True))
