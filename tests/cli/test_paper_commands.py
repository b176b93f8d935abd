"""`need`, `meeting` and `paper due`: what they print, and that minutes leave through the gate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.meeting_paper import MEETINGS
from kvalitetsapp.domain.need_paper import NEEDS
from kvalitetsapp.domain.paper import DUE
from kvalitetsapp.services import need_papers
from support import paper_calls
from support.command_calls import Call, calls
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def store(county_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the county with need 1, which is delivered, and meeting 2, which has been held."""
    from support import county_store as stores

    path = stores.copy(county_store, tmp_path_factory.mktemp("papers"))
    with stores.opened(path) as workspace:
        number = paper_calls.delivered(workspace)
        header = replace(paper_calls.HEADER, follow_up_on=date(2024, 6, 1))
        need_papers.save(workspace, header, paper_calls.TOLD, paper=number)
        paper_calls.held(workspace)
    return path


@pytest.fixture
def call(store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Return a function that runs a command and gives status, output and what was said."""
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)
    return calls(store, capsys)


@pytest.mark.parametrize(
    ("words", "columns"), [(("need", "list"), NEEDS), (("meeting", "list"), MEETINGS), (("paper", "due"), DUE)]
)
def test_papers_are_listed(call: Call, words: tuple[str, ...], columns: tuple[object, ...]) -> None:
    status, out, _said = call(*words)
    header, *rows = [line.split(";") for line in out.splitlines()]
    assert (status, header) == (0, [column.name for column in columns])  # type: ignore[attr-defined]
    assert len(rows) == (2 if words[0] == "paper" else 1)


def test_nothing_is_due_before_its_day(call: Call) -> None:
    assert len(call("paper", "due", "--until", "2024-05-31")[1].splitlines()) == 1


def test_a_need_and_a_meeting_are_shown_with_their_figures(call: Call) -> None:
    assert "✓ Antecknat › ✓ Recept › ● Levererat › Genomgånget › Blir kvar" in call("need", "show", "1")[1]
    shown = call("meeting", "show", "2")[1]
    assert "Siffrorna den dagen" in shown
    assert "Oförändrad" in shown
    status, _out, said = call("meeting", "show", "1")
    assert (status, said) == (2, "Arbetspapper 1 är ingen avstämning.\n")


def test_minutes_are_written(call: Call, tmp_path: Path) -> None:
    out = tmp_path / "protokoll.pdf"
    status, _out, said = call("meeting", "pdf", "2", "--out", str(out), "--hide-small", "--receiver", "Kliniken")
    assert (status, said) == (0, "Protokollet är skrivet: protokoll.pdf\n")
    assert out.read_bytes().startswith(b"%PDF")
