"""How the indicators of a paper are defined, and where the nation's figures stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import styles
from kvalitetsapp.texts import _, decimal, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.agenda_report import FigureFacts
    from kvalitetsapp.domain.report_data import Benchmark
    from kvalitetsapp.reports.composer import Composer


def add(composer: Composer, facts: Sequence[FigureFacts]) -> None:
    """Add the chapter, an indicator a section."""
    if not facts:
        return
    composer.chapter(_("Definitioner"))
    composer.text(_("Så är måtten definierade, med version och källa."), styles.SMALL)
    for one in facts:
        composer.section(one.recipe[0][1])
        composer.lines([(f"{label}.", text) for label, text in one.recipe[1:] if label in _told()])
        if one.national:
            composer.lines([(_("Riksvärde."), "; ".join(map(_printed, one.national)))])


def _told() -> frozenset[str]:
    """Return the parts of a recipe that a reader of a paper needs; the whole stands on the indicator's own page."""
    return frozenset(
        {
            *(_("Version"), _("Täljare"), _("Nämnare"), _("Undantag")),
            *(_("Önskad riktning"), _("Källa"), _("Prövad mot källan")),
        }
    )


def _printed(one: Benchmark) -> str:
    value = percent(one.value) if -1 < one.value < 1 else decimal(one.value, 1)
    return _("{joint} {value} ({source}, {period})").format(
        joint=word("procedure_area", one.joint).lower(), value=value, source=one.source, period=one.period
    )
