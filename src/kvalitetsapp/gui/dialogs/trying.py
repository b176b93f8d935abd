"""A form that is tried while it is filled in: what it would come to is worked out anew after each change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, Generic, Protocol, TypeVar

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from kvalitetsapp.errors import CancelledError
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.dialogs.faulting import FaultingDialog
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kvalitetsapp.domain.field_fault import FieldFault
    from kvalitetsapp.gui.operations import Operation, StoreRunner
    from kvalitetsapp.gui.widgets.faulted import Faulted
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

Filled = TypeVar("Filled")
Tried = TypeVar("Tried")
FilledIn_co = TypeVar("FilledIn_co", covariant=True)

PAUSE_MS: Final = 700


class Fields(Protocol[FilledIn_co]):
    """The fields of a form."""

    def form(self) -> FilledIn_co:
        """Return the form as it is filled in."""
        ...

    def show_faults(self, faults: tuple[FieldFault, ...]) -> list[QWidget]:
        """Tell what is wrong at each field, and return the fields that are wrong in the order of the form."""
        ...


class TryingDialog(FaultingDialog, Generic[Filled, Tried]):
    """Tries the form a pause after the last change; what was under way is given up as soon as the form changes.

    `content` makes `fields`, in what `scrolling` returns, and `reason`, where one writes why they change. A dialog
    says in `trial` what works out what a form comes to, and in `tell_trial` and `show_tried` where that is told; it
    connects its fields to `try_soon` once they are filled.
    """

    trial_label: ClassVar[str] = ""
    """What the work is called in the status bar, marked with N_; "" where it is not told there."""
    trial_told: ClassVar[str] = N_("Räknar …")
    """What is told until it is known what the form comes to, marked with N_."""

    fields: Fields[Filled]
    reason: Faulted

    def __init__(self, runner: StoreRunner, title: str, save: str, parent: QWidget | None = None) -> None:
        super().__init__(runner, title, save, parent)
        self._operation: Operation | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._try)

    def trial(self, form: Filled) -> Callable[[Workspace, Progress], Tried]:
        """Return what works out what a form comes to."""
        raise NotImplementedError

    def tell_trial(self, text: str) -> None:
        """Tell a sentence where it is shown what the form comes to."""
        raise NotImplementedError

    def show_tried(self, found: Tried) -> None:
        """Show what the form comes to."""
        raise NotImplementedError

    def scrolling(self, fields: QWidget) -> QScrollArea:
        """Return the area in which the fields are scrolled up and down."""
        self._scrolled = spacing.scrolling(fields)
        self._scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return self._scrolled

    def because(self) -> str:
        """Return why the form is changed, as typed."""
        return self.reason.field.text() if isinstance(self.reason.field, QLineEdit) else ""

    def fit(self, letters: int, lines: int) -> None:
        """Be as wide and high as the form wants, as far as the screen is."""
        wanted = QSize(spacing.letters(self, letters), spacing.lines(self, lines))
        self.resize(wanted.boundedTo(self.screen().availableSize()))

    def show_faults(self, faults: Iterable[FieldFault]) -> None:
        """Tell what is wrong at each field and go to the first."""
        found = tuple(faults)
        wrong = self.fields.show_faults(found)
        told = {one.field: one.message for one in found}
        self.reason.say(told.get("reason", ""))
        self.say(told.get("", ""))
        wrong += [self.reason] if "reason" in told else []
        if wrong:
            wrong[0].setFocus()
            self._scrolled.ensureWidgetVisible(wrong[0])

    def done(self, result: int) -> None:
        """Stop what is still being worked out."""
        self._pause.stop()
        self._forget()
        super().done(result)

    def try_soon(self) -> None:
        """Try the form once it has been left alone for a while."""
        self._forget()
        self.tell_trial(_(self.trial_told))
        self._pause.start()

    def _forget(self) -> None:
        if self._operation is not None:
            self._operation.cancel()
            self._operation = None

    def _try(self) -> None:
        form, label = self.fields.form(), _(self.trial_label) if self.trial_label else ""
        shown = partial(self._tried, form)
        self._operation = self.runner.run(self.trial(form), shown, label=label, on_failed=self._not_tried)

    def _tried(self, form: Filled, found: Tried) -> None:
        if form == self.fields.form():
            self._operation = None
            self.show_tried(found)

    def _not_tried(self, error: BaseException) -> None:
        if not isinstance(error, CancelledError):
            self.tell_trial(_("Det gick inte. Se felrapporten."))
