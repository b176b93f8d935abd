"""Linking some persons anew, or all of them in parts: the same as linking everyone at once, whatever has happened."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kvalitetsapp.services.workspace import create_workspace
from kvalitetsapp.store import dialect, link_parts
from support.counties import PASSPHRASE
from support.link_steps import AGREEMENTS, BEGINNING, STEPS, Step, derived, take
from support.undo_stores import PROVIDERS

_SLOWLY = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
_LONG = settings(_SLOWLY, max_examples=1500)


def _the_same_as_from_scratch(factory: pytest.TempPathFactory, steps: list[Step], *, in_parts: bool) -> None:
    folder = factory.mktemp("anew")
    with (
        create_workspace(folder / "some.kvdb", PASSPHRASE) as some,
        create_workspace(folder / "all.kvdb", PASSPHRASE) as everyone,
    ):
        beginning = (
            Step("providers", PROVIDERS + "P02;Havskliniken;private\n"),
            Step("agreements", AGREEMENTS.format(cap=300, days=730)),
            Step("episodes", BEGINNING),
        )
        for step in (*beginning, *steps):
            with pytest.MonkeyPatch.context() as patch:
                if in_parts:
                    patch.setattr(link_parts, "EPISODES_AT_A_TIME", 2)
                    patch.setattr(link_parts, "_NUMBERS_TOGETHER", 1)
                    patch.setattr(link_parts, "_TIED_AT_A_TIME", 1)
                take(some, folder, step, everyone=False)
            take(everyone, folder, step, everyone=True)
            assert derived(some) == derived(everyone), step
        assert dialect.faults(some.store.conn) == []


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
