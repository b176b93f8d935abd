"""What a report shows: ready-made numbers, so that drawing computes nothing.

Rates are fractions, amounts integer öre, dates `YYYY-MM-DD`; None stands for "cannot be told", never for zero.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from kvalitetsapp.domain.chart_data import CaseCost, Flow, Funnel, Survival
    from kvalitetsapp.domain.claims_report import ClaimsReport
    from kvalitetsapp.domain.comparison_report import ComparisonReport
    from kvalitetsapp.domain.provider_comparison import ProviderComparison
    from kvalitetsapp.domain.provider_question import QuestionCounts
    from kvalitetsapp.domain.released import SmallNumbers
    from kvalitetsapp.domain.report_costs import ClaimsRow, ExpectedCost, OwedOnDay
    from kvalitetsapp.domain.review_protocol import Counts
    from kvalitetsapp.domain.reviewer_agreement import ReviewerAgreement

LINES: Final = (6_000_000, 20_000_000, 80_000_000)
"""60 000, 200 000 and 800 000 kr in öre: the price, the usual cap, and what was claimed in the initiative."""

PRICE_LINE, CAP_LINE, CLAIMED_LINE = LINES
ALL_UNITS: Final = ""
OTHER_UNITS: Final = "…"


@dataclass(frozen=True, slots=True)
class Share:
    """`events` of `n` with the 95 % interval of the rate; None where n is 0."""

    events: int
    n: int
    rate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on the cover and at the top of every page; `number` and `signed` (by whom, when) make it final."""

    subject: str
    first_operation: str
    last_operation: str
    data_cut: str
    sample: bool
    small_numbers: SmallNumbers
    program_version: str
    number: str = ""
    signed: str = ""

    @property
    def is_final(self) -> bool:
        """Tell whether somebody has signed it; a draft says so on every page."""
        return bool(self.number)


@dataclass(frozen=True, slots=True)
class Kept:
    """The account of all imports of one kind of file."""

    kind: str
    files: int
    read: int
    stored: int
    corrected: int
    unchanged: int
    rejected: int


@dataclass(frozen=True, slots=True)
class DataQuality:
    """How far the data can be trusted; `imports` and `findings` are about the whole store."""

    imports: tuple[Kept, ...]
    findings: tuple[tuple[str, int], ...]
    side_unknown: Share
    ambiguous: Share
    missing_cost: Share
    unlinked: int
    last_month: str


@dataclass(frozen=True, slots=True)
class Volume:
    """The operations of a year, joint and payer route, and the prices charged (`priced` of them have one)."""

    year: int
    joint: str
    payer_route: str
    operations: int
    priced: int
    price_median: int | None
    price_min: int | None
    price_max: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many of the followed operations of a joint were reoperated or revised `within` days (R9, R10).

    `detectable` is the smallest true rate above the benchmark that would be flagged with probability 0.8 at this n.
    `compared` is False where there is nothing to compare with but the group itself.
    """

    joint: str
    level: str
    within: int
    operations: int
    share: Share
    ambiguous: int
    benchmark: float | None
    flag: str
    detectable: float | None
    compared: bool = True


@dataclass(frozen=True, slots=True)
class UnitColumn:
    """One unit of a provider in the unit table; the years are those of the followed operations."""

    unit: str
    first_year: int | None
    last_year: int | None
    share: Share


@dataclass(frozen=True, slots=True)
class UnitTable:
    """The units of a provider for one joint, the provider itself last, beside the national mean."""

    joint: str
    columns: tuple[UnitColumn, ...]
    benchmark: float | None


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A published figure that the report compares with, and where it stands."""

    joint: str
    indicator: str
    value: float
    period: str
    source: str


@dataclass(frozen=True, slots=True)
class ClassCount:
    """Linked events of a complication class: all, confirmed, by time since the operation, with surgery."""

    complication_class: str
    events: int
    confirmed: int
    within_30: int
    within_90: int
    within_730: int
    surgery: int


@dataclass(frozen=True, slots=True)
class Review:
    """How far the events of a year have been reviewed; year 0 stands for all years."""

    year: int
    events: int
    confirmed: int
    rejected: int
    proposed: int
    ambiguous: int

    @property
    def reviewed(self) -> int:
        """Return how many a person has decided on."""
        return self.confirmed + self.rejected


@dataclass(frozen=True, slots=True)
class FormReview:
    """What the review of events with the structured form says.

    Of `reviewed` events, `confirmed` of them, somebody has answered the form; on `by_two` two reviewers first answered
    each for himself. `counts` are of relation (all of them), class, severity and avoidability (the confirmed).
    `agreement` on those questions is between first answers to `pairs` events, also such as are not settled yet.
    """

    reviewed: int
    confirmed: int
    by_two: int
    counts: tuple[Counts, ...]
    avoidable: Share
    pairs: int
    agreement: tuple[ReviewerAgreement, ...]


@dataclass(frozen=True, slots=True)
class Recovery:
    """Sums of the claims basis (R13–R15) under a key: a year, a provider, or "" for everything."""

    key: str
    cases: int
    events: int
    cost_total: int
    covered_cost: int
    not_covered_cost: int
    missing_cost_events: int
    over_cap: int
    claimable: int
    claimed: int
    credited: int
    paid: int
    uncollected: int


