"""What the store has to say about an agreement, typed or imported: overlaps, caps that are used, gaps."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import agreement_card, cap_use
from kvalitetsapp.domain.agreement_gaps import Gap
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.words import ProviderKind
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import agreement_edits, providers
from kvalitetsapp.texts import _, kronor

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kvalitetsapp.domain.agreement import Agreement
    from kvalitetsapp.domain.cap_use import NetDrawn
    from kvalitetsapp.services.frames_of_store import StoreFrames
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.connection import Store

_GAP: Final = ("provider_id", "joint", "payer_route", "first", "last", "operations", "events")


def provider_names(store: Store) -> dict[str, str]:
    """Return the name of every provider by its id."""
    return {one.provider_id: one.name for one in providers.all_providers(store)}


@needs(Right.READ_FIGURES)
def bought_from(workspace: Workspace) -> dict[str, str]:
    """Return the providers that an agreement can be with, the region's own left out, by name."""
    found = [one for one in providers.all_providers(workspace.store) if one.kind != ProviderKind.OWN]
    return {one.provider_id: one.name for one in sorted(found, key=lambda one: (one.name, one.provider_id))}


def overlap(agreement: Agreement, standing: Iterable[Agreement], names: Mapping[str, str]) -> str:
    """Return with which other agreement this one overlaps and for which operations, "" where with none (R12)."""
    for other in standing:
        shared = None if other.agreement_id == agreement.agreement_id else agreement.shared_with(other)
        if shared is not None:
            return _("Avtalet överlappar {other}: {where} skulle träffas av båda.").format(
                other=other.agreement_id, where=agreement_card.overlap_text(shared, names)
            )
    return ""


def cap_too_low(agreement: Agreement, drawn: Sequence[NetDrawn]) -> str:
    """Return how much more than the cap is already claimed for an operation of the agreement, "" where nothing is."""
    most, ref = cap_use.most_drawn(drawn, agreement)
    if most <= agreement.cap:
        return ""
    return _(
        "Taket är lägre än vad som redan har krävts: {amount} för {ref}. Kreditera först, eller höj taket."
    ).format(amount=kronor(most), ref=ref)


def drawn_on_caps(store: Store) -> list[NetDrawn]:
    """Return what `cap_too_low` holds agreements against."""
    return agreement_edits.net_drawn(store)


def gaps(frames: StoreFrames, names: Mapping[str, str], of: Agreement | None = None) -> tuple[Gap, ...]:
    """Return where stored operations have no agreement though their provider has some, `of` one or of all."""
    from kvalitetsapp.analysis import agreement_gaps
    from kvalitetsapp.analysis import frames as shapes

    found = agreement_gaps.gaps(frames.index_operations, frames.links, frames.providers, frames.agreements)
    rows: list[tuple[Any, ...]] = shapes.rows(found, _GAP)
    return tuple(
        Gap(
            *(provider_id, names.get(provider_id, provider_id), joint, route),
            *(date.fromisoformat(first), date.fromisoformat(last), operations, events),
        )
        for provider_id, joint, route, first, last, operations, events in rows
        if of is None or provider_id in of.providers
    )
