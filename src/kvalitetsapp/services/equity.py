"""Equal care: an indicator split by groups of people in a scope, what differs, and the operations behind a group."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp import settings
from kvalitetsapp.domain.equity import COMPARED, Comparison, EquityFigures, EquityFinding, EquityGroup, EquityRule
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange.code_tables import Titles
from kvalitetsapp.services import indicator_source, indicators, outcome_figures
from kvalitetsapp.services.access import needs
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.services.workspace import Workspace


_MUNICIPALITY: Final = "municipality"


@needs(Right.READ_FIGURES)
def figures(workspace: Workspace, asked: Comparison) -> EquityFigures:
    """Return an indicator by groups of a scope: the first key is compared, within the words of the others.

    Raises:
        InputError: there is no such indicator, no key, one that it cannot be compared by, or no such reference.
    """
    one = indicators.one(workspace, asked.indicator_id)
    keys = indicators.keys(one, asked.by)
    _demand_comparable(keys)
    source = indicator_source.source_on(workspace, asked.scope.as_of)
    if source is None:
        nothing = EquityGroup((), 0, 0, 0, None)
        return EquityFigures(one, tuple(keys), "", (), nothing, (EquityFinding(EquityRule.NOTHING),))
    from kvalitetsapp.analysis import equity as analysis

    found = outcome_figures.members(workspace, one, source, asked.scope)
    standard = workspace.standard_population if asked.standardised else ()
    try:
        made = analysis.split(one, source, found, keys, reference=asked.reference, standard=standard)
    except analysis.NoSuchGroupError:
        known = analysis.split(one, source, found, keys)
        raise InputError(_no_reference(asked.reference, known)) from None
    return replace(made, names=_names(made))


def _names(found: EquityFigures) -> dict[str, str]:
    """Return the names of the municipalities that are compared, of those whose codes are known."""
    if _MUNICIPALITY not in found.by:
        return {}
    known = Titles(settings.resources_dir() / "codes" / "municipalities.csv")
    codes = {one.words[found.by.index(_MUNICIPALITY)] for one in found.groups}
    return {code: known[code] for code in sorted(codes) if code in known}


def _demand_comparable(keys: Sequence[str]) -> None:
    if not keys or keys[0] not in COMPARED:
        raise InputError(_("Grupper jämförs efter {known}: ange en av dem först.").format(known=", ".join(COMPARED)))


def _no_reference(reference: str, found: EquityFigures) -> str:
    known = sorted({one.words[0] for one in found.groups if one.words[0]})
    return _("Det finns ingen grupp ”{reference}” att jämföra med. Välj bland {known}.").format(
        reference=reference, known=", ".join(known) or _("inga")
    )
