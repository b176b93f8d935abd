"""What was agreed on with the provider, how it went, and what it says itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.reports import styles
from kvalitetsapp.reports.tables import Grid, words
from kvalitetsapp.texts import NOTHING, _, ngettext, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.report_chapters import Actions, AgreedAction
    from kvalitetsapp.reports.composer import Composer

_SHOWN_FIRST: Final = 3
_LONGEST: Final = 180


def since_last_time(composer: Composer, actions: Actions) -> None:
    """Add to the summary what was agreed on and how it went, the latest first, as much as one page has room for."""
    composer.section(_("Vad som gjorts sedan sist"))
    if not actions.agreed:
        composer.text(_("Inga åtgärder är överenskomna med vårdgivaren."))
        return
    composer.bullets([_short(one) for one in actions.agreed[:_SHOWN_FIRST]])
    more = len(actions.agreed) - _SHOWN_FIRST
    if more > 0:
        composer.text(
            ngettext(
                "{n} åtgärd till står i kapitlet Vårdgivarens kommentarer.",
                "{n} åtgärder till står i kapitlet Vårdgivarens kommentarer.",
                more,
            ).format(n=number(more)),
            styles.SMALL,
        )


def table(composer: Composer, actions: Actions) -> None:
    """Add every action with who, when and how it went, and the provider's own comments."""
    composer.section(_("Överenskomna åtgärder"))
    if not actions.agreed:
        composer.text(_("Inga åtgärder är överenskomna med vårdgivaren."))
    else:
        caption = _("Överenskomna åtgärder, den senaste först.")
        if actions.as_of:
            caption = _("Överenskomna åtgärder, den senaste först, läget {day}.").format(day=actions.as_of)
        columns = (
            words(_("Sagt"), 0.8),
            words(_("Åtgärd"), 2.6),
            words(_("Ansvarig"), 1.0),
            words(_("Klar"), 1.1),
            words(_("Hur det gick"), 2.2),
        )
        composer.table(caption, Grid(columns, [_row(one) for one in actions.agreed], size=7.2), parted=True)
    if actions.comments:
        composer.section(_("Vårdgivarens egen kommentar"))
        composer.terms([(_("{day}.").format(day=day), " ".join(text.split())) for day, text in actions.comments])


def state(one: AgreedAction) -> str:
    """Return how far an action has come."""
    if one.done_on:
        return _("klar {day}").format(day=one.done_on)
    if one.is_late:
        return _("försenad, skulle vara klar {day}").format(day=one.due_on)
    return _("pågår, klar senast {day}").format(day=one.due_on) if one.due_on else _("pågår")


def _short(one: AgreedAction) -> str:
    told = _("{day}: {text} ({state}).").format(day=one.said_on, text=_cut(one.text).rstrip("."), state=state(one))
    return f"{told} {_cut(one.how[-1][1])}" if one.how else told


def _cut(text: str) -> str:
    """Return a text on one line, cut at a word where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _row(one: AgreedAction) -> tuple[str, ...]:
    how = "\n".join(_("{day}: {text}").format(day=day, text=" ".join(text.split())) for day, text in one.how)
    return (one.said_on, " ".join(one.text.split()), one.responsible or NOTHING, state(one), how or NOTHING)
