"""Gallring: what is old enough to decide about, and the decisions. Nothing is erased unless somebody decides it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QPushButton, QVBoxLayout

from kvalitetsapp.domain import retention as domain
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.dialogs.decide_retention import EraseDialog, KeepDialog
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.rows_view import RowsView
from kvalitetsapp.texts import N_, NOTHING, _, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.retention import Decided, Proposal
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

_HIDDEN_AT_FIRST: Final = ("ground", "kept_because")
_HIDDEN_OF_DECISIONS: Final = ("retention_decision",)


class RetentionView(RowsView["Proposal"]):
    """Proposals, the chosen one in full, and below them every decision."""

    title: ClassVar[str] = N_("Gallring")
    icon_name: ClassVar[str] = "protection"
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.ACCESS_LOG, Changed.IMPORTS})

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner, DataTable("retention", key=("kind", "through")))
        self.explained = PlainLabel(
            _(
                "Programmet gallrar aldrig något självt. Här står det som är gammalt nog att besluta om. Åldrarna är "
                "förslag: era egna regler avgör."
            )
        )
        self.facts = FactsView(_("Förslaget"))
        self.keep = QPushButton(_("&Bevara …"))
        self.erase = QPushButton(_("&Gallra …"))
        self.decisions = DataTable("retention-decisions", key=("retention_decision",))
        self._arrange()
        self.keep.clicked.connect(lambda: self._decide(KeepDialog))
        self.erase.clicked.connect(lambda: self._decide(EraseDialog))
        self._choose()
        self.begins_at = self.table

    def refresh(self) -> None:
        """Read proposals and decisions."""
        self.runner.run(_read, self._set_read)

    def _arrange(self) -> None:
        self.explained.setObjectName("muted")
        self.explained.setWordWrap(True)
        self.table.view.setAccessibleName(_("Förslag till bevarande och gallring"))
        self.table.hide_columns(*_HIDDEN_AT_FIRST)
        self.decisions.view.setAccessibleName(_("Beslut om bevarande och gallring"))
        self.decisions.hide_columns(*_HIDDEN_OF_DECISIONS)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addWidget(self.explained)
        parts = ((self.table, 12), (self.facts, 9), (self.decisions, 10))
        column.addWidget(arrangement.above(*parts), 1)
        column.addLayout(arrangement.ends(last=(self.keep, self.erase)))

    def _set_read(self, found: tuple[tuple[Proposal, ...], tuple[Decided, ...]]) -> None:
        proposals, decided = found
        self.decisions.set_table(domain.decisions_table(decided))
        self._put(proposals, domain.proposals_table(proposals))

    def _choose(self) -> None:
        one, can_write = self.current(), self.runner.can_write
        self.keep.setEnabled(can_write and one is not None)
        self.erase.setEnabled(can_write and one is not None and one.can_be_erased)
        if one is None:
            self.facts.show_paragraphs([_("Inget är gammalt nog att besluta om.")])
        else:
            self.facts.show_facts(("", _facts(one)))

    def _decide(self, kind: type[KeepDialog | EraseDialog]) -> None:
        one = self.current()
        if one is not None:
            self._open(kind(self.runner, one, self))


def _facts(one: Proposal) -> list[Fact]:
    found = [
        Fact(_("Vad"), (word("retention_kind", one.kind),)),
        Fact(_("Antal"), (_("{n} till och med {day}").format(n=number(one.found), day=one.through.isoformat()),)),
        Fact(_("Grund"), (_(one.rule.ground),)),
    ]
    if one.rule.kept_because:
        found.append(Fact(_("Gallras inte"), (_(one.rule.kept_because),)))
    decided = one.decided
    if decided is not None:
        until = NOTHING if decided.keep_until is None else decided.keep_until.isoformat()
        found.append(
            Fact(
                _("Senaste beslut"),
                (f"{word('retention_decision', decided.decision)}, {decided.who}", until, decided.reason),
            )
        )
    return found


def _read(workspace: Workspace, _progress: Progress) -> tuple[tuple[Proposal, ...], tuple[Decided, ...]]:
    from kvalitetsapp.services import retention

    return retention.proposals(workspace), retention.decisions(workspace)
