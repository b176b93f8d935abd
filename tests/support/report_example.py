"""A made-up report of either kind, small enough to know every number in it."""

from __future__ import annotations

from kvalitetsapp.analysis import review_results, reviewer_agreement
from kvalitetsapp.analysis.report_review import QUESTIONS
from kvalitetsapp.domain import chart_data as charts
from kvalitetsapp.domain import report_data as data
from kvalitetsapp.domain.provider_question import QuestionCounts
from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.domain.report_costs import ClaimsRow, ExpectedCost
from support import protocol_example

HEAD = data.Head(
    subject="Fjällkliniken",
    first_operation="2019-01-14",
    last_operation="2024-11-30",
    data_cut="2024-12-31",
    sample=False,
    small_numbers=SmallNumbers.OPEN,
    program_version="9.9.9",
)
QUALITY = data.DataQuality(
    imports=(data.Kept("episodes", 2, 1000, 950, 20, 10, 20), data.Kept("verdicts", 1, 40, 40, 0, 0, 0)),
    findings=(("unknown_code", 12), ("repeat_primary", 3), ("rule_of_tomorrow", 1)),
    side_unknown=data.Share(9, 240, 0.0375, 0.02, 0.07),
    ambiguous=data.Share(2, 31, 0.0645, 0.018, 0.207),
    missing_cost=data.Share(1, 29, 0.0345, 0.006, 0.172),
    unlinked=4,
    last_month="2024-12",
)
NO_SHARE = data.Share(0, 0, None, None, None)
NO_FORM_REVIEW = data.FormReview(0, 0, 0, (), NO_SHARE, 0, ())
REVIEW = (
    data.Review(2023, 15, 9, 1, 4, 1),
    data.Review(2024, 16, 10, 2, 3, 1),
    data.Review(0, 31, 19, 3, 7, 2),
)
FLOW = charts.Flow(240, 180, 31, 22, 19, 14, 2_345_678_90, 1_234_567_89, 987_654_32)
AGREEMENT = data.AgreementTerms("Vårdval höft & knä <prov>", "2022-01-01", "", 200_000_00, 0, 1825, verified=False)
STRIP = tuple(charts.CaseCost(ore, ore % 3 > 0, ore > 300_000_00) for ore in range(1_000_00, 400_000_00, 17_000_01))
MANIFEST = data.Manifest(
    files=(data.ImportedFile(1, "episodes", "vård <maj> & juni.csv", "ab" * 32, "2025-01-02T03:04:05", 1000, 20),),
    definitions=(("Kodtabeller, utgåva", "2020-abc"),),
    parameters=(("Uppföljningstid", "730 dagar"),),
)


def outcome(
    joint: str, within: int, events: int, n: int, *, level: str = "reoperation", flag: str = ""
) -> data.Outcome:
    """Return an outcome with a plain interval."""
    rate = events / n if n else None
    share = data.Share(events, n, rate, rate and rate / 2, rate and min(rate * 2, 1.0))
    benchmark = 0.021 if within == 730 and level == "reoperation" else None
    return data.Outcome(
        joint, level, within, n + 20, share, 1, benchmark, flag, 0.08 if benchmark else None, level == "reoperation"
    )


def outcomes(joint: str, flag: str = "") -> tuple[data.Outcome, ...]:
    """Return the four outcomes of a joint."""
    return (
        outcome(joint, 730, 9, 95, flag=flag),
        outcome(joint, 730, 7, 95, level="revision"),
        outcome(joint, 90, 6, 110),
        outcome(joint, 30, 0, 115),
    )


def recovery(key: str, cases: int, events: int, claimable: int) -> data.Recovery:
    """Return a row of the account."""
    cost = claimable * 2 + 11
    return data.Recovery(key, cases, events, cost, claimable + 5, claimable + 6, 1, 5, claimable, 0, 0, 0, claimable)


RECOVERY = (recovery("2023", 6, 9, 400_000_31), recovery("2024", 7, 10, 587_654_01), recovery("", 13, 19, 987_654_32))


