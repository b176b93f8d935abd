"""Who waits, for what, how long and why: the figures of the page Väntande, its report and the command line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import waiting_tables
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.table import Table
from kvalitetsapp.domain.waiting import (
    MISSING,
    WaitingChoice,
    WaitingChoices,
    WaitingDistribution,
    WaitingKey,
    WaitingScope,
    WaitingSeries,
    WaitingState,
)
from kvalitetsapp.domain.waiting_words import key_name
from kvalitetsapp.services import waiting_lists
from kvalitetsapp.services.access import needs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.analysis.waiting.standing import Standing
    from kvalitetsapp.domain.table import Row, Value
    from kvalitetsapp.services.waiting_lists import Read
    from kvalitetsapp.services.workspace import Workspace

CLASS_DAYS: Final = 30
CLASSES: Final = 25
"""Classes of days of the distribution; the last holds everyone who has waited two years or longer."""


@needs(Right.READ_FIGURES)
def choices(workspace: Workspace) -> WaitingChoices:
    """Return what there is to choose from; nothing at all where no waiting list is stored."""
    read = waiting_lists.read(workspace)
    words = read.lists.words
    titles = workspace.code_tables.procedure_titles
    codes = [
        WaitingChoice(code, titles.get(code, code), area or MISSING)
        for code, area in zip(words["code"], read.areas, strict=True)
        if code
    ]
    return WaitingChoices(
        tuple(waiting_lists.days(read.lists)),
        _choices(read, WaitingKey.COUNTY, words["county"]),
        _choices(read, WaitingKey.MUNICIPALITY, words["municipality"]),
        _choices(read, WaitingKey.PROVIDER, words["provider"]),
        _choices(read, WaitingKey.AREA, sorted({area for code, area in zip(words["code"], read.areas, strict=True) if code})),
        tuple(codes),
        _choices(read, WaitingKey.PRIORITY, words["priority"]),
        read.own_county,
    )


def _choices(read: Read, key: WaitingKey, words: Iterable[str]) -> tuple[WaitingChoice, ...]:
    """Return the words that somebody waits with, nothing last."""
    found = [WaitingChoice(word, waiting_lists.name_of(read, key, word)) for word in words if word]
    nothing = [WaitingChoice(MISSING, key_name(key, MISSING))] if "" in words else []
    return (*sorted(found, key=lambda one: (one.name, one.key)), *nothing)
