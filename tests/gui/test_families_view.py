"""Operationsfamiljer: a family is followed and left by the keyboard, and is then offered wherever one chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.gui import followed
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.pages.development_page import DevelopmentPage
from kvalitetsapp.gui.widgets.families_view import FamiliesView
from kvalitetsapp.gui.widgets.round_form import RoundForm
from kvalitetsapp.gui.widgets.scope_bar import ScopeBar
from support import pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def view(qtbot: QtBot, leaving_store: Path) -> Iterator[FamiliesView]:
    with pages.shown(qtbot, DevelopmentPage, leaving_store) as page:
        page.show_wanted("families")
        found = page.views["families"]
        assert isinstance(found, FamiliesView)
        pages.settle(qtbot, found)
        yield found
    followed.note(())


def choose(view: FamiliesView, family: str) -> None:
    view.table.choose_row([one.family for one in view._rows].index(family))


def test_a_family_is_followed_and_left_and_what_offers_families_offers_it(view: FamiliesView, qtbot: QtBot) -> None:
    choose(view, "hip")
    assert (view.follow.isEnabled(), view.leave.isEnabled()) == (False, False)
    choose(view, "bariatric")
    assert (view.follow.isEnabled(), view.leave.isEnabled()) == (True, False)
    bar = ScopeBar()
    qtbot.addWidget(bar)
    with messages.answering("yes"), qtbot.waitSignal(view.told) as told:
        view.follow.click()
    assert "Obesitaskirurgi följs nu" in told.args[0]
    pages.settle(qtbot, view)
    choose(view, "bariatric")
    assert (view.follow.isEnabled(), view.leave.isEnabled()) == (False, True)
    bar.set_choices((), None)
    assert [bar.joint.itemData(place) for place in range(bar.joint.count())][-2:] == ["bariatric", ""]
    form = RoundForm()
    qtbot.addWidget(form)
    assert form.joints.count() == len(followed.choices()) + 1
    with messages.answering("yes"), qtbot.waitSignal(view.told):
        view.leave.click()
    assert "bariatric" not in dict(followed.choices())
