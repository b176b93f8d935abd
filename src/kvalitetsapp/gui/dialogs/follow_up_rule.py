"""By what rule later contacts are offered to a case, and what that offers in a sentence."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from kvalitetsapp.domain import follow_up
from kvalitetsapp.domain.follow_up import FollowUpRule
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.days_field import DaysField
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.gui.dialogs.saving import Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.follow_ups import FollowUpOutcome
    from kvalitetsapp.services.workspace import Workspace


def ask_rule(
    parent: QWidget, runner: StoreRunner, on_set: Callable[[FollowUpOutcome], object] | None = None
) -> FollowUpRuleDialog:
    """Open the dialog over `parent`."""
    dialog = FollowUpRuleDialog(runner, parent)
    if on_set is not None:
        dialog.saved.connect(on_set)
    dialog.open()
    return dialog


class FollowUpRuleDialog(SavingDialog):
    """Asks for days and reasons; nothing can be saved that offers nothing."""

    def __init__(self, runner: StoreRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Uppföljande kontakter"), _("&Spara regeln"), parent)
        self.days = DaysField(FollowUpRule().days)
        self.same_joint = QCheckBox(_("Samma &led"))
        self.same_chapter = QCheckBox(_("Samma diagnos&kapitel"))
        self._can_write = False
        self.explained.setText(
            _(
                "Regeln föreslår senare kontakter till ett ärende. "
                "Inget tas med av sig självt, och det som är med står kvar."
            )
        )
        days = QWidget()
        row = QHBoxLayout(days)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.days)
        row.addWidget(PlainLabel(_("dagar")))
        row.addStretch(1)
        days.setFocusProxy(self.days)
        self.form.add(_("&Från händelsens utskrivning, inom"), days)
        self.days.setAccessibleName(_("Dagar från händelsens utskrivning"))
        self.form.add(_("Kontakten och händelsen delar"), self.same_joint)
        self.form.add("", self.same_chapter)
        for box in (self.same_joint, self.same_chapter):
            box.setAccessibleName(box.text().replace("&", ""))
            box.toggled.connect(lambda _on: self._tell())
        self.offered = self.tell(_("Då föreslås"), "")
        self.days.textChanged.connect(lambda _text: self._tell())
        self.save.setEnabled(False)
        runner.run(_rule, self._show)

    def rule(self) -> FollowUpRule:
        """Return the rule as it is filled in."""
        return FollowUpRule(self.days.days(), self.same_joint.isChecked(), self.same_chapter.isChecked())

    def work(self) -> Work:
        """Return what sets the rule."""
        return partial(_set_rule, self.rule())

    def _show(self, rule: FollowUpRule) -> None:
        self._can_write = self.runner.can_write
        self.days.set_days(rule.days)
        self.same_joint.setChecked(rule.same_joint)
        self.same_chapter.setChecked(rule.same_chapter)
        self._tell()
        self.days.setFocus()
        self.days.selectAll()

    def _tell(self) -> None:
        rule = self.rule()
        lacking = follow_up.lacking_in(rule)
        self.say(lacking)
        self.offered.setText("" if lacking else _offers(rule))
        self.save.setEnabled(self._can_write and not lacking)


def _offers(rule: FollowUpRule) -> str:
    text = ngettext(
        "Kontakter som börjar från utskrivningen till och med {n} dag efter, som inte är en händelse eller ett "
        "operationstillfälle, och som delar {what} med händelsen.",
        "Kontakter som börjar från utskrivningen till och med {n} dagar efter, som inte är en händelse eller ett "
        "operationstillfälle, och som delar {what} med händelsen.",
        rule.days,
    )
    if rule.same_joint and rule.same_chapter:
        what = _("led eller diagnoskapitel")
    else:
        what = _("led") if rule.same_joint else _("diagnoskapitel")
    return text.format(n=number(rule.days), what=what)


def _rule(workspace: Workspace, _progress: Progress) -> FollowUpRule:
    from kvalitetsapp.services import follow_ups

    return follow_ups.rule(workspace)


def _set_rule(rule: FollowUpRule, workspace: Workspace, _progress: Progress) -> FollowUpOutcome:
    from kvalitetsapp.services import follow_ups

    return follow_ups.set_rule(workspace, rule)
