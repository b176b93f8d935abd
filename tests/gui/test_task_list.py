"""The list of what waits to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.gui.widgets.task_list import Task, TaskList

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_tasks_are_told_as_soon_as_they_are_set(qtbot: QtBot) -> None:
    tasks = TaskList("Att göra", "Inget väntar.")
    qtbot.addWidget(tasks)
    tasks.show()
    for texts in (["granska"], ["kräva", "rätta"], []):
        tasks.set_tasks([Task("3", text, "", "review") for text in texts])
        assert tasks.texts() == [f"3 {text}" for text in texts]
