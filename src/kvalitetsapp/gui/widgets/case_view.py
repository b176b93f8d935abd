"""What a reviewer reads of an event: why it is linked, the timeline, facts, questions to the provider, answers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from kvalitetsapp.domain.answer_words import in_words, title_of
from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.domain.review import flags
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.timeline_view import TimelineView
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Collection

    from kvalitetsapp.domain.provider_question import ProviderQuestion
    from kvalitetsapp.domain.review import GivenVerdict, ReviewCase
    from kvalitetsapp.domain.review_round import GivenAnswer
    from kvalitetsapp.gui.widgets.reveal import Reveal


class CaseView(QWidget):
    """Shows a case; it holds nothing that can be changed."""

    ask_provider = Signal()
    follow_up_rule_asked = Signal()
    episode_clicked = Signal(int)

    def __init__(self, reveal: Reveal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reveal = reveal
        self._case: ReviewCase | None = None
        self.heading = PlainLabel()
        self.flags = PlainLabel()
        self.why = PlainLabel()
        self.missing = PlainLabel()
        self.timeline = TimelineView()
        self.plot = self.timeline.plot
        self.event_facts = FactsView(_("Händelsen"))
        self.operation_facts = FactsView(_("Primäroperationen, frågor och tidigare beslut"))
        self.ask = QPushButton(_("Fråga vårdgivaren …"))
        self.rule = QPushButton(_("Regel för uppföljning …"))
        self._arrange()
        reveal.changed.connect(lambda _on: self._tell_whose())
        self.ask.clicked.connect(self.ask_provider)
        self.rule.clicked.connect(self.follow_up_rule_asked)
        self.timeline.episode_clicked.connect(self.episode_clicked)

    def show_case(self, case: ReviewCase) -> None:
        """Show a case."""
        self._case = case
        self._tell_whose()
        told = flags(case.link)
        self.flags.setText(_("Observera: {flags}").format(flags=told))
        self.flags.setVisible(bool(told))
        self.why.setText(case.why)
        self.missing.setText(" ".join(f"{said}." for said in case.missing))
        self.missing.setVisible(bool(case.missing))
        self.timeline.show_timeline(case.timeline, _offered(case), case.draft.follow_ups)
        self.timeline.show()
        self._show_facts(case)
        self._let_ask(on=True)

    def show_taken(self, episodes: Collection[int]) -> None:
        """Draw which follow-up contacts the answer takes into the case."""
        if self._case is not None and self._case.follow_ups:
            self.timeline.show_taken(_offered(self._case), episodes)

    def show_nothing(self, text: str) -> None:
        """Say that there is no case to show."""
        self._case = None
        self.heading.setText("")
        self.flags.hide()
        self.missing.hide()
        self.why.setText(text)
        self.event_facts.clear()
        self.operation_facts.clear()
        self.timeline.hide()
        self._let_ask(on=False)

    def _show_facts(self, case: ReviewCase) -> None:
        others = (Fact("", case.why_not),) if case.why_not else ()
        self.event_facts.show_facts((_("Händelsen"), case.event_facts), (_("Andra operationer"), others))
        self.operation_facts.show_facts(
            (_("Frågor till vårdgivaren"), tuple(_asked(one) for one in case.questions)),
            (_("Tidigare beslut"), tuple(_decided(each) for each in case.history)),
            *_answers(case),
            (_("Vårdkontakten med primäroperationen"), case.operation_facts),
        )

    def _let_ask(self, *, on: bool) -> None:
        self.ask.setEnabled(on)
        self.rule.setEnabled(on)

    def _arrange(self) -> None:
        self.heading.setObjectName("sectionTitle")
        self.heading.setWordWrap(True)
        for label in (self.flags, self.missing):
            label.setObjectName("warning")
            label.setWordWrap(True)
            label.hide()
        self.why.setWordWrap(True)
        self.why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        facts = _Columns(Qt.Orientation.Horizontal)
        facts.addWidget(self.event_facts)
        facts.addWidget(self.operation_facts)
        facts.setChildrenCollapsible(False)
        inside = QWidget()
        read = QVBoxLayout(inside)
        spacing.pad(read, self, 0.0, 0.35)
        for label in (self.flags, self.why, self.missing):
            read.addWidget(label)
        read.addWidget(self.timeline, 3)
        read.addWidget(facts, 4)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.0, 0.35)
        column.addLayout(self._top())
        column.addWidget(spacing.scrolling(inside), 1)
        self._let_ask(on=False)

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.heading, 1)
        for button in (self.ask, self.rule):
            button.setProperty("compact", True)  # noqa: FBT003 - Qt's call
            row.addWidget(button)
        return row

    def _tell_whose(self) -> None:
        if self._case is not None:
            link = self._case.link
            patient = self._reveal.shown(link.personal_id)
            self.heading.setText(f"{patient}   {link.event_ref}   {link.event_date.isoformat()}")
            self.heading.setToolTip(_("Håll Ctrl för att se hela numret"))


class _Columns(QSplitter):
    """Takes what room is left, and asks for a few lines."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the width of the columns and the height of a few lines."""
        return QSize(super().sizeHint().width(), spacing.lines(self, 7))


def _offered(case: ReviewCase) -> tuple[int, ...]:
    return tuple(one.episode for one in case.follow_ups)


def _asked(one: ProviderQuestion) -> Fact:
    status = word("question_status", one.status)
    if one.is_late(_today()):
        status = _("{status}, svarstiden har gått ut").format(status=status)
    parts = [status, _("{provider}: {question}").format(provider=one.provider, question=one.question)]
    if one.deadline is not None:
        parts.append(_("Svar senast {day}").format(day=one.deadline.isoformat()))
    if one.answered_on is not None:
        parts.append(_("Svar {day}: {answer}").format(day=one.answered_on.isoformat(), answer=one.answer))
    if one.comment:
        parts.append(_("Vårdgivarens kommentar: {comment}").format(comment=one.comment))
    return Fact(one.asked_on.isoformat(), tuple(parts))


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the desk's own day is what a deadline is held against


def _decided(one: GivenVerdict) -> Fact:
    label = f"{one.reviewed_on.isoformat()} {one.reviewer}"
    what = word("verdict", one.decision)
    if one.withdrawn:
        what = _("{what} (återtaget)").format(what=what)
    parts = [what]
    if one.complication_class:
        parts.append(word("complication_class", one.complication_class))
    if one.comment:
        parts.append(f"”{one.comment}”")
    return Fact(label, (", ".join(parts),))


def _answers(case: ReviewCase) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
    """Return the answers that this reviewer may see, each with all its words under its own heading."""
    if case.place is None:
        return ()
    given = [one for one in (case.place.earlier, case.place.mine, *case.place.visible) if one is not None]
    unique = {one.answer_id: one for one in given}
    earlier = None if case.place.earlier is None else case.place.earlier.answer_id
    return tuple((_heading(one, earlier=number == earlier), _words(one, case)) for number, one in unique.items())


def _heading(one: GivenAnswer, *, earlier: bool) -> str:
    part = _("Tidigare svar") if earlier else word("answer_part", one.part)
    return _("{part}: {reviewer} {day}").format(part=part, reviewer=one.reviewer, day=one.answered_at[:10])


def _words(one: GivenAnswer, case: ReviewCase) -> tuple[Fact, ...]:
    told = in_words(one.answer, case)
    return tuple(Fact(title_of(name), (text,)) for name, text in told.items())
