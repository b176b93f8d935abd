"""A need of data: what it holds is read again as it was, and its steps are taken in their order."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.domain import need_paper
from kvalitetsapp.domain.indicator import Nature
from kvalitetsapp.domain.need_paper import Clarified, Known, Need, NeedState, NeedStep, Reviewed, Told

ANSWERED = Told("Hur ofta?", registered=Known.YES, source_id="datalager", definition="Ny operation", extract=Known.YES)
ALLOWED = {
    NeedState.RECORDED: {NeedStep.LINK},
    NeedState.RECIPE: {NeedStep.LINK, NeedStep.DELIVER, NeedStep.CLARIFY},
    NeedState.DELIVERED: {NeedStep.DELIVER, NeedStep.REVIEW, NeedStep.CLARIFY},
    NeedState.REVIEWED: {NeedStep.KEEP, NeedStep.CLARIFY},
    NeedState.STAYS: {NeedStep.CLARIFY},
}
_TEXT = st.text(max_size=20)
_DAYS = st.dates()
_TOLD = st.builds(
    Told,
    *(_TEXT, _TEXT, _TEXT),
    nature=st.sampled_from(Nature),
    registered=st.sampled_from(Known),
    source_id=_TEXT,
    definition=_TEXT,
    extract=st.sampled_from(Known),
    extract_note=_TEXT,
)
_NEEDS = st.builds(
    Need,
    _TOLD,
    _TEXT,
    delivered_on=st.none() | _DAYS,
    reviewed=st.none() | st.builds(Reviewed, st.booleans(), _TEXT, _TEXT, _DAYS),
    clarified=st.lists(st.builds(Clarified, _TEXT, _TEXT, _DAYS), max_size=2).map(tuple),
)


@given(_NEEDS)
def test_a_need_is_read_again_as_it_was_kept(need: Need) -> None:
    assert need_paper.from_contents(json.loads(json.dumps(need.contents()))) == need


@pytest.mark.parametrize("state", NeedState)
def test_steps_are_taken_in_their_order_and_no_others(state: NeedState) -> None:
    wrong = {step: need_paper.wrong_with_step(Need(ANSWERED), state, step) for step in NeedStep}
    assert {step for step, said in wrong.items() if not said} == ALLOWED[state]
    assert all(said.startswith("Behovet är ") for said in wrong.values() if said)


def test_what_was_learned_stays_when_a_need_begins_anew() -> None:
    day = date(2024, 2, 1)
    before = Need(
        ANSWERED,
        "a",
        reviewed=Reviewed(as_expected=False, comment="x", who="Rut", on=day),
        clarified=(Clarified("1", "Rut", day),),
    )
    anew = need_paper.begun_anew(before, Clarified("2", "Ola", day))
    assert anew == Need(
        replace(ANSWERED, extract=Known.UNKNOWN), clarified=(*before.clarified, Clarified("2", "Ola", day))
    )