@dataclass(frozen=True, slots=True)
class NotCovered:
    """What an agreement did not cover, for one reason (R13)."""

    reason: str
    events: int
    cost: int
    missing_cost_events: int


@dataclass(frozen=True, slots=True)
class CostDistribution:
    """What cases cost: those with a known cost; `over` has how many lie above each of `LINES`.

    `group` is `confirmed` or `potential`, and after a slash `infection` or `other`. `mean_low` and `mean_high` are the
    95 % interval of the mean, None with fewer than ten cases. `capped` of the `under_agreement` went over their cap,
    `at_cap` of them left nothing of it. `price` is the median price of the `priced` of the cases' operations; `times`
    has how many of these cost at least 8 and at least 10 times their own operation's price.
    """

    group: str
    cases: int
    without_cost: int
    mean: int | None
    mean_low: int | None
    mean_high: int | None
    median: int | None
    p90: int | None
    largest: int | None
    over: tuple[int, ...]
    under_agreement: int
    capped: int
    at_cap: int = 0
    priced: int = 0
    price: int | None = None
    times: tuple[int, ...] = (0, 0)


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """A provider in the total report, in the order of volume."""

    name: str
    operations: int
    outcomes: tuple[Outcome, ...]
    recovery: Recovery


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """An import that the data rest on."""

    batch: int
    kind: str
    file_name: str
    sha256: str
    imported_at: str
    read: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the report was made from."""

    files: tuple[ImportedFile, ...]
    definitions: tuple[tuple[str, str], ...]
    parameters: tuple[tuple[str, str], ...]
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class AgreementTerms:
    """An agreement as the report's reader needs it; amounts in öre."""

    name: str
    valid_from: str
    valid_to: str
    cap: int
    deductible: int
    longest_warranty_days: int
    verified: bool


@dataclass(frozen=True, slots=True)
class ProviderComment:
    """What the provider has said about a case, told apart by the event's year, joint and class only."""

    answered_on: str
    event_year: int
    joint: str
    complication_class: str
    text: str


@dataclass(frozen=True, slots=True)
class ProviderAnswers:
    """The questions to the provider and its comments; `as_of` is the day that tells late ones, "" if none waits."""

    counts: QuestionCounts
    as_of: str
    comments: tuple[ProviderComment, ...]


@dataclass(frozen=True, slots=True)
class ProviderReport:
    """Everything in the follow-up report for one provider; `is_own` where the region runs it itself."""

    head: Head
    is_own: bool
    overall: tuple[Outcome, ...]
    quality: DataQuality
    volume: tuple[Volume, ...]
    outcomes: tuple[Outcome, ...]
    units: tuple[UnitTable, ...]
    benchmarks: tuple[Benchmark, ...]
    funnels: tuple[Funnel, ...]
    survival: Survival
    classes: tuple[ClassCount, ...]
    review: tuple[Review, ...]
    form_review: FormReview
    recovery: tuple[Recovery, ...]
    potential: Recovery
    not_covered: tuple[NotCovered, ...]
    costs: tuple[CostDistribution, ...]
    strip: tuple[CaseCost, ...]
    agreements: tuple[AgreementTerms, ...]
    flow: Flow
    answers: ProviderAnswers
    manifest: Manifest
    claims: tuple[ClaimsRow, ...] = ()
    owed: OwedOnDay | None = None


@dataclass(frozen=True, slots=True)
class TotalReport:
    """Everything in the total follow-up of purchased care."""

    head: Head
    quality: DataQuality
    providers: tuple[ProviderRow, ...]
    overall: tuple[Outcome, ...]
    benchmarks: tuple[Benchmark, ...]
    funnels: tuple[Funnel, ...]
    survival: Survival
    classes: tuple[ClassCount, ...]
    review: tuple[Review, ...]
    form_review: FormReview
    recovery: tuple[Recovery, ...]
    potential: Recovery
    not_covered: tuple[NotCovered, ...]
    costs: tuple[CostDistribution, ...]
    per_event: tuple[CostDistribution, ...]
    strip: tuple[CaseCost, ...]
    agreements: tuple[AgreementTerms, ...]
    flow: Flow
    manifest: Manifest
    expected: tuple[ExpectedCost, ...] = ()
    claims: tuple[ClaimsRow, ...] = ()
    owed: OwedOnDay | None = None
    comparisons: tuple[ProviderComparison, ...] = ()


AnyReport = TypeVar("AnyReport", bound="ProviderReport | TotalReport | ClaimsReport | ComparisonReport")


def sealed(report: AnyReport) -> AnyReport:
    """Return the report with its fingerprint: the SHA-256 of everything else in it."""
    bare = replace(report, manifest=replace(report.manifest, fingerprint=""))
    return replace(report, manifest=replace(report.manifest, fingerprint=fingerprint(bare)))


def fingerprint(data: DataclassInstance) -> str:
    """Return the SHA-256 of everything in the data, the same whenever they are."""
    content = json.dumps(asdict(data), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()
