"""Ändringar: what the latest link run changed, told before and after, and the way to the event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.gui.widgets.link_changes_view import LinkChangesView
from kvalitetsapp.services.workspace import create_workspace
from support import made_rounds, pages, queues
from support.counties import PASSPHRASE
from support.county_store import opened

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def changed(county: Path) -> tuple[EventKey, EventKey]:
    """Move one event and take away another; return them."""
    with opened(county) as workspace:
        links = queues.all_links(workspace)
        moved, gone = links[0].key, links[5].key
        made_rounds.move_event(workspace, moved)
        with workspace.store.transaction():
            workspace.store.write("DELETE FROM link_changes")
        made_rounds.forget_codes(workspace, gone)
    return moved, gone


def test_an_event_that_is_gone_is_told_with_what_it_was_and_cannot_be_opened(qtbot: QtBot, county: Path) -> None:
    changed(county)
    with pages.shown(qtbot, LinkChangesView, county) as view:
        (row,) = view.table.model.table.records()
        assert row["change"] == "gone"
        assert "Borta: 1." in view.summary.text()
        assert "Inga beslut har ändrats." in view.summary.text()
        assert "finns inte längre. Förut:" in view.sentences.toPlainText()
        assert not view.open_event.isEnabled()
        assert [each["gone"] for each in view.runs.model.table.records()] == [1, 0, 0]
        assert view.runs.model.text(0, 3) == "Alla"


def test_an_event_that_was_changed_is_told_before_and_after_and_opened(qtbot: QtBot, county: Path) -> None:
    with opened(county) as workspace:
        moved = queues.all_links(workspace)[0].key
        made_rounds.move_event(workspace, moved)
    with pages.shown(qtbot, LinkChangesView, county) as view:
        rows = view.table.model.table.records()
        place = next(place for place, one in enumerate(view._shown.changes) if one.change.episode == moved.episode)
        assert "förut" in str(rows[place]["told"])
        view.table.choose_row(place)
        with qtbot.waitSignal(view.event_wanted) as wanted:
            view.table.row_activated.emit(place)
        (key,) = wanted.args or []
        assert isinstance(key, EventKey)
        assert key.episode == moved.episode
        for widget in (view.table.view, view.runs.view):
            assert widget.accessibleName()


def test_a_run_that_changed_nothing_says_so(qtbot: QtBot, county: Path) -> None:
    with pages.shown(qtbot, LinkChangesView, county) as view:
        assert view.table.model.table.rows == []
        assert "allt är nytt" in view.summary.text()
        assert not view.open_event.isEnabled()


def test_before_anything_is_linked_the_view_says_why_it_is_empty(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "tom.kvdb"
    create_workspace(path, PASSPHRASE).close()
    with pages.shown(qtbot, LinkChangesView, path) as view:
        assert view._stack.is_empty
