from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.imports import finding_rules, finding_text
from kvalitetsapp.errors import CancelledError
from kvalitetsapp.progress import Progress
from support.reading import read_episodes, read_file, read_text, records

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.exchange.reading import ReadFile


def blame(found: ReadFile) -> list[tuple[int, str, str, str]]:
    return [(reject.row, reject.column, reject.value, reject.code) for reject in found.rejects]


def doubts(found: ReadFile) -> list[tuple[int, str, str, str]]:
    return [(each.row, each.rule, each.column, each.value) for each in found.findings]


def test_a_row_becomes_canonical_values_in_a_fixed_order(tmp_path: Path) -> None:
    found = read_episodes(
        tmp_path,
        {
            "personal_id": " 681209-9874 ",
            "main_diagnosis": "t84.5f",
            "other_diagnoses": "M24.4G  z96.6",
            "cost": "1\u00a0234,5",
            "price": "0",
            "procedures": "NFB49 ZXA00",
        },
    )
    assert found.columns == (
        *("row", "source", "episode_id", "personal_id", "provider_id", "unit", "payer_route", "care_form", "admitted"),
        *("discharged", "main_diagnosis", "other_diagnoses", "procedures", "procedure_date", "drg", "cost", "price"),
        *("main_diagnosis_delivered", "other_diagnoses_delivered", "procedures_delivered"),
    )
    assert found.rows == [
        (
            *(2, "cosmic", "1", "196812099874", "OSD", "Ortopedi", "own", "inpatient", "2020-05-01", "2020-05-04"),
            *("T845F", "M244G Z966", "NFB49 ZXA00", "2020-05-02", "H05E", 123450, 0, "t84.5f", "M24.4G  z96.6", None),
        )
    ]


@pytest.mark.parametrize(
    ("change", "column", "value", "code"),
    [
        ({"source": " "}, "source", " ", "missing"),
        ({"payer_route": "gratis"}, "payer_route", "gratis", "not_in_list"),
        ({"admitted": "2019-02-30"}, "admitted", "2019-02-30", "bad_date"),
        ({"admitted": "20200501"}, "admitted", "20200501", "bad_date"),
        ({"discharged": "2026-11-23"}, "discharged", "2026-11-23", "after_today"),
        ({"procedure_date": "2026-11-23"}, "procedure_date", "2026-11-23", "after_today"),
        ({"discharged": "2020-04-30"}, "discharged", "2020-04-30", "before_admitted"),
        ({"cost": "1.234"}, "cost", "1.234", "ambiguous_amount"),
        ({"cost": " -5 "}, "cost", " -5 ", "negative_amount"),
        ({"price": "1e5"}, "price", "1e5", "bad_amount"),
        ({"personal_id": "1,97E+11"}, "personal_id", "1,97E+11", "identity_as_number"),
        ({"personal_id": "196812099874.0"}, "personal_id", "196812099874.0", "identity_with_decimals"),
        ({"personal_id": "196812000000"}, "personal_id", "196812000000", "rounded_identity"),
        (
            {"personal_id": "196\u00a0812\u00a0099\u00a0874"},
            "personal_id",
            "196\u00a0812\u00a0099\u00a0874",
            "identity_broken_up",
        ),
        ({"personal_id": "'196812099874"}, "personal_id", "'196812099874", "quoted_identity"),
        ({"personal_id": "########"}, "personal_id", "########", "identity_not_shown"),
        ({"personal_id": "196812099875"}, "personal_id", "196812099875", "bad_check_digit"),
        ({"personal_id": "194713329806"}, "personal_id", "194713329806", "bad_identity_date"),
    ],
)
def test_a_row_that_cannot_be_right_is_rejected_once_with_the_delivered_text(
    tmp_path: Path, change: dict[str, str], column: str, value: str, code: str
) -> None:
    found = read_episodes(tmp_path, {"episode_id": "a"}, change, {"episode_id": "b"})
    assert blame(found) == [(3, column, value, code)]
    assert found.rejects[0].reason.endswith(".")
    assert "{" not in found.rejects[0].reason
    assert [row["row"] for row in records(found)] == [2, 4]
    assert not found.findings


def test_the_first_wrong_column_is_blamed(tmp_path: Path) -> None:
    found = read_episodes(tmp_path, {"cost": "x", "payer_route": "x", "episode_id": ""})
    assert blame(found) == [(2, "episode_id", "", "missing")]


def test_ten_digits_beside_a_wrong_date_leave_the_blame_to_the_date(tmp_path: Path) -> None:
    found = read_episodes(
        tmp_path, {"personal_id": "681209-9874", "admitted": "i går"}, {"personal_id": "681209-9875"}
    )
    assert blame(found) == [(2, "admitted", "i går", "bad_date"), (3, "personal_id", "681209-9875", "bad_check_digit")]


