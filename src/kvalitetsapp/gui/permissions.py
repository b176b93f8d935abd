"""What of the window takes which right, as data, and how it is kept from those who have not.

The services refuse anyway. What is here spares people what they would only be refused: tabs and panels that show what
one may not see are not shown, and buttons and fields for what one may not do stay disabled and say why.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QStackedWidget, QTabWidget, QWidget

from kvalitetsapp.domain.rights import RIGHT_WORDS, Right
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_OF_CLAIMS: Final = dict.fromkeys(
    ("cases", "unclaimed", "claims", "bases", "payments", "ageing", "watch"), Right.READ_CLAIMS
)
_OF_REVIEWS: Final = dict.fromkeys(("rounds", "missed", "questions"), Right.READ_NARRATIVE)

NEEDED: Final[dict[str, dict[str, Right]]] = {
    # pages: their tabs and panels
    "ClaimsPage": _OF_CLAIMS,
    "ReviewPage": _OF_REVIEWS,
    "ProtectionPage": {
        "log": Right.READ_LOG,
        "checks": Right.CHECK_LOG,
        "retention": Right.DECIDE_RETENTION,
        "exchange": Right.EXCHANGE,
    },
    "DataQualityPage": {"identities": Right.KEEP_QUALITY},
    "EpisodesPage": {"below": Right.READ_PERSONS},
    "ReviewDesk": {"form": Right.REVIEW},
    # what is done
    "AgeingView": {"remind": Right.PREPARE_CLAIMS},
    "AgendaView": {"save": Right.WRITE_PAPERS, "report": Right.MAKE_REPORTS},
    "AgreementsPage": {
        **dict.fromkeys(("new", "change", "verify", "end"), Right.WRITE_AGREEMENTS),
        "export": Right.EXPORT,
    },
    "BasesView": {
        **dict.fromkeys(("rules", "details", "files", "credit"), Right.ISSUE_BASES),
        **dict.fromkeys(("sent", "legal", "letter"), Right.PREPARE_CLAIMS),
    },
    "CaseView": {"ask": Right.ASK_PROVIDERS, "rule": Right.LEAD_REVIEW},
    "ChartPanel": {"copy": Right.EXPORT, "save": Right.EXPORT},
    "ClaimsView": {"step_bar": Right.PREPARE_CLAIMS},
    "ClaimWatchView": {
        **dict.fromkeys(("leave", "take_up", "supplement"), Right.PREPARE_CLAIMS),
        "credit": Right.ISSUE_BASES,
    },
    "EditableTablesView": {
        **dict.fromkeys(("add", "change", "remove", "reset", "take_in"), Right.KEEP_TABLES),
        "export": Right.EXPORT,
    },
    "EquityGroupsView": {"begin": Right.WRITE_PAPERS, "save": Right.EXPORT},
    "EquityPapersView": dict.fromkeys(("close_it", "withdraw", "undo"), Right.WRITE_PAPERS),
    "FinalReportsView": {"withdraw": Right.SIGN_REPORTS},
    "GapsView": {
        **dict.fromkeys(("new", "change", "withdraw"), Right.WRITE_PAPERS),
        "report": Right.MAKE_REPORTS,
    },
    "ImportPage": {"undo": Right.UNDO_IMPORT, "undo_earlier": Right.UNDO_IMPORT},
    "FamiliesView": dict.fromkeys(("follow", "leave"), Right.KEEP_TABLES),
    "IndicatorListView": {
        **dict.fromkeys(("new", "change", "take_in"), Right.DEFINE_INDICATORS),
        "save": Right.EXPORT,
    },
    "MakeReportView": {"sign": Right.SIGN_REPORTS, "annex": Right.READ_NARRATIVE},
    "MeetingsView": {
        **dict.fromkeys(("new", "change", "withdraw", "hold", "close_it", "following"), Right.WRITE_PAPERS),
        "print": Right.MAKE_REPORTS,
    },
    "NeedsView": dict.fromkeys(("new", "change", "withdraw", "write", "steps"), Right.WRITE_PAPERS),
    "PaymentsView": dict.fromkeys(("record", "import_it", "place", "unplace", "withdraw"), Right.PREPARE_CLAIMS),
    "RulesView": dict.fromkeys(("limits", "reason", "buttons", "undo"), Right.KEEP_QUALITY),
    "UnclaimedView": {"draft": Right.PREPARE_CLAIMS},
    "WaitingStateView": {"entries": Right.READ_ROWS},
}
"""For each class of widgets the names of the parts that take a right; one name may hold several parts."""


def refusal(right: Right) -> str:
    """Return why something cannot be done, as a tooltip says it."""
    return _("Du har inte rätt att {right}.").format(right=_(RIGHT_WORDS[right]))


def withhold(root: QWidget, rights: Collection[Right]) -> None:
    """Keep from the user what takes other rights than `rights`, in a widget that is made and in all that is in it."""
    for widget in (root, *root.findChildren(QWidget)):
        for name, right in NEEDED.get(type(widget).__name__, {}).items():
            if right not in rights:
                for part in _parts(getattr(widget, name)):
                    _withhold(part, right)


def is_withheld(part: QWidget) -> bool:
    """Tell whether a part of the window is kept from the user."""
    return part.property(_WITHHELD) is True


_WITHHELD: Final = "withheld"


class _Disabled(QObject):
    """Disables a button or field again whenever what it stands in enables it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let nothing through that would enable it."""
        if event.type() == QEvent.Type.EnabledChange and isinstance(watched, QWidget) and watched.isEnabled():
            watched.setEnabled(False)
        return False


def _parts(held: object) -> Iterator[QWidget]:
    if isinstance(held, QWidget):
        yield held
    elif isinstance(held, Mapping):
        yield from held.values()


def _withhold(part: QWidget, right: Right) -> None:
    part.setProperty(_WITHHELD, True)  # noqa: FBT003 - Qt's call
    if isinstance(part, QAbstractButton | QLineEdit):
        part.setEnabled(False)
        part.setToolTip(refusal(right))
        part.installEventFilter(_Disabled(part))
        return
    tabs = _tabs_of(part)
    if tabs is None:
        part.hide()
    else:
        tabs.setTabVisible(tabs.indexOf(part), False)  # noqa: FBT003 - Qt's call


def _tabs_of(part: QWidget) -> QTabWidget | None:
    """Return the tabs that a widget is one of, None where it is none."""
    stack = part.parentWidget()
    tabs = stack.parentWidget() if isinstance(stack, QStackedWidget) else None
    return tabs if isinstance(tabs, QTabWidget) else None
