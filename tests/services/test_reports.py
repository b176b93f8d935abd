"""Reports from a real store: right amounts, the same bytes, whole files or none, a trace, and nobody's number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.claims_report import PASSED
from kvalitetsapp.domain.released import ReportKind, SmallNumbers
from kvalitetsapp.domain.report_data import ProviderReport, TotalReport
from kvalitetsapp.domain.words import ProviderKind
from kvalitetsapp.errors import CancelledError, InputError, RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import claims_contents, report_contents, report_making, reports, summaries
from kvalitetsapp.services.report_making import Order
from kvalitetsapp.services.workspace import create_workspace
from kvalitetsapp.store import audit, providers
from kvalitetsapp.texts import kronor, number
from support import leaving, pdf, store_files
from support.county_store import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.analysis.report_frames import ReportFrames
    from kvalitetsapp.services.report_making import MadeReport
    from kvalitetsapp.services.workspace import Workspace

CODES = re.compile(r"\b[a-z]+_[a-z_0-9]+\b")
LARGEST = "P01"
CHOSEN = ("OSD", "OSI", LARGEST, "U02")  # own, without operations, the largest, another region
FILE_NAMES = re.compile(r"\b\w+\.(?:csv|toml)\b")


@pytest.fixture
def workspace(county_copy: Path) -> Iterator[Workspace]:
    with opened(county_copy) as each:
        yield each


@pytest.fixture(scope="module")
def untouched(county_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Open a copy of the county that no test changes."""
    with opened(store_files.copy(county_store, tmp_path_factory.mktemp("untouched"))) as each:
        yield each


@pytest.fixture(scope="module")
def shared(untouched: Workspace) -> ReportFrames:
    """Return the frames that every report of this store is worked out from."""
    return report_contents.source_of(untouched, report_making.data_cut(untouched))


@pytest.fixture(scope="module")
def made(untouched: Workspace, shared: ReportFrames) -> dict[str, MadeReport]:
    """Return reports of all kinds of providers, and "" for the report of all."""
    orders = {one: Order(ReportKind.PROVIDER, one) for one in CHOSEN} | {"": Order(ReportKind.TOTAL)}
    return {one: report_making.make(untouched, order, shared=shared) for one, order in orders.items()}


@pytest.fixture(scope="module")
def whole(made: dict[str, MadeReport]) -> TotalReport:
    data = made[""].data
    assert isinstance(data, TotalReport)
    return data


@pytest.fixture(scope="module")
def largest(made: dict[str, MadeReport]) -> ProviderReport:
    data = made[LARGEST].data
    assert isinstance(data, ProviderReport)
    return data


@pytest.fixture(scope="module")
def made_small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return leaving.make(tmp_path_factory.mktemp("small"))


@pytest.fixture
def small_copy(made_small: Path, tmp_path: Path) -> Path:
    """Return a closed store whose reports take little time."""
    return store_files.copy(made_small, tmp_path)


@pytest.fixture
def small(small_copy: Path) -> Iterator[Workspace]:
    with opened(small_copy) as each:
        yield each


def amount(ore: object) -> str:
    assert isinstance(ore, int)
    return kronor(ore).removesuffix("\u00a0kr").replace("\u00a0", " ")


def test_r15_the_total_report_holds_the_amounts_of_the_recovery_summary(
    untouched: Workspace, made: dict[str, MadeReport]
) -> None:
    text = pdf.read(made[""].pdf).text
    rows = summaries.recovery(untouched, by=("provider",)).records()
    for row in rows:
        for name in ("cost_total", "covered_cost", "over_cap", "claimable", "uncollected"):
            assert amount(row[name]) in text, (row["provider_id"], name)
    assert amount(sum(int(row["claimable"] or 0) for row in rows)) in text


def test_r15_the_data_of_a_provider_are_those_of_the_summaries(untouched: Workspace, largest: ProviderReport) -> None:
    expected = next(r for r in summaries.recovery(untouched).records() if r["provider_id"] == "P01")
    potential = next(r for r in summaries.recovery(untouched, potential=True).records() if r["provider_id"] == "P01")
    for name in ("cases", "events", "cost_total", "covered_cost", "claimable", "missing_cost_events", "uncollected"):
        assert getattr(largest.recovery[-1], name) == expected[name]
        assert getattr(largest.potential, name) == potential[name]
        assert sum(getattr(row, name) for row in largest.recovery[:-1]) >= expected[name]
    assert sum(row.claimable for row in largest.recovery[:-1]) == expected["claimable"]


