"""Översikt: five figures, what needs doing now, and what looks wrong in the data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from kvalitetsapp.domain import families
from kvalitetsapp.domain.paper import PaperKind
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.words import Severity, word
from kvalitetsapp.errors import CancelledError
from kvalitetsapp.gui.navigation import right_for
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.spacing import enlarge, lines, pad, scrolling
from kvalitetsapp.gui.widgets.card import Card
from kvalitetsapp.gui.widgets.card_row import CardRow
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState
from kvalitetsapp.gui.widgets.task_list import Task, TaskList
from kvalitetsapp.texts import N_, NOTHING, _, decimal, kronor_rounded, ngettext, number, percent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kvalitetsapp.domain.claim_watch import ClaimCounts
    from kvalitetsapp.domain.paper import Paper
    from kvalitetsapp.domain.quality import RuleState
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.overview import Figures, Waiting
    from kvalitetsapp.services.workspace import Workspace

_CARDS: Final = (
    ("operations", N_("Primäroperationer"), "episodes"),
    ("reoperated", N_("Reopererade inom två år"), "quality"),
    ("events", N_("Händelser"), "review"),
    ("potential", N_("Möjligt att återkräva"), "claims"),
    ("reviewed", N_("Granskade händelser"), "review"),
)


_MOST_FINDINGS: Final = 7
_TAB_OF_PAPER: Final = {
    PaperKind.EQUITY: "equity",
    PaperKind.NEED: "needs",
    PaperKind.MEETING: "meetings",
    PaperKind.GAP: "gaps",
    PaperKind.QUARTER: "agenda",
}
"""The tab of the page of development that a kind of paper is kept on."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """Something that takes long to read: what reads it, what shows it, and what it is called meanwhile."""

    work: Callable[[Workspace, Progress], Any]
    show: Callable[[Any], None]
    label: str = ""


class OverviewPage(Page):
    """The first page."""

    title: ClassVar[str] = N_("Översikt")
    icon_name: ClassVar[str] = "overview"

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.cards = {name: Card(_(title)) for name, title, _page in _CARDS}
        for name, _title, page in _CARDS:
            self.cards[name].clicked.connect(partial(self._go, page, None))
        self.tasks = TaskList(_("Att göra nu"), _("Inget väntar just nu."))
        self.findings = TaskList(_("Fynd i data"), _("Inget i det som lästs in ser fel ut."))
        for one in (self.tasks, self.findings):
            one.chosen.connect(self._do)
        self.providers = DataTable("overview-providers", key=("provider_id",))
        self.providers.hide_columns("provider_id")
        self.providers.show_tools(on=False)
        self.providers.view.setAccessibleName(_("Vårdgivare"))
        self.providers.row_activated.connect(self._open_provider)
        self.counted = QLabel()
        self.empty = EmptyState(
            _("Här finns ännu inget att följa upp, för inga vårdkontakter är inlästa. Börja med att läsa in filer."),
            _("Gå till Import"),
        )
        self.empty.asked.connect(partial(self._go, "import", None))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(QWidget())
        self._stack.addWidget(scrolling(self._content()))
        self._stack.addWidget(self.empty)
        self._waiting: Waiting | None = None
        self._counts: ClaimCounts | None = None
        self._round = 0

    def refresh(self) -> None:
        """Read what waits first, since that is quick, and then the figures while the page is in view."""
        self.runner.run(_waiting, self._show_waiting)

    def _content(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        pad(column, self, 1.2, 1)
        column.addWidget(CardRow(list(self.cards.values())))
        lists = QHBoxLayout()
        lists.setSpacing(lines(self, 0.9))
        lists.addWidget(self.tasks, 3)
        lists.addWidget(self.findings, 2)
        column.addLayout(lists)
        heading = QLabel(_("Vårdgivare"))
        enlarge(heading, 1.1, bold=True)
        column.addWidget(heading)
        self.counted.setWordWrap(True)
        column.addWidget(self.counted)
        self.providers.setMinimumHeight(lines(self, 16))
        column.addWidget(self.providers, 1)
        return content

    def _show_waiting(self, waiting: Waiting) -> None:
        self._waiting = waiting
        if not waiting.episodes:
            self._stack.setCurrentWidget(self.empty)
            return
        self._stack.setCurrentIndex(1)
        self._show_tasks()
        self._round += 1
        counts = [_Reading(_counts, self._show_counts)] if self.runner.may(Right.READ_CLAIMS) else []
        rules = _Reading(_rules, self._show_rules, _("Prövar regler"))
        self._read_on(self._round, [*counts, _Reading(_figures, self._show_figures), rules])

    def _read_on(self, of_round: int, readings: Sequence[_Reading]) -> None:
        """Read what takes long one by one, as long as the page is in view and has not begun to read anew."""
        if not readings or of_round != self._round:
            return
        if not self.isVisible():
            self.mark_stale()  # who went on to another page does not wait behind this one
            return
        first, *rest = readings
        self.runner.run(
            first.work,
            partial(self._have_read, of_round, first, rest),
            on_failed=partial(self._have_failed, of_round, rest),
            label=first.label,
        )

    def _have_read(self, of_round: int, reading: _Reading, rest: Sequence[_Reading], result: object) -> None:
        reading.show(result)
        self._read_on(of_round, rest)

    def _have_failed(self, of_round: int, rest: Sequence[_Reading], error: BaseException) -> None:
        self.runner.tell(error)
        if isinstance(error, CancelledError):
            self._stale = True  # who cancels one wants none; they are read when the page comes into view again
        else:
            self._read_on(of_round, rest)

    def _show_rules(self, states: tuple[RuleState, ...]) -> None:
        found = [state for state in states if state.open]
        tasks = [_finding(state) for state in found[:_MOST_FINDINGS]]
        if len(found) > _MOST_FINDINGS:
            rest = number(len(found) - _MOST_FINDINGS)
            tasks.append(Task(rest, _("regler till pekar ut rader"), "", "data_quality"))
        self.findings.set_tasks(tasks)

    def _show_figures(self, figures: Figures) -> None:
        self.cards["operations"].show_figure(number(figures.operations), _("egen regi och köpt vård"))
        self.cards["reoperated"].show_figure(percent(figures.reoperated.rate), _reoperated_note(figures))
        self.cards["events"].show_figure(
            number(figures.events),
            _("{n} kopplade till en primäroperation").format(n=number(figures.linked)),
        )
        self.cards["potential"].show_figure(kronor_rounded(figures.potential), _potential_note(figures))
        self.cards["reviewed"].show_figure(*_reviewed(figures))
        self.providers.set_table(figures.providers)
        self.counted.setText(_counted_note(figures.counted))
        self.counted.setVisible(bool(figures.counted))

    def _show_counts(self, counts: ClaimCounts) -> None:
        self._counts = counts
        self._show_tasks()

    def _open_provider(self, row: int) -> None:
        self._go("quality", str(self.providers.model.value(row, "provider_id")))

    def _show_tasks(self) -> None:
        if self._waiting is not None:
            tasks = (
                *_review_tasks(self._waiting),
                *_claim_tasks(self._counts),
                *_paper_tasks(self._waiting.due),
            )
            self.tasks.set_tasks([task for task in tasks if self.runner.may(_right_for(task))])

    def _do(self, task: Task) -> None:
        if task.page == "links":
            self.runner.run(_link, self._linked, label=_("Kopplar om"))
        else:
            self.page_requested.emit(task.page, task.wanted)

    def _linked(self, _outcome: object) -> None:
        self.told.emit(_("Kopplingarna är gjorda på nytt"))

    def _go(self, page: str, wanted: object) -> None:
        self.page_requested.emit(page, wanted)


def _right_for(task: Task) -> Right:
    """Return what it takes to do a task: to link anew, or to see the page where it is done."""
    return Right.IMPORT if task.page == "links" else right_for(task.page)


def _review_tasks(waiting: Waiting) -> list[Task]:
    tasks = []
    if not waiting.links_current:
        note = _("Något har lästs in sedan dess. Välj raden för att koppla på nytt.")
        tasks.append(Task("", _("Kopplingarna är inte aktuella"), note, "links", icon_name="warning"))
    if waiting.to_review:
        text = ngettext("koppling att granska", "kopplingar att granska", waiting.to_review)
        own = number(waiting.own_to_review)
        note = _("{n} av dem gäller vård i egen regi och kan ge krav.").format(n=own)
        tasks.append(Task(number(waiting.to_review), text, note, "review", "to_review", "review"))
    if waiting.ambiguous:
        text = ngettext("av dem är tvetydig", "av dem är tvetydiga", waiting.ambiguous)
        note = _("Flera leder, sidor eller operationer är möjliga.")
        tasks.append(Task(number(waiting.ambiguous), text, note, "review", "ambiguous", "review"))
    if waiting.another_look:
        text = ngettext("beslut att se över", "beslut att se över", waiting.another_look)
        note = _("Nya uppgifter skulle nu ge ett annat förslag.")
        tasks.append(Task(number(waiting.another_look), text, note, "review", "another_look", "warning"))
    return tasks


def _claim_tasks(counts: ClaimCounts | None) -> list[Task]:
    if counts is None:
        return []
    tasks = []
    if counts.events:
        text = ngettext("händelse har inte krävts", "händelser har inte krävts", counts.events)
        tasks.append(Task(number(counts.events), text, _unclaimed(counts), "claims", "watch/deadlines", "claims"))
    if counts.to_approve:
        text = ngettext("krav väntar på godkännande", "krav väntar på godkännande", counts.to_approve)
        note = _("Någon annan än den som gjorde utkastet godkänner.")
        tasks.append(Task(number(counts.to_approve), text, note, "claims", "claims", "claims"))
    if counts.overdue:
        text = ngettext("underlag är förfallet", "underlag är förfallna", counts.overdue)
        note = _("Hela beloppet är inte betalt.")
        tasks.append(Task(number(counts.overdue), text, note, "claims", "ageing", "warning"))
    if counts.corrections:
        text = ngettext("krav att rätta", "krav att rätta", counts.corrections)
        note = _("Händelsen skulle ge ett annat belopp nu.")
        tasks.append(Task(number(counts.corrections), text, note, "claims", "watch/corrections", "warning"))
    return tasks


def _paper_tasks(due: Sequence[Paper]) -> list[Task]:
    if not due:
        return []
    first = due[0]
    text = ngettext("uppföljning har förfallit", "uppföljningar har förfallit", len(due))
    day = first.follow_up_on.isoformat() if first.follow_up_on else ""
    told = (word("paper_kind", first.kind), first.title, first.owner, day)
    note = _("Äldst: {paper}.").format(paper=", ".join(filter(None, told)))
    wanted = f"{_TAB_OF_PAPER[first.kind]}/{first.paper}"
    return [Task(number(len(due)), text, note, "development", wanted, "development")]


def _unclaimed(counts: ClaimCounts) -> str:
    """Return what is said of money that has not been claimed, and of its first deadline."""
    amount = kronor_rounded(counts.unclaimed)
    if counts.days_left is None:
        return _("{amount}. Ingen kommande frist.").format(amount=amount)
    text = ngettext(
        "{amount}. Första fristen går ut om {n} dag.",
        "{amount}. Första fristen går ut om {n} dagar.",
        counts.days_left,
    )
    return text.format(amount=amount, n=number(counts.days_left))


def _finding(state: RuleState) -> Task:
    sign = "information" if state.rule.severity is Severity.NOTE else "warning"
    return Task(number(state.open or 0), state.rule.title, "", "data_quality", state.rule.rule_id, sign)


def _counted_note(counted: Sequence[str]) -> str:
    if not counted:
        return ""
    told = _("Följda, reopererade och andel gäller {families}; operationer och belopp gäller allt som följs.")
    return told.format(families=families.in_words(counted))


def _reoperated_note(figures: Figures) -> str:
    figure = figures.reoperated
    if figure.rate is None or figure.low is None:
        return _("Ingen operation är följd i två år.")
    told = [
        _("{n} av {total}, 95 % KI {low}–{high}").format(
            low=decimal(figure.low * 100, 1),
            high=percent(figure.high),
            n=number(figure.reoperated),
            total=number(figure.eligible),
        )
    ]
    national = ", ".join(f"{word('joint', joint).lower()} {percent(value)}" for joint, value in figure.benchmarks)
    if figures.counted:
        told.append(_("Bara {families}.").format(families=families.in_words(figures.counted)))
    return "\n".join([*told, _("Riket: {values}").format(values=national)] if national else told)


def _potential_note(figures: Figures) -> str:
    cases = ngettext("{n} ärende", "{n} ärenden", figures.potential_cases).format(n=number(figures.potential_cases))
    return _("{cases}, om alla förslag bekräftas.\nBekräftat: {amount}").format(
        cases=cases, amount=kronor_rounded(figures.claimable)
    )


def _reviewed(figures: Figures) -> tuple[str, str]:
    if not figures.reviewable:
        return NOTHING, _("Inga händelser att granska.")
    note = _("{n} av {total} är bekräftade eller avvisade").format(
        n=number(figures.reviewed), total=number(figures.reviewable)
    )
    return percent(figures.reviewed / figures.reviewable, 0), note


def _waiting(workspace: Workspace, _progress: Progress) -> Waiting:
    from kvalitetsapp.services import overview

    return overview.waiting(workspace)


def _counts(workspace: Workspace, _progress: Progress) -> ClaimCounts:
    from kvalitetsapp.services import claim_lists

    return claim_lists.counts(workspace)


def _figures(workspace: Workspace, _progress: Progress) -> Figures:
    from kvalitetsapp.services import overview

    return overview.figures(workspace)


def _rules(workspace: Workspace, progress: Progress) -> tuple[RuleState, ...]:
    from kvalitetsapp.services import data_quality

    return data_quality.overview(workspace, progress)


def _link(workspace: Workspace, progress: Progress) -> object:
    from kvalitetsapp.services import linking

    return linking.run_links(workspace, progress)
