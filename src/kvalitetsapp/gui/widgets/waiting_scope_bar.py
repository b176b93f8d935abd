"""Which waiting entries are looked at: month, county, provider, medical area, and with or without MOV and PVV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from kvalitetsapp.domain.sources import Deviation
from kvalitetsapp.domain.waiting import DEVIATIONS, WITHOUT_DEVIATION, WaitingScope
from kvalitetsapp.gui.flow_layout import FlowLayout
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kvalitetsapp.domain.waiting import WaitingChoice, WaitingChoices

_CAUSES: Final = (
    (N_("Alla"), frozenset(DEVIATIONS)),
    (N_("Utan MOV och PVV"), WITHOUT_DEVIATION),
    (N_("Bara MOV"), frozenset({Deviation.MEDICAL.value})),
    (N_("Bara PVV"), frozenset({Deviation.PATIENT.value})),
)
_LETTERS: Final = 9


class WaitingScopeBar(QWidget):
    """Offers scopes, everything of the latest month at first; `changed` tells when the user takes another."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.month, self.county, self.provider = QComboBox(), QComboBox(), QComboBox()
        self.area, self.causes = QComboBox(), QComboBox()
        self._days: tuple[date, ...] = ()
        for text, causes in _CAUSES:
            self.causes.addItem(_(text), causes)
        self._arrange()
        for box in self._boxes():
            box.activated.connect(lambda _place: self.changed.emit())

    def scope(self) -> WaitingScope:
        """Return the scope that is chosen; the latest month is told as None, so that it goes along with new lists."""
        place = self.month.currentIndex()
        return WaitingScope(
            county=str(self.county.currentData() or ""),
            provider_id=str(self.provider.currentData() or ""),
            area=str(self.area.currentData() or ""),
            deviations=_CAUSES[max(self.causes.currentIndex(), 0)][1],
            snapshot_on=self._days[place] if 0 < place < len(self._days) else None,
        )

    def set_choices(self, choices: WaitingChoices) -> None:
        """Offer what there is; what was chosen stays where it still is there, and the latest month goes along."""
        chosen = self.month.currentText() if self.month.currentIndex() > 0 else ""
        self._days = choices.snapshots
        self.month.clear()
        self.month.addItems([day.isoformat()[:7] for day in choices.snapshots])
        self.month.setCurrentIndex(max(self.month.findText(chosen), 0))
        _offer(self.county, _("Alla län"), choices.counties)
        _offer(self.provider, _("Alla vårdgivare"), choices.providers)
        _offer(self.area, _("Alla områden"), choices.areas)

    def _boxes(self) -> tuple[QComboBox, ...]:
        return (self.month, self.county, self.provider, self.area, self.causes)

    def _arrange(self) -> None:
        row = FlowLayout(self)
        self.setLayout(row)
        labels = (_("&Månadsslut"), _("L&än"), _("&Vårdgivare"), _("&Område"), _("&Avvikelse"))
        for text, box in zip(labels, self._boxes(), strict=True):
            label = PlainLabel(text)
            label.setBuddy(box)
            box.setAccessibleName(text.replace("&", ""))
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(_LETTERS)
            if box is not self.month:
                box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            row.add_field(label, box)


def _offer(box: QComboBox, every: str, choices: Sequence[WaitingChoice]) -> None:
    chosen = box.currentData()
    box.clear()
    box.addItem(every, "")
    for one in choices:
        box.addItem(one.name, one.key)
    box.setCurrentIndex(max(box.findData(chosen), 0))