def test_care_today_is_not_in_the_future(tmp_path: Path) -> None:
    found = read_episodes(tmp_path, {"discharged": "2026-11-22"})
    assert not found.rejects


def test_what_only_looks_wrong_is_let_in_as_a_finding(tmp_path: Path) -> None:
    found = read_episodes(
        tmp_path,
        {"main_diagnosis": "X99.9Q", "other_diagnoses": "M169 Å1 Q0"},
        {"procedure_date": "2020-05-05"},
        {"cost": "", "main_diagnosis": "T84.5F"},
        {"cost": "", "main_diagnosis": "T84.5F", "payer_route": "contract"},
        {"cost": "", "procedures": "NFC49"},
        {"cost": "0", "procedures": "NFC49"},
        {"cost": "", "main_diagnosis": "M169", "procedures": "NFB49"},
        {"personal_id": "6812099874"},
        {"personal_id": "202005029802"},
        {"personal_id": "1019801"},
        {"personal_id": "196812050000"},
    )
    assert not found.rejects
    assert doubts(found) == [
        (2, "unknown_code", "main_diagnosis", "X999Q"),
        (2, "unknown_code", "other_diagnoses", "Å1 Q0"),
        (3, "procedure_outside_stay", "procedure_date", "2020-05-05"),
        (4, "missing_cost", "cost", ""),
        (6, "missing_cost", "cost", ""),
        (9, "doubtful_identity", "personal_id", "6812099874"),
        (10, "born_after_care", "personal_id", "202005029802"),
        (11, "lost_zero_identity", "personal_id", "1019801"),
        (12, "perhaps_rounded_identity", "personal_id", "196812050000"),
    ]
    assert {each.ref for each in found.findings} == {"cosmic/1"}


def test_a_rejected_row_gives_no_finding(tmp_path: Path) -> None:
    assert not read_episodes(tmp_path, {"main_diagnosis": "XYZ", "cost": "x"}).findings


def test_persons_are_compared_with_what_their_number_tells(tmp_path: Path) -> None:
    text = (
        "personal_id;sex;birth_date;death_date\n"
        "196812099874;female;1968-12-10;1960-01-01\n"
        "681209-9874;male;1968-12-09;2027-01-01\n"
        "200626-9803;female;1920-06-26;\n"
        "990000000021;male;;\n"
    )
    found = read_text(tmp_path, "persons", text)
    assert [row["personal_id"] for row in records(found)] == [
        *("196812099874", "196812099874", "192006269803", "990000000021"),
    ]
    assert doubts(found) == [
        (2, "birth_date_differs", "birth_date", "1968-12-10"),
        (2, "death_before_birth", "death_date", "1960-01-01"),
        (2, "sex_differs", "sex", "female"),
        (3, "future_date", "death_date", "2027-01-01"),
    ]


def test_an_organisation_number_is_a_finding_where_its_check_digit_is_wrong(tmp_path: Path) -> None:
    text = "provider_id;name;kind;org_number\nP1;Ett;private;556000-0068\nP2;Två;private;5560000069\n"
    found = read_text(tmp_path, "providers", text)
    assert [row["org_number"] for row in records(found)] == ["5560000068", "5560000069"]
    assert doubts(found) == [(3, "bad_org_number", "org_number", "5560000069")]


def test_an_alias_of_itself_is_a_finding(tmp_path: Path) -> None:
    found = read_text(
        tmp_path, "aliases", "personal_id;same_as\n22561202O0A0;22561202o0a0\n22561202O0A0;196812099874\n"
    )
    assert [row[1:] for row in found.rows] == [("22561202O0A0", "22561202O0A0"), ("22561202O0A0", "196812099874")]
    assert doubts(found) == [(2, "alias_of_itself", "same_as", "22561202o0a0")]


def test_verdicts_come_with_their_operation_split(tmp_path: Path) -> None:
    head = "event_ref;verdict;reviewer;reviewed_on;index_ref;side;joint\n"
    good = "cosmic/1;confirmed;anna;2020-01-01;"
    found = read_text(
        tmp_path,
        "verdicts",
        f"{head}{good}faktura/2/hip/right;left;hip\n{good};unknown;\n{good}faktura/2/hip/both;;\n"
        f"{good}faktura/2/elbow/left;;\n{good}faktura//hip/left;;\n{good}hip/left;;\n{good};both;\n"
        "cosmic;confirmed;anna;2020-01-01;;;\ncosmic/;confirmed;anna;2020-01-01;;;\n",
    )
    assert [(row["index_source_ref"], row["index_joint"], row["index_side"]) for row in records(found)] == [
        ("faktura/2", "hip", "right"),
        (None, None, None),
    ]
    assert [(reject.row, reject.column, reject.code) for reject in found.rejects] == [
        *((row, "index_ref", "bad_reference") for row in (4, 5, 6, 7)),
        (8, "side", "not_in_list"),
        *((row, "event_ref", "bad_reference") for row in (9, 10)),
    ]


