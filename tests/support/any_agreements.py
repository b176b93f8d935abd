"""Any agreement that can be typed, for tests of what holds for all of them."""

from __future__ import annotations

from datetime import date
from typing import Final

from hypothesis import strategies as st

from kvalitetsapp.domain import families
from kvalitetsapp.domain.agreement import ANY_CLASS, Agreement, Tariff, Warranty
from kvalitetsapp.domain.agreement_form import CAP_SCOPES, COST_BASES
from kvalitetsapp.domain.words import ComplicationClass, PayerRoute

_ORE: Final = st.integers(0, 10**12)
_DAYS: Final = st.integers(0, 40_000)
_DATES: Final = st.dates(date(2000, 1, 1), date(2040, 12, 31))
_TEXT: Final = st.text(st.characters(exclude_categories=("Cs", "Nd")), max_size=40).map(
    lambda text: text.strip().replace("\r", " ").strip()
)


def _some(values: object) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from([str(each) for each in values]), min_size=1, unique=True).map(tuple)  # type: ignore[attr-defined]


@st.composite
def warranties(draw: st.DrawFn) -> Warranty:
    """Return a warranty."""
    days = draw(_DAYS)
    onset = draw(st.none() | st.integers(0, days))
    return Warranty(draw(_some([ANY_CLASS, *ComplicationClass])), days, onset)


@st.composite
def agreements(draw: st.DrawFn) -> Agreement:
    """Return an agreement that nobody has verified."""
    start = draw(_DATES)
    agreement_id = draw(_TEXT.filter(bool))
    return Agreement(
        agreement_id=agreement_id,
        name=draw(_TEXT) or agreement_id,
        providers=draw(_some(["P01", "P02", "P03"])),
        joints=draw(_some(families.ids())),
        payer_routes=draw(_some(PayerRoute)),
        valid_from=start,
        valid_to=draw(st.none() | st.dates(start, date(2050, 12, 31))),
        cap=draw(_ORE),
        cap_scope=draw(st.sampled_from(CAP_SCOPES)),
        deductible=draw(_ORE),
        cost_basis=draw(_some(COST_BASES)),
        warranties=tuple(draw(st.lists(warranties(), min_size=1, max_size=3))),
        tariff=Tariff(draw(st.none() | _ORE), draw(st.none() | _ORE)),
        unit_price=draw(st.none() | _ORE),
        expected_reoperation_rate=draw(st.none() | st.integers(0, 10**6).map(lambda n: n / 10**6)),
        claim_deadline_days=draw(st.none() | _DAYS),
        exclusions=draw(st.just(()) | _some(ComplicationClass)),
        note=draw(_TEXT),
    )
