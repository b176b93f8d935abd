"""The recipes behind the figures: short in the chapter on method, whole in the appendix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.reports import styles
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.tables import Grid, words
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.report_chapters import Recipe
    from kvalitetsapp.reports.composer import Composer


def short(composer: Composer, recipes: Sequence[Recipe]) -> None:
    """Add what every indicator counts, with its name and version; its source stands in the appendix."""
    if not recipes:
        return
    composer.section(_("Indikatorerna i korthet"))
    unverified = "" if all(one.verified for one in recipes) else _("*: receptet är inte prövat mot källan än.")
    composer.table(
        _("Indikatorer som rapporten visar. Recepten i sin helhet står i bilagan."),
        Grid(
            (words(_("Indikator"), 2.3), words(_("Version"), 0.6), words(_("Räknar"), 3.8)),
            [(one.name + ("" if one.verified else " *"), one.version, one.counted) for one in recipes],
            size=6.6,
        ),
        Notes(unverified),
    )


def whole(composer: Composer, recipes: Sequence[Recipe]) -> None:
    """Add the appendix: every recipe as it was followed."""
    if not recipes:
        return
    composer.chapter(_("Bilaga: indikatorernas recept"))
    composer.text(
        _("Först vad receptet säger till människor, sedan vad det säger till programmet. De ska säga detsamma."),
        styles.SMALL,
    )
    for one in recipes:
        composer.section(one.name)
        composer.lines([(_("{label}:").format(label=label), text) for label, text in one.lines[1:]])
