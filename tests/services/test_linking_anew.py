"""Linking some persons anew, or all of them in parts: the same as linking everyone at once, whatever has happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kvalitetsapp.services.workspace import create_workspace
from kvalitetsapp.store import dialect, link_parts
from support import made_stores, trials
from support.counties import PASSPHRASE
from support.link_steps import AGREEMENTS, BEGINNING, STEPS, Step, derived, take
from support.undo_stores import PROVIDERS

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

_SLOWLY = settings(max_examples=trials.few(4, at_length=10), deadline=None, suppress_health_check=list(HealthCheck))
_LONG = settings(_SLOWLY, max_examples=1500)
_BEGINNING = (
    Step("providers", PROVIDERS + "P02;Havskliniken;private\n"),
    Step("agreements", AGREEMENTS.format(cap=300, days=730)),
    Step("episodes", BEGINNING),
)
_SOME, _SOME_IN_PARTS, _EVERYONE = "some", "some-in-parts", "everyone"


def _the_same_as_from_scratch(factory: pytest.TempPathFactory, steps: list[Step], *, in_parts: bool) -> None:
    folder = factory.mktemp("anew")
    how = _SOME_IN_PARTS if in_parts else _SOME
    with (
        made_stores.opened(folder, _begun, how) as some,
        made_stores.opened(folder, _begun, _EVERYONE) as everyone,
    ):
        assert derived(some) == derived(everyone), "where it all begins"
        for step in steps:
            _take(some, folder, step, how)
            _take(everyone, folder, step, _EVERYONE)
            assert derived(some) == derived(everyone), step
        assert dialect.faults(some.store.conn) == []


def _begun(folder: Path, how: str) -> Workspace:
    workspace = create_workspace(folder / f"{how}.kvdb", PASSPHRASE)
    for step in _BEGINNING:
        _take(workspace, folder, step, how)
    return workspace


def _take(workspace: Workspace, folder: Path, step: Step, how: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if how == _SOME_IN_PARTS:
            patch.setattr(link_parts, "EPISODES_AT_A_TIME", 2)
            patch.setattr(link_parts, "_NUMBERS_TOGETHER", 1)
            patch.setattr(link_parts, "_TIED_AT_A_TIME", 1)
        take(workspace, folder, step, everyone=how == _EVERYONE)


@_SLOWLY
@given(steps=STEPS, in_parts=st.booleans())
def test_those_touched_linked_anew_is_what_everyone_linked_anew_is(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step], in_parts: bool
) -> None:
    _the_same_as_from_scratch(tmp_path_factory, steps, in_parts=in_parts)


@pytest.mark.long
@_LONG
@given(steps=STEPS, in_parts=st.booleans())
def test_those_touched_linked_anew_is_what_everyone_linked_anew_is_at_length(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step], in_parts: bool
) -> None:
    _the_same_as_from_scratch(tmp_path_factory, steps, in_parts=in_parts)