def costs(group: str, cases: int, mean: int, over: tuple[int, int, int]) -> data.CostDistribution:
    """Return a distribution around a mean."""
    low, high = (mean // 2, mean * 2) if cases >= 10 else (None, None)
    return data.CostDistribution(group, cases, 1, mean, low, high, mean // 2, mean * 2, mean * 4, over, cases, 1)


COSTS = (
    costs("confirmed", 13, 90_000_00, (6, 2, 0)),
    costs("confirmed/infection", 5, 150_000_00, (4, 2, 0)),
    costs("confirmed/other", 8, 50_000_00, (2, 0, 0)),
    costs("potential", 18, 80_000_00, (7, 2, 0)),
)


EXPECTED = (
    ExpectedCost("Norrsken", 280, 0, 9, 0, 59_000_00, 4_000_00, 63_000_00, 60_500_00, 66_000_00, 61_000_00),
    ExpectedCost("Fjällkliniken", 180, 12, 3, 1, 56_000_00, 9_000_00, 65_000_00, 58_000_00, 75_000_00, 60_000_00),
    ExpectedCost("", 460, 12, 12, 1, 58_000_00, 6_000_00, 64_000_00, 61_000_00, 67_000_00, 60_600_00),
)
CLAIMS = (
    ClaimsRow("2023", 8, 800_000_62, 1, 1, 400_000_31, 20_000_00, 300_000_31),
    ClaimsRow("2024", 9, 1_175_308_02, 1, 2, 0, 0, 0),
    ClaimsRow("", 17, 1_975_308_64, 2, 3, 400_000_31, 20_000_00, 300_000_31),
)


def funnel(joint: str, *, named: bool) -> charts.Funnel:
    """Return a funnel of three providers."""
    points = (
        charts.FunnelPoint("Fjällkliniken", 9, 95, 9 / 95, "high_998", highlighted=not named),
        charts.FunnelPoint("Norrsken" if named else "", 5, 120, 5 / 120, "", highlighted=False),
        charts.FunnelPoint("Åsens & Co" if named else "", 0, 20, 0.0, "", highlighted=False),
    )
    limits = tuple(charts.FunnelLimit(n, 0.0, 0.02 + 1 / n, 0.0, min(0.02 + 2 / n, 1.0)) for n in range(1, 190))
    return charts.Funnel(joint, 0.021, target_is_national=True, points=points, limits=limits)


CURVE = charts.Curve(
    "hip",
    115,
    (
        charts.CurveStep(0, 0.0, None, None),
        charts.CurveStep(40, 0.03, 0.01, 0.07),
        charts.CurveStep(800, 0.06, 0.03, 0.12),
    ),
    (charts.AtRisk(0, 115, 0), charts.AtRisk(365, 90, 3), charts.AtRisk(730, 60, 6)),
)
SURVIVAL = charts.Survival("revision", 50, (CURVE,), ("knee",))
CLASSES = (data.ClassCount("infection", 12, 9, 3, 6, 11, 8), data.ClassCount("dislocation", 17, 10, 5, 9, 16, 6))
BENCHMARKS = (data.Benchmark("hip", "reoperation_2y", 0.021, "2022", "Ledprotesregistret"),)
ANSWERS = data.ProviderAnswers(
    QuestionCounts(asked=15, answered=9, open_in_time=3, late=2, closed_unanswered=1),
    "2025-01-10",
    (
        data.ProviderComment("2024-05-03", 2023, "hip", "infection", "Prov togs & <vård> gavs.\nVi följer upp."),
        data.ProviderComment("2024-09-12", 2024, "knee", "", "Vi delar bedömningen. " + "Rutinen är ändrad. " * 20),
    ),
)
NO_ANSWERS = data.ProviderAnswers(QuestionCounts(0, 0, 0, 0, 0), "", ())
NOT_COVERED = (data.NotCovered("not_confirmed", 7, 123_456_00, 1), data.NotCovered("outside_window", 2, 50_000_00, 0))


NO_AGREEMENT = tuple(one for one in reviewer_agreement.of_round(()) if one.question in QUESTIONS)


def form_review(rejected: int = 3) -> data.FormReview:
    """Return what two reviewers said, with the form, of 14 confirmed events and some rejected ones."""
    confirmed = [one for one in protocol_example.CASE_LIST if one.is_confirmed][:14]
    cases = [*confirmed, *[one for one in protocol_example.CASE_LIST if one.is_rejected][:rejected]]
    results = review_results.results(cases)
    pairs = [(one.answer, protocol_example.answer(protocol_example.CASE_LIST.index(one), shift=1)) for one in cases]
    return data.FormReview(
        reviewed=results.reviewed,
        confirmed=results.confirmed,
        by_two=11,
        counts=tuple(one for one in results.counts if one.question in QUESTIONS),
        avoidable=results.avoidable,
        pairs=len(pairs),
        agreement=tuple(one for one in reviewer_agreement.of_round(pairs) if one.question in QUESTIONS),
    )


def provider_report() -> data.ProviderReport:
    """Return the follow-up of a provider with two joints."""
    share = data.Share(9, 95, 9 / 95, 0.05, 0.17)
    return data.ProviderReport(
        head=HEAD,
        is_own=False,
        overall=outcomes(""),
        quality=QUALITY,
        volume=(
            data.Volume(2023, "hip", "choice_of_care", 60, 59, 60_000_00, 58_000_00, 64_000_00),
            data.Volume(2024, "knee", "care_guarantee", 180, 0, None, None, None),
        ),
        outcomes=(*outcomes("hip", "high_998"), *outcomes("knee")),
        units=(data.UnitTable("hip", (data.UnitColumn("", 2019, 2022, share),), 0.021),),
        benchmarks=BENCHMARKS,
        funnels=(funnel("hip", named=False),),
        survival=SURVIVAL,
        classes=CLASSES,
        review=REVIEW,
        form_review=form_review(),
        recovery=RECOVERY,
        potential=recovery("", 18, 26, 1_200_000_00),
        not_covered=NOT_COVERED,
        costs=COSTS,
        strip=STRIP,
        agreements=(AGREEMENT,),
        flow=FLOW,
        answers=ANSWERS,
        manifest=MANIFEST,
    )


def total_report() -> data.TotalReport:
    """Return the total follow-up of three providers."""
    rows = (
        data.ProviderRow("Norrsken", 300, outcomes("hip")[:1], recovery("Norrsken", 7, 10, 587_654_01)),
        data.ProviderRow("Fjällkliniken", 240, outcomes("hip", "high_998")[:1], recovery("Fjällkliniken", 6, 9, 1)),
    )
    return data.TotalReport(
        head=HEAD,
        quality=QUALITY,
        providers=rows,
        overall=outcomes("hip"),
        benchmarks=BENCHMARKS,
        funnels=(funnel("hip", named=True),),
        survival=SURVIVAL,
        classes=CLASSES,
        review=REVIEW,
        form_review=form_review(),
        recovery=RECOVERY,
        potential=recovery("", 18, 26, 1_200_000_00),
        not_covered=NOT_COVERED,
        costs=COSTS,
        per_event=COSTS,
        strip=STRIP,
        agreements=(AGREEMENT,),
        flow=FLOW,
        manifest=MANIFEST,
        expected=EXPECTED,
        claims=CLAIMS,
    )


NOTHING = data.Recovery("", *(0,) * 12)
EMPTY_FLOW = charts.Flow(0, 0, 0, 0, 0, 0, 0, 0, 0)
EMPTY_QUALITY = data.DataQuality((), (), NO_SHARE, NO_SHARE, NO_SHARE, 0, "2024-12")
NO_COSTS = tuple(
    data.CostDistribution(group, 0, 0, None, None, None, None, None, None, (0, 0, 0), 0, 0)
    for group in ("confirmed", "potential")
)
_EMPTY = {
    "quality": EMPTY_QUALITY,
    "overall": (),
    "benchmarks": (),
    "funnels": (),
    "survival": charts.Survival("revision", 50, (), ()),
    "classes": (),
    "review": (data.Review(0, 0, 0, 0, 0, 0),),
    "form_review": NO_FORM_REVIEW,
    "recovery": (NOTHING,),
    "potential": NOTHING,
    "not_covered": (),
    "costs": NO_COSTS,
    "strip": (),
    "agreements": (),
    "flow": EMPTY_FLOW,
    "manifest": data.Manifest((), (), ()),
}
_EMPTY_HEAD = data.Head(
    "Nya kliniken", "", "", "2024-12-31", sample=True, small_numbers=SmallNumbers.OPEN, program_version="9.9.9"
)


def empty_provider_report(*, is_own: bool = False) -> data.ProviderReport:
    """Return the follow-up of a provider that has done nothing."""
    return data.ProviderReport(
        head=_EMPTY_HEAD,
        is_own=is_own,
        volume=(),
        outcomes=(),
        units=(),
        answers=NO_ANSWERS,
        **_EMPTY,  # type: ignore[arg-type]
    )


def empty_total_report() -> data.TotalReport:
    """Return the total follow-up of a store without purchased operations."""
    return data.TotalReport(head=_EMPTY_HEAD, providers=(), per_event=NO_COSTS, **_EMPTY)  # type: ignore[arg-type]