def test_r9_the_outcomes_of_a_provider_are_those_of_the_summary(untouched: Workspace, largest: ProviderReport) -> None:
    for within in (730, 90, 30):
        rows = summaries.reoperations(untouched, within=within).records()
        expected = {r["joint"]: r for r in rows if r["provider_id"] == "P01"}
        found = {one.joint: one for one in largest.outcomes if one.within == within and one.level == "reoperation"}
        assert found.keys() == expected.keys()
        for joint, row in expected.items():
            one = found[str(joint)]
            told = (one.operations, one.share.n, one.share.events, one.share.rate, one.benchmark, one.flag)
            names = ("operations", "eligible", "reoperated", "rate", "benchmark", "flag")
            assert told == tuple(row[name] for name in names)


def test_the_flow_gets_narrower_and_adds_up(whole: TotalReport) -> None:
    flow = whole.flow
    assert flow.purchased == sum(row.operations for row in whole.providers)
    assert flow.followed <= flow.purchased
    assert flow.covered <= flow.confirmed <= flow.reviewed <= flow.events
    assert flow.claimable <= flow.covered_cost <= flow.cost
    assert whole.recovery[-1].events == flow.confirmed
    not_covered = {row.reason: row.events for row in whole.not_covered}
    assert sum(not_covered.values()) + flow.covered == flow.events
    assert not_covered["rejected"] == flow.reviewed - flow.confirmed
    assert sum(one.events for one in whole.classes) == flow.events - not_covered["rejected"] - not_covered["ambiguous"]


def test_the_cost_of_cases_adds_up_to_the_cost_of_the_account(whole: TotalReport) -> None:
    by_group = {one.group: one for one in whole.costs}
    assert sum(case.cost for case in whole.strip) == whole.potential.cost_total
    assert len(whole.strip) == by_group["potential"].cases
    for name in ("confirmed", "potential"):
        parts = [by_group[f"{name}/{part}"] for part in ("infection", "other")]
        assert sum(part.cases for part in parts) == by_group[name].cases
    over = [sum(case.cost > line for case in whole.strip) for line in (60_000_00, 200_000_00, 800_000_00)]
    assert list(by_group["potential"].over) == over


def test_reports_of_the_county_are_swedish_and_name_no_person(
    untouched: Workspace, made: dict[str, MadeReport]
) -> None:
    numbers = [str(row[0]) for row in untouched.store.rows("SELECT personal_id FROM identities")]
    assert len(numbers) > 500
    for name, report in made.items():
        found = pdf.read(report.pdf)
        text = FILE_NAMES.sub("", found.text)
        assert CODES.findall(text) == [], name
        assert not re.search(r"\b(None|nan|NaN|NaT)\b", text), name
        runs = set(re.findall(r"\d{10,12}", text))
        assert not runs & set(numbers), name
        assert found.embedded_fonts() == found.fonts()


def test_the_same_store_gives_the_same_bytes(
    workspace: Workspace, made: dict[str, MadeReport], tmp_path: Path
) -> None:
    out = reports.provider_report(workspace, LARGEST, tmp_path / "1.pdf")
    assert out.read_bytes() == made[LARGEST].pdf


def test_another_import_does_not_give_the_same_bytes(small: Workspace, tmp_path: Path) -> None:
    first = reports.provider_report(small, "P01", tmp_path / "1.pdf").read_bytes()
    with small.action("test"):
        small.store.write("UPDATE import_batches SET file_name = 'annan.csv' WHERE batch = 1")
    assert reports.provider_report(small, "P01", tmp_path / "2.pdf").read_bytes() != first


def test_an_unknown_provider_is_refused_in_swedish_and_nothing_is_written(small: Workspace, tmp_path: Path) -> None:
    before = audit.entries(small.store)
    with pytest.raises(InputError, match="Det finns ingen vårdgivare ”P99”"):
        reports.provider_report(small, "P99", tmp_path / "x.pdf")
    assert not (tmp_path / "x.pdf").exists()
    assert audit.entries(small.store) == before


def test_an_empty_store_has_nothing_to_report_on(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "tom.kvdb", "x") as empty, pytest.raises(InputError, match="tom"):
        reports.total_report(empty, tmp_path / "x.pdf")


