"""A form whose service says at which field each fault is: every one stands there, and the first gets the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.gui.dialogs.saving import SavingDialog

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.domain.field_fault import FieldFault
    from kvalitetsapp.gui.widgets.faulted import Faulted


class FaultingDialog(SavingDialog):
    """Saves by a service whose outcome has `faults`; where there are any nothing was saved and the form stays."""

    def places(self) -> tuple[Faulted, ...]:
        """Return every field that a fault can stand at, in the order in which they are read."""
        return ()

    def place_of(self, field: str) -> Faulted | None:
        """Return where the fault of a field stands, None where that is beneath the form."""
        raise NotImplementedError

    def in_words(self, fault: FieldFault) -> str:
        """Return a fault that stands beneath the form."""
        return fault.message

    @property
    def can_write(self) -> bool:
        """Tell whether anything can be saved in the store that is open."""
        return self.runner.can_write

    def show_faults(self, faults: Iterable[FieldFault]) -> None:
        """Tell every fault at its field, those without one beneath the form, and go to the first."""
        told: dict[int, list[str]] = {}
        beneath: list[str] = []
        for fault in faults:
            place = self.place_of(fault.field)
            if place is None:
                beneath.append(self.in_words(fault))
            else:
                told.setdefault(id(place), []).append(fault.message)
        for place in self.places():
            place.say("\n".join(dict.fromkeys(told.get(id(place), ()))))
        self.say("\n".join(dict.fromkeys(beneath)))
        first = next((place for place in self.places() if id(place) in told), None)
        if first is not None:
            first.setFocus()

    def _done(self, outcome: object) -> None:
        faults: tuple[FieldFault, ...] = getattr(outcome, "faults", ())
        self.show_faults(faults)
        if faults:
            self.save.setEnabled(True)
            return
        super()._done(outcome)
