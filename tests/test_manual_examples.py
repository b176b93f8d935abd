"""The examples in the Swedish manual: what they show is what the program does with them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from kvalitetsapp import texts
from kvalitetsapp.domain import words
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.exchange import profiles, reading
from kvalitetsapp.exchange.agreement_files import read_agreements
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import claims, imports, workspace
from support.code_tables import code_tables
from support.manual import blocks, page, section, table_rows
from support.workbooks import xlsx

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.case import LedgerLine

EXPORT = Path(__file__).parent / "examples" / "county-exports" / "episodes_own.csv"


def test_the_agreement_in_the_manual_can_be_read_as_it_stands(tmp_path: Path) -> None:
    (example,) = blocks("05-agreements", "toml")
    (tmp_path / "avtal.toml").write_text(example, encoding="utf-8")
    found = read_agreements(tmp_path / "avtal.toml")
    assert (len(found.rows), found.rejects, found.findings) == (1, [], [])


def test_the_profile_in_the_manual_reads_the_rows_in_the_manual(tmp_path: Path) -> None:
    profile, rows = blocks("10-profiler", "toml")[0], blocks("10-profiler", "text")[0]
    (tmp_path / "uttag.toml").write_text(profile, encoding="utf-8")
    (tmp_path / "uttag.csv").write_text(rows, encoding="cp1252")
    found = reading.read(
        KindOfFile.EPISODES,
        tmp_path / "uttag.csv",
        profile=profiles.read_profile(tmp_path / "uttag.toml"),
        today=date(2024, 1, 1),
        code_tables=code_tables(),
        progress=Progress(),
    )
    assert (found.read, found.rejects) == (2, [])
    first = dict(zip(found.columns, found.rows[0], strict=True))
    said = page("10-profiler")
    assert f"`{first['source']}/{first['episode_id']}`" in said
    for name, text in (
        ("admitted", "inskriven {}"),
        ("discharged", "utskriven {}"),
        ("provider_id", "vårdgivare {}"),
        ("main_diagnosis", "huvuddiagnos {}"),
        ("procedures", "åtgärder {}"),
    ):
        assert text.format(first[name]) in said.replace("\n", " "), name
    cost = texts.kronor(cast("int", first["cost"])).replace(texts.NO_BREAK_SPACE, " ")
    assert f"kostnad {cost}" in said.replace("\n", " ")


def test_the_profile_of_a_workbook_in_the_manual_reads_such_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "operationer.toml").write_text(blocks("10-profiler", "toml")[1], encoding="utf-8")
    numbers = range(1, 13)
    head = ["Löpnummer", "Personnummer", "In", "Ut", "Opererad", *(f"Åtgärd{number}" for number in numbers)]
    row = ["17", "196812099874", "2024-03-01", date(2024, 3, 4), "02/03/2024", "NFB49", "ZXA00"]
    sheets: dict[str, list[Sequence[object]]] = {
        "Data": [("Operationer",), (), (), head, row],
        "Om": [("Skapat av registret",)],
    }
    (tmp_path / "operationer.xlsx").write_bytes(xlsx(sheets))
    found = reading.read(
        KindOfFile.EPISODES,
        tmp_path / "operationer.xlsx",
        profile=profiles.read_profile(tmp_path / "operationer.toml"),
        today=date(2024, 12, 1),
        code_tables=code_tables(),
        progress=Progress(),
    )
    assert (found.read, found.rejects) == (1, [])
    first = dict(zip(found.columns, found.rows[0], strict=True))
    assert f"`{first['source']}/{first['episode_id']}`" in page("10-profiler")
    assert (first["procedure_date"], first["discharged"]) == ("2024-03-02", "2024-03-04")
    assert (first["procedures"], first["drg"]) == ("NFB49 ZXA00", None)


def test_the_rows_in_the_manual_are_those_of_the_example_export() -> None:
    export = EXPORT.read_text(encoding="cp1252").splitlines()
    for line in blocks("10-profiler", "text")[0].splitlines()[1:]:
        delivered = next(row for row in export if row.startswith(line.split(";")[0])).replace("\u00a0", " ").split(";")
        assert set(line.split(";")) <= set(delivered)


AGREEMENT = """
[[agreement]]
id = "exempel"
providers = ["P01"]
joints = ["hip"]
payer_routes = ["contract"]
valid_from = 2019-01-01
cap = 200000
cap_scope = "index_operation"
deductible = 5000
cost_basis = ["kpp", "tariff"]
warranty = [{ classes = ["*"], days = 730 }, { classes = ["infection"], days = 1825, onset_within_days = 730 }]
tariff = { inpatient_day = 9500, outpatient_visit = 3200 }
"""
EPISODES = """
source;episode_id;personal_id;provider_id;payer_route;care_form;admitted;discharged;main_diagnosis;procedures;cost
faktura;1;195902189876;P01;contract;inpatient;2019-02-01;2019-02-04;M160;NFB49 ZXA00;
cosmic;2;195902189876;OSD;own;outpatient;2019-03-03;2019-03-03;T813;;
cosmic;3;195902189876;OSD;own;inpatient;2019-05-02;2019-05-09;T845F;;84512,37
cosmic;4;195902189876;OSD;own;inpatient;2020-01-15;2020-01-25;T845F;;131904,08
cosmic;5;195902189876;OSD;own;inpatient;2021-03-01;2021-03-02;M244F;;41250,50
cosmic;6;195902189876;OSD;own;inpatient;2022-01-20;2022-01-22;T845F;;22018,65
"""
FILES = {
    KindOfFile.PROVIDERS: "provider_id;name;kind\nP01;Fjällkliniken;private\nOSD;Ortopedi;own\n",
    KindOfFile.AGREEMENTS: AGREEMENT,
    KindOfFile.EPISODES: EPISODES.lstrip(),
    KindOfFile.VERDICTS: "event_ref;joint;verdict;reviewer;reviewed_on\n"
    + "".join(f"cosmic/{number};hip;confirmed;A;2022-06-01\n" for number in range(2, 7)),
}


@pytest.fixture
def case_lines(tmp_path: Path) -> list[LedgerLine]:
    """The ledger of the case in the manual, as the program works it out."""
    with workspace.create_workspace(tmp_path / "exempel.kvdb", "några ord i följd") as opened:
        for kind, text in FILES.items():
            path = tmp_path / f"{kind.value}.txt"
            path.write_text(text, encoding="utf-8")
            assert imports.import_file(opened, kind, path).rejects == ()
        (case,) = claims.cases(opened).cases
        return list(case.lines)


def test_the_ledger_in_the_manual_is_what_the_program_says_r15(case_lines: list[LedgerLine]) -> None:
    events = [
        [
            str(number),
            line.event_date.isoformat(),
            words.word("complication_class", line.complication_class),
            str(line.days),
            amount(line.cost),
            words.word("reason", line.reason),
        ]
        for number, line in enumerate(case_lines, 1)
    ]
    drawn = [
        [str(number), *(amount(each) for each in (line.deductible, line.claimable, line.over_cap, line.cap_left))]
        for number, line in enumerate(case_lines, 1)
    ]
    told = table_rows(section("06-claims", "Takräkningen").replace(texts.NO_BREAK_SPACE, " "))
    assert told == [*events, *drawn]


def test_the_sums_in_the_manual_add_up_to_the_ore(case_lines: list[LedgerLine]) -> None:
    told = section("06-claims", "Takräkningen").replace("\n", " ")
    covered = [line for line in case_lines if line.covered]
    sums = {
        name: sum(getattr(line, name) for line in covered) for name in ("cost", "deductible", "claimable", "over_cap")
    }
    assert sums["cost"] == sums["deductible"] + sums["claimable"] + sums["over_cap"]
    assert f"= **{amount(sums['cost'])} kr**" in told
    assert f"självrisk {amount(sums['deductible'])}, kan krävas **{amount(sums['claimable'])}**" in told
    assert f"över taket {amount(sums['over_cap'])} kr" in told


def amount(ore: int | None) -> str:
    """Return an amount as the manual writes it."""
    return texts.kronor(ore).removesuffix("\u00a0kr").replace(texts.NO_BREAK_SPACE, " ")


def test_the_figures_about_small_numbers_are_what_the_program_works_out_r10() -> None:
    from kvalitetsapp.analysis import detectable, proportions

    low, high = proportions.wilson(2, 50)
    told = page("07-quality")
    assert f"från {percent(float(low))} till {percent(float(high))}" in told
    assert f"ungefär {percent(float(detectable.smallest_rate(99, 0.02)))}" in told


def percent(fraction: float) -> str:
    """Return a share as the manual writes it."""
    return texts.percent(float(fraction)).replace(texts.NO_BREAK_SPACE, " ")