def test_a_report_leaves_its_trace_with_the_fingerprint(small: Workspace, tmp_path: Path) -> None:
    out = reports.provider_report(small, "P01", tmp_path / "x.pdf")
    entry = audit.entries(small.store)[0]
    assert (entry.action, entry.object) == ("report_made", "P01")
    assert entry.detail in pdf.read(out.read_bytes()).pages[-1].replace(" ", "")
    assert audit.first_broken(small.store) is None


def test_a_report_needs_a_store_that_may_be_written_to(small_copy: Path, tmp_path: Path) -> None:
    with opened(small_copy, write=False) as read_only, pytest.raises(RefusedError):
        reports.provider_report(read_only, "P01", tmp_path / "x.pdf")
    assert [path.name for path in tmp_path.iterdir() if "pdf" in path.name or "rapport" in path.name] == []


def test_a_folder_that_is_not_there_is_said_and_leaves_no_trace(small: Workspace, tmp_path: Path) -> None:
    before = audit.entries(small.store)
    with pytest.raises(RefusedError, match="kunde inte skrivas"):
        reports.total_report(small, tmp_path / "saknas" / "x.pdf")
    assert audit.entries(small.store) == before


def test_an_older_file_of_that_name_is_replaced_whole(small: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "x.pdf"
    out.write_bytes(b"gammal")
    reports.provider_report(small, "P01", out)
    assert out.read_bytes().startswith(b"%PDF-")
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".tmp"] == []


@pytest.mark.parametrize("earlier", [None, b"den som fanns"])
def test_a_report_whose_entry_cannot_be_written_leaves_what_lay_there_before(
    small: Workspace, tmp_path: Path, earlier: bytes | None
) -> None:
    out = tmp_path / "rapporter" / "x.pdf"
    out.parent.mkdir()
    if earlier is not None:
        out.write_bytes(earlier)
    small.store.conn.execute(
        "CREATE TEMP TRIGGER full BEFORE INSERT ON main.audit "
        "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
    )
    with pytest.raises(RefusedError, match="Disken är full"):
        reports.total_report(small, out)
    assert [path.read_bytes() for path in out.parent.iterdir()] == ([] if earlier is None else [earlier])


def test_a_cancelled_report_leaves_no_file(small: Workspace, tmp_path: Path) -> None:
    progress = Progress(lambda done, _total, _what: progress.cancel() if done == 1 else None)
    with pytest.raises(CancelledError):
        reports.total_report(small, tmp_path / "x.pdf", progress=progress)
    assert not (tmp_path / "x.pdf").exists()


def test_purchased_care_leaves_out_what_the_region_does_itself(untouched: Workspace, whole: TotalReport) -> None:
    own = {one.name for one in providers.all_providers(untouched.store) if one.kind == ProviderKind.OWN}
    assert own
    assert not own & {row.name for row in whole.providers}
    assert [row.operations for row in whole.providers] == sorted((r.operations for r in whole.providers), reverse=True)


def test_outside_the_department_the_counts_of_a_small_provider_are_hidden(
    untouched: Workspace, shared: ReportFrames
) -> None:
    shown, hidden = (
        pdf.read(report_making.make(untouched, Order(ReportKind.PROVIDER, "P04", mode), shared=shared).pdf).text
        for mode in (SmallNumbers.OPEN, SmallNumbers.PLAIN)
    )
    assert "<5" not in shown
    assert hidden.count("<5") > 20
    assert "Knä Reoperation inom två år 44 4 9,1 %" in shown
    assert re.search(r"Knä Reoperation inom två år (44|··) (<5|··) – –", hidden)
    assert number(44) in hidden


def test_r10_all_purchased_care_is_not_compared_with_itself(whole: TotalReport, largest: ProviderReport) -> None:
    compared = {(one.joint, one.within) for one in whole.overall if one.compared}
    assert compared == {(joint, 730) for joint in ("hip", "knee", "shoulder")}
    assert not [one for one in whole.overall if not one.compared and (one.flag or one.detectable is not None)]
    assert [one for one in largest.outcomes if one.compared and one.benchmark is None]


def test_what_is_too_late_to_claim_is_that_of_the_account_of_claims(
    untouched: Workspace, shared: ReportFrames, largest: ProviderReport
) -> None:
    source = shared.of_provider(LARGEST)
    account = claims_contents.claims_report(untouched, source, small_numbers=SmallNumbers.OPEN)
    (late,) = [one for one in account.deadlines if one.month == PASSED]
    standing = largest.chapters.standing
    assert standing is not None
    assert (standing.passed, standing.passed_amount) == (late.events, late.to_claim)
    assert standing.passed > 0
