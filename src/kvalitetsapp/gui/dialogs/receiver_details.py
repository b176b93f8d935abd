"""Vårdgivarens uppgifter: a provider as the one who pays; what is missing is asked for when something is issued."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.faulting import FaultingDialog
from kvalitetsapp.gui.dialogs.form import Form
from kvalitetsapp.gui.spacing import letters
from kvalitetsapp.gui.widgets.party_fields import PartyFields
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.domain.basis import Receiver
    from kvalitetsapp.gui.dialogs.saving import Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.gui.widgets.faulted import Faulted
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.billing import BillingOutcome
    from kvalitetsapp.services.workspace import Workspace

LABELS: Final = {
    "name": N_("Namn"),
    "org_number": N_("Organisationsnummer"),
    "address.street": N_("Gatuadress"),
    "address.extra": N_("Adresstillägg"),
    "address.postcode": N_("Postnummer"),
    "address.city": N_("Ort"),
    "address.country": N_("Land"),
    "buyer_reference": N_("Köparens referens"),
    "order_reference": N_("Ordernummer"),
    "endpoint_scheme": N_("Schema för e-faktura"),
    "endpoint": N_("Adress för e-faktura"),
    "email": N_("E-post"),
}


class ReceiverDetailsDialog(FaultingDialog):
    """Asks what documents say of a provider; another can be chosen in the form."""

    def __init__(self, runner: StoreRunner, provider_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(runner, _("Vårdgivarens uppgifter"), _("&Spara"), parent)
        self._receivers: tuple[Receiver, ...] = ()
        self._shown = -1
        self.setMinimumWidth(letters(self, 96))
        self.explained.setText(
            _("Står på nya underlag. De som är utställda ändras inte. Köparens referens eller ordernummer krävs.")
        )
        self.save.setEnabled(False)
        self.provider.currentIndexChanged.connect(self._choose)
        runner.run(_receivers, partial(self._offer, provider_id))

    def content(self) -> QWidget:
        """Return the choice of provider above what is told of it."""
        self.provider = QComboBox()
        self.provider.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.fields = PartyFields({name: _(label) for name, label in LABELS.items()})
        choice = Form()
        choice.add(_("&Vårdgivare"), self.provider)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(choice)
        column.addWidget(self.fields)
        column.addStretch(1)
        return made

    def places(self) -> tuple[Faulted, ...]:
        """Return the fields in their order."""
        return tuple(self.fields.fields.values())

    def place_of(self, field: str) -> Faulted | None:
        """Return the field that a fault is of."""
        return self.fields.fields.get(field.removeprefix("receiver."))

    def work(self) -> Work:
        """Return what keeps what is told of the provider."""
        return partial(_save, self.fields.party(self._receivers[self._shown]))

    def _offer(self, provider_id: str, receivers: tuple[Receiver, ...]) -> None:
        self._receivers = receivers
        self.provider.blockSignals(True)  # noqa: FBT003 - Qt's own
        for one in receivers:
            self.provider.addItem(one.name or one.provider_id)
        self.provider.blockSignals(False)  # noqa: FBT003 - Qt's own
        ids = [one.provider_id for one in receivers]
        if receivers:
            self.provider.setCurrentIndex(ids.index(provider_id) if provider_id in ids else 0)
            self._show(self.provider.currentIndex())
            self.fields.edit("name").setFocus()
        else:
            self.say(_("Inga vårdgivare finns. Läs in registret över vårdgivare först."))

    def _choose(self, place: int) -> None:
        """Show another provider; what is typed of the one before is thrown away only when that is what is wanted."""
        if place == self._shown or self._shown < 0:
            return
        before = self._receivers[self._shown]
        question = _("Det som är ändrat om {name} är inte sparat. Visa en annan vårdgivare ändå?")
        if self.fields.party(before) != before and not messages.ask(
            self, question.format(name=before.name or before.provider_id), yes=_("Kasta ändringen")
        ):
            self.provider.setCurrentIndex(self._shown)
            return
        self._show(place)

    def _show(self, place: int) -> None:
        self._shown = place
        self.show_faults(())
        self.fields.show_party(self._receivers[place])
        self.save.setEnabled(self.can_write)


def _receivers(workspace: Workspace, _progress: Progress) -> tuple[Receiver, ...]:
    from kvalitetsapp.services import billing

    return billing.receivers(workspace)


def _save(told: Receiver, workspace: Workspace, _progress: Progress) -> BillingOutcome:
    from kvalitetsapp.services import billing

    return billing.save_receiver(workspace, told)