def test_a_procedure_may_lack_its_date_but_not_its_code(tmp_path: Path) -> None:
    head = "source;episode_id;code;performed_on;side\n"
    rows = "cosmic;1;nfb.49;;\ncosmic;1;;2020-01-01;left\ncosmic;1;NFB49;;unknown\n"
    found = read_text(tmp_path, "procedures", head + rows)
    assert found.rows == [(2, "cosmic", "1", "NFB49", None, None, "nfb.49")]
    assert blame(found) == [(3, "code", "", "missing"), (4, "side", "unknown", "not_in_list")]


def test_a_benchmark_is_a_number_and_n_a_whole_one(tmp_path: Path) -> None:
    head = "country;level;joint;indicator;value;unit_of_value;n;period;source\n"
    rows = "".join(
        f"SE;national;hip;reoperation_2y;{value};percent;{n};2099;x\n"
        for value, n in [("2,3", "1 135"), ("-0.5", ""), ("NaN", ""), ("1e5", ""), ("2", "1,5"), ("", "")]
    )
    found = read_text(tmp_path, "benchmarks", head + rows)
    assert [(row["value"], row["n"]) for row in records(found)] == [(2.3, 1135), (-0.5, None)]
    assert [(reject.row, reject.column, reject.code) for reject in found.rejects] == [
        *((4, "value", "bad_number"), (5, "value", "bad_number"), (6, "n", "bad_number"), (7, "value", "missing")),
    ]


def test_a_published_figure_keeps_its_decimals_as_they_were_printed(tmp_path: Path) -> None:
    head = "country;level;joint;indicator;value;unit_of_value;period;source\n"
    printed = ["3.0", " 3 ", "2,10", "\u22120,5"]
    rows = "".join(f"SE;national;hip;m{n};{value};percent;2022;x\n" for n, value in enumerate(printed))
    found = read_text(tmp_path, "benchmarks", head + rows)
    assert [(row["value"], row["value_delivered"]) for row in records(found)] == [
        *((3.0, "3.0"), (3.0, "3"), (2.1, "2,10"), (-0.5, "\u22120,5")),
    ]


def test_a_cancelled_reading_stops_between_batches(tmp_path: Path) -> None:
    seen: list[tuple[int, int | None]] = []

    def listen(done: int, total: int | None, _what: str) -> None:
        seen.append((done, total))
        if len(seen) > 3:
            progress.cancel()

    progress = Progress(listen)
    path = tmp_path / "många.csv"
    path.write_text("personal_id\n" + "990000000021\n" * 30_000, encoding="utf-8")
    with pytest.raises(CancelledError):
        read_file("persons", path, progress=progress)
    assert [done for done, _total in seen] == sorted(done for done, _total in seen)
    assert all(total is not None and done <= total for done, total in seen)


@pytest.mark.parametrize("rows", [249, 250, 251, 5001])
def test_no_row_is_lost_or_misnumbered_where_batches_meet(tmp_path: Path, rows: int) -> None:
    path = tmp_path / "rader.csv"
    lines = [f"99{number:010d}" if number % 7 else "x" for number in range(2, rows + 2)]
    path.write_text("personal_id\n" + "\n".join(lines) + "\n", encoding="utf-8")
    found = read_file("persons", path)
    assert found.read == rows
    assert all(row[1] == f"99{row[0]:010d}" for row in found.rows)
    assert [reject.row for reject in found.rejects] == [number for number in range(2, rows + 2) if number % 7 == 0]


def test_every_finding_has_a_swedish_sentence() -> None:
    assert all(finding_text(rule) != rule for rule in finding_rules())


@pytest.mark.parametrize(
    ("value", "unit", "doubted"), [("0,023", "percent", True), ("1", "percent", False), ("0,5", "points", False)]
)
def test_a_share_under_one_per_cent_may_be_a_fraction(tmp_path: Path, value: str, unit: str, *, doubted: bool) -> None:
    head = "country;level;joint;indicator;value;unit_of_value;period;source\n"
    found = read_text(tmp_path, "benchmarks", f"{head}SE;national;hip;reoperation_2y;{value};{unit};2022;bok\n")
    assert [each.rule for each in found.findings] == (["perhaps_fraction"] if doubted else [])
