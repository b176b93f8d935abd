"""How an earlier run ended: told from what it left, offered once, scrubbed, and only the newest ones kept."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp import settings
from kvalitetsapp.gui import crash_report, runs
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.crash import CrashDialog, EarlierEndDialog
from kvalitetsapp.gui.runs import Run

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.gui.main_window import MainWindow

BEGIN = "import faulthandler, os, sys; from kvalitetsapp.gui.runs import Run; r = Run.begin();"
CRASHES = "faulthandler._sigsegv()"
CUT_OFF = "os._exit(0)"
ENDS_WELL = "r.end()"
LIVES = "print('lives', flush=True); sys.stdin.read(); r.end()"
NUMBER = "191212121212"


def ran(code: str) -> None:
    """Run the program's beginning and `code` in a process of its own."""
    subprocess.run([sys.executable, "-c", BEGIN + code], check=False, capture_output=True, env=os.environ)


def stored() -> list[str]:
    return sorted(path.name for path in settings.data_dir().rglob("*") if path.is_file())


def test_a_run_that_crashed_in_a_library_tells_where_without_folders() -> None:
    ran(CRASHES)
    (end,) = runs.earlier_ends()
    assert end.crashed
    assert "Segmentation fault" in end.report
    assert 'File "<string>"' in end.report
    assert "Körningen började 20" in end.report
    assert runs.earlier_ends() == []
    assert stored() == []


def test_a_run_that_was_cut_off_is_told_gently() -> None:
    ran(CUT_OFF)
    (end,) = runs.earlier_ends()
    assert not end.crashed
    assert "Programmet slutade utan att stängas." in end.report
    assert stored() == []


def test_a_run_that_ended_well_leaves_nothing() -> None:
    ran(ENDS_WELL)
    assert stored() == []
    assert runs.earlier_ends() == []


def test_a_run_that_lives_is_not_taken_for_one_that_died() -> None:
    command = [sys.executable, "-c", BEGIN + LIVES]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ) as living:
        assert living.stdout is not None
        living.stdout.readline()
        own = Run.begin()
        assert own is not None
        assert runs.earlier_ends() == []
        own.end()
        living.communicate()
    assert stored() == []


def test_where_nothing_can_be_written_the_program_starts_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = settings.data_dir()
    blocked.write_text("en fil där mappen ska vara")
    assert Run.begin() is None


@pytest.mark.parametrize(
    ("told", "scrubbed"),
    [
        ('  File "/srv/anna/kvalitetsapp/gui/app.py", line 3 in run', '  File "kvalitetsapp/gui/app.py", line 3'),
        ('  File "C:\\Users\\Anna Svensson\\lib\\x.py", line 3 in run', '  File "x.py", line 3 in run'),
        ("i C:\\Users\\anna\\Documents\\x.py nu", "i x.py nu"),
        ("i /srv/anna/hemligt/x.py nu", "i x.py nu"),
        ("  kvalitetsapp/gui/app.py, rad 3, i run", "  kvalitetsapp/gui/app.py, rad 3, i run"),
        (f"värdet {NUMBER}", "värdet ••••"),
        ("värdet 121212-1212", "värdet ••••"),
    ],
)
def test_folders_names_and_numbers_are_scrubbed(told: str, scrubbed: str) -> None:
    found = crash_report.scrubbed(told)
    assert scrubbed in found
    assert "nna" not in found
    assert "1212" not in found


def test_the_newest_twenty_are_kept() -> None:
    paths = [crash_report.write(f"{n}") for n in range(23)]
    assert [path.exists() for path in paths] == [False] * 3 + [True] * 20


def test_a_bug_that_was_seen_is_not_offered_again_and_one_that_was_not_is(window: MainWindow) -> None:
    window.say(KeyError(NUMBER))
    dialog = window.dialogs[-1]
    assert isinstance(dialog, CrashDialog)
    (unseen,) = crash_report.unseen()
    assert NUMBER not in unseen.read_text(encoding="utf-8")
    dialog.reject()
    assert crash_report.unseen() == []
    window.say(KeyError("igen"))
    window.dialogs[-1].deleteLater()  # the program is ended with the report in view
    window.offer_earlier_ends()
    offered = window.dialogs[-1]
    assert isinstance(offered, EarlierEndDialog)
    assert "KeyError" in offered.text.toPlainText()
    offered.reject()
    window.offer_earlier_ends()
    assert crash_report.unseen() == []


def test_an_end_is_offered_once_to_save(window: MainWindow, tmp_path: Path) -> None:
    ran(CRASHES)
    window.offer_earlier_ends()
    dialog = window.dialogs[-1]
    assert isinstance(dialog, EarlierEndDialog)
    assert "på grund av ett fel" in dialog.said.text()
    with messages.answering(tmp_path / "rapport.txt"):
        dialog.save.click()
    assert "Segmentation fault" in (tmp_path / "rapport.txt").read_text(encoding="utf-8")
    with messages.answering(tmp_path / "ingen mapp" / "rapport.txt"):
        dialog.save.click()
    assert "kunde inte sparas" in dialog.where.text()
    dialog.close()
    window.offer_earlier_ends()
    assert not [one for one in window.dialogs if one.isVisible()]
    assert len(list(crash_report.folder().iterdir())) == 1


def test_an_end_is_thrown_away(window: MainWindow) -> None:
    ran(CUT_OFF)
    window.offer_earlier_ends()
    dialog = window.dialogs[-1]
    assert isinstance(dialog, EarlierEndDialog)
    assert "strömmen bryts" in dialog.said.text()
    dialog.throw.click()
    assert list(crash_report.folder().iterdir()) == []


def test_nothing_is_offered_when_all_ended_well(window: MainWindow) -> None:
    window.offer_earlier_ends()
    assert window.dialogs == []
