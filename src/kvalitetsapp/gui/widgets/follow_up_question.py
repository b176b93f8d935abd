"""Later contacts that a rule offers as following from the event: ticked by a person, never by the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.widgets.choice_group import Choice
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.question import Question
from kvalitetsapp.gui.widgets.tick_list import TickList
from kvalitetsapp.texts import _, kronor, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kvalitetsapp.domain.follow_up import FollowUpOffer


class FollowUpQuestion(Question):
    """Asks which of the contacts belong to the case; that none does is an answer too."""

    def __init__(self, title: str, key: str, parent: QWidget | None = None) -> None:
        self.ticks = TickList()
        body = QWidget()
        super().__init__(title, key, body, parent)
        self._offers: tuple[FollowUpOffer, ...] = ()
        self._outside: tuple[int, ...] = ()
        note = PlainLabel(_("Vårdkontakter som kan höra till händelsen. De läggs aldrig till av sig själva."))
        note.setObjectName("muted")
        note.setWordWrap(True)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing.lines(self, 0.2))
        column.addWidget(note)
        column.addWidget(self.ticks)
        self.ticks.ticked.connect(self._tick)

    def set_offers(self, offers: Sequence[FollowUpOffer]) -> None:
        """Offer these contacts."""
        self._offers = tuple(offers)
        self.ticks.set_choices([_choice(one) for one in offers])
        self.refresh()

    def set_values(self, episodes: Collection[int]) -> None:
        """Tick these contacts; those that the rule no longer offers stay in the answer."""
        self.ticks.set_values({str(episode) for episode in episodes})
        known = {one.episode for one in self._offers}
        self._outside = tuple(episode for episode in episodes if episode not in known)
        self.refresh()

    def values(self) -> tuple[int, ...]:
        """Return the contacts that are ticked."""
        return (*(int(each) for each in self.ticks.values()), *self._outside)

    def said(self) -> str:
        """Return how many are offered and taken."""
        taken, offered = len(self.values()), len(self._offers)
        if taken:
            return ngettext("{n} av {all} hör till ärendet", "{n} av {all} hör till ärendet", taken).format(
                n=number(taken), all=number(offered + len(self._outside))
            )
        return ngettext("{n} möjlig", "{n} möjliga", offered).format(n=number(offered))

    def is_answered(self) -> bool:
        """Tell whether some contact is ticked."""
        return bool(self.values())

    def stops(self) -> list[QWidget]:
        """Return the boxes."""
        return self.ticks.stops()

    def take_focus(self) -> None:
        """Put the focus on the first contact."""
        self.ticks.take_focus()

    def press_digit(self, digit: int) -> bool:
        """Tick by number."""
        return self.ticks.press_digit(digit)

    def clear(self) -> None:
        """Take all ticks away."""
        self.set_values(())
        self.changed.emit()

    def _tick(self) -> None:
        self.refresh()
        self.changed.emit()


def _choice(one: FollowUpOffer) -> Choice:
    text = f"{one.day.isoformat()}  {one.provider}"
    note = ", ".join(part for part in (one.why, " ".join(one.codes), _cost(one)) if part)
    return Choice(str(one.episode), text, note)


def _cost(one: FollowUpOffer) -> str:
    return _("kostnad saknas") if one.cost is None else kronor(one.cost)
