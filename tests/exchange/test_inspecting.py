"""What a file shows by itself: its form, its columns, and what a person has to be asked."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.inspection import Asked, FileSeen, Looks
from kvalitetsapp.errors import CancelledError, InputError
from kvalitetsapp.exchange.column_looks import DISTINCT
from kvalitetsapp.exchange.inspecting import inspect
from kvalitetsapp.progress import Progress
from support.examples import FOLDER
from support.workbooks import ods, xls, xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from kvalitetsapp.domain.inspection import ColumnSeen

FORMS: dict[str, Callable[..., bytes]] = {"xlsx": xlsx, "xls": xls, "ods": ods}


def look(folder: Path, content: bytes, **stated: str | int) -> FileSeen:
    path = folder / "fil.dat"
    path.write_bytes(content)
    return inspect(path, Progress(), **stated)  # type: ignore[arg-type]


def column(folder: Path, values: Sequence[str], name: str = "K") -> tuple[ColumnSeen, FileSeen]:
    lines = "".join(f'{i};"{value}"\n' for i, value in enumerate(values))
    seen = look(folder, f"Nr;{name}\n{lines}".encode())
    return seen.columns[1], seen


def asked(seen: FileSeen) -> list[tuple[Asked, str]]:
    return [(question.asked, question.column) for question in seen.questions]


@pytest.mark.parametrize("path", sorted((FOLDER / "county-exports").glob("*.csv")), ids=lambda path: path.stem)
def test_an_export_raises_no_question_but_that_of_the_days_that_are_none(path: Path) -> None:
    seen = inspect(path, Progress())
    assert seen.form == "csv"
    assert seen.encoding in {"utf-8", "cp1252"}
    assert (seen.delimiter, seen.header_row) == (";", 1)
    assert {(one.asked, one.choices) for one in seen.questions} <= {(Asked.NO_DATE_FORMAT, ("%Y%m%d",))}
    assert seen.rows > 0
    assert all(each.filled + each.blank == seen.rows for each in seen.columns)


def test_the_columns_of_an_export_look_like_what_they_are() -> None:
    seen = inspect(FOLDER / "county-exports" / "episodes_own.csv", Progress())
    looks = {each.header: each.looks for each in seen.columns}
    assert looks["Personnummer"] is Looks.PERSONAL_ID
    assert looks["In datum"] is looks["Åtgärdsdatum"] is Looks.DATE
    assert looks["Huvuddiagnos"] is Looks.DIAGNOSES
    assert looks["Åtgärd1"] is Looks.PROCEDURES
    assert looks["Kostnad"] is Looks.AMOUNT
    assert looks["Klinik"] is Looks.TEXT
    assert {each.header: each.date_formats for each in seen.columns}["Åtgärdsdatum"] == ("%Y%m%d",)
    assert {each.header: each.decimal for each in seen.columns}["Kostnad"] == ","


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_the_delimiter_is_the_one_that_divides_every_record(tmp_path: Path, sign: str) -> None:
    text = sign.join(("Id", "Namn", "Belopp")) + "\n" + f'1{sign}Alm & Ek{sign}"60000,50"\n' * 20 + "trasig\n"
    seen = look(tmp_path, text.encode())
    assert (seen.delimiter, seen.header, seen.rows) == (sign, ("Id", "Namn", "Belopp"), 21)
    assert seen.columns[2].looks is Looks.AMOUNT


def test_a_single_column_has_no_delimiter_to_find(tmp_path: Path) -> None:
    seen = look(tmp_path, b"Kod\nM169\nT845F\n")
    assert (seen.delimiter, seen.header, seen.rows) == (";", ("Kod",), 2)


def test_decimal_commas_do_not_pass_for_delimiters(tmp_path: Path) -> None:
    assert look(tmp_path, b"Id;A;B\n" + b"1;2,5;3,5\n" * 50).delimiter == ";"


@pytest.mark.parametrize(
    ("values", "formats"),
    [
        (["2024-03-31", "2024-02-29"], ("%Y-%m-%d",)),
        (["20240331", "", "20240229"], ("%Y%m%d",)),
        (["31/03/2024", "01/02/2024"], ("%d/%m/%Y",)),
        (["01/02/2024", "03/31/2024"], ("%m/%d/%Y",)),
        (["31.03.2024"], ("%d.%m.%Y",)),
        (["31-03-2024"], ("%d-%m-%Y",)),
        (["2024/03/31"], ("%Y/%m/%d",)),
        (["2024-03-31 08:15"], ("%Y-%m-%d %H:%M",)),
        (["2024-03-31 08:15:59"], ("%Y-%m-%d %H:%M:%S",)),
        (["2024-03-31T08:15:59"], ("%Y-%m-%dT%H:%M:%S",)),
        (["31/03/2024 08:15"], ("%d/%m/%Y %H:%M",)),
    ],
)
def test_dates_of_one_format_are_recognised(tmp_path: Path, values: list[str], formats: tuple[str, ...]) -> None:
    found, seen = column(tmp_path, values)
    assert (found.looks, found.date_formats) == (Looks.DATE, formats)
    assert not seen.questions


@pytest.mark.parametrize("sign", ["/", "-", "."])
def test_dates_that_read_both_ways_everywhere_are_asked_about(tmp_path: Path, sign: str) -> None:
    found, seen = column(tmp_path, [f"01{sign}02{sign}2024", f"12{sign}11{sign}2023"] * 50, "Född")
    both = (f"%d{sign}%m{sign}%Y", f"%m{sign}%d{sign}%Y")
    assert found.date_formats == both
    assert [(one.asked, one.column, one.choices) for one in seen.questions] == [(Asked.DATE_FORMAT, "Född", both)]


def test_one_date_far_down_decides_for_the_whole_column(tmp_path: Path) -> None:
    found, seen = column(tmp_path, ["01/02/2024"] * 30_000 + ["13/02/2024"])
    assert (found.date_formats, seen.questions) == (("%d/%m/%Y",), ())
    found, seen = column(tmp_path, ["13/02/2024"] * 30_000 + ["02/13/2024"])
    assert found.date_formats == ()
    assert asked(seen) == [(Asked.NO_DATE_FORMAT, "K")]


def test_dates_nearly_all_of_which_fit_are_asked_about_and_few_are_text(tmp_path: Path) -> None:
    found, seen = column(tmp_path, ["2024-03-31"] * 19 + ["okänt"])
    assert (found.looks, found.date_formats) == (Looks.DATE, ())
    assert [(one.asked, one.choices) for one in seen.questions] == [(Asked.NO_DATE_FORMAT, ("%Y-%m-%d",))]
    assert not column(tmp_path, ["2024-03-31"] * 5 + ["okänt"] * 5)[1].questions


@pytest.mark.parametrize("value", ["24-03-31", "31/03/24", "3/31/2024", "2024-02-30"])
def test_years_of_two_digits_and_the_like_are_not_guessed(tmp_path: Path, value: str) -> None:
    found, seen = column(tmp_path, [value, value])
    assert (found.looks, found.date_formats) == (Looks.TEXT, ())
    assert asked(seen) == [(Asked.NO_DATE_FORMAT, "K")]


def test_eight_digits_that_are_no_days_of_our_time_are_numbers(tmp_path: Path) -> None:
    assert column(tmp_path, ["10231231", "10230101"])[0].looks is Looks.WHOLE_NUMBER


def test_personal_numbers_are_told_from_dates_and_numbers(tmp_path: Path) -> None:
    found, seen = column(tmp_path, ["196812099874", "19400121-9833", "800718-9932"] * 5 + ["K2400121T1"])
    assert (found.looks, found.date_formats, seen.questions) == (Looks.PERSONAL_ID, (), ())


@pytest.mark.parametrize(
    ("values", "decimal", "questions"),
    [
        (["60000,50", "60\u00a0000"], ",", []),
        (["60000.50", "1"], ".", []),
        (["\u2212500", "-7"], "", []),
        (["1.234", "60000"], "", [Asked.DECIMAL]),
        (["1.234,50", "2.345,00"], "", [Asked.DECIMAL]),
        (["1,234", "2,5"], ",", [Asked.DECIMAL]),
    ],
)
def test_amounts_are_recognised_and_asked_about_where_they_read_two_ways(
    tmp_path: Path, values: list[str], decimal: str, questions: list[Asked]
) -> None:
    found, seen = column(tmp_path, values)
    assert found.looks in {Looks.AMOUNT, Looks.WHOLE_NUMBER}
    assert found.decimal == decimal
    assert [one.asked for one in seen.questions] == questions


@pytest.mark.parametrize("value", ["(500)", "NaN", "1e5", "60 000 kr"])
def test_what_is_no_amount_is_text(tmp_path: Path, value: str) -> None:
    assert column(tmp_path, [value])[0].looks is Looks.TEXT


def test_numbers_that_a_spreadsheet_has_damaged_are_counted(tmp_path: Path) -> None:
    found, _seen = column(tmp_path, ["1,97E+11"] * 3 + ["1.97e+11", "196812099874"])
    assert found.damaged_numbers == 4


def test_blanks_and_distinct_values_are_counted(tmp_path: Path) -> None:
    found, seen = column(tmp_path, ["a", "b", " a ", "", "  ", "a"])
    assert (found.filled, found.blank, found.distinct, found.values) == (4, 2, 2, (("a", 3), ("b", 1)))
    assert seen.preview[0] == (2, ("0", "a"))
    assert column(tmp_path, ["", ""])[0].looks is Looks.EMPTY


def test_a_column_of_many_values_is_judged_in_full_and_kept_in_part(tmp_path: Path) -> None:
    values = [f"{i:08d}" for i in range(60_000)]
    found, seen = column(tmp_path, [*values, "x"])
    assert (found.filled, found.distinct, found.looks) == (60_001, DISTINCT, Looks.WHOLE_NUMBER)
    assert len(seen.preview) == 50
    assert column(tmp_path, values)[0].looks is Looks.WHOLE_NUMBER


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("utf-8", "Åsa"), ("utf-8-sig", "Åsa"), ("utf-16", "Åsa"), ("cp1252", "åäö"), ("cp850", "åäö")],
)
def test_the_encoding_is_found(tmp_path: Path, encoding: str, text: str) -> None:
    seen = look(tmp_path, f"Id;Namn\n1;{text}\n".encode(encoding))
    assert seen.encoding == encoding.removesuffix("-sig")
    assert seen.columns[1].values[0][0] == text
    assert not seen.questions


def test_letters_that_fit_two_encodings_equally_are_asked_about(tmp_path: Path) -> None:
    content = b"Id;Namn\n1;\xd1and\n"
    seen = look(tmp_path, content)
    assert asked(seen) == [(Asked.ENCODING, "")]
    assert "cp1252" in seen.questions[0].choices
    stated = look(tmp_path, content, encoding="cp850")
    assert (stated.encoding, stated.questions) == ("cp850", ())


@pytest.mark.parametrize("form", FORMS)
def test_a_workbook_is_looked_through_with_its_titles_passed_by(tmp_path: Path, form: str) -> None:
    rows = [
        ("Uttag ur registret", None, None),
        ("Skapat", "2024-01-01", None),
        (),
        ("Nummer", "In", "Belopp"),
        (196812099874, date(2024, 5, 1), 1.5),
        (),
        (194001219833, datetime(2024, 5, 2, 8), 2),  # noqa: DTZ001
    ]
    seen = look(tmp_path, FORMS[form]({"Data": rows, "Dold": [("x",)], "Tomt": []}, hidden=["Dold"]))
    assert (seen.form, seen.sheet, seen.header_row, seen.rows) == (form, "Data", 4, 2)
    assert (seen.encoding, seen.delimiter) == ("", "")
    assert [(sheet.name, sheet.rows, sheet.hidden) for sheet in seen.sheets] == [
        ("Data", 7, False),
        ("Dold", 1, True),
        ("Tomt", 0, False),
    ]
    assert [each.looks for each in seen.columns] == [Looks.PERSONAL_ID, Looks.DATE, Looks.AMOUNT]
    assert seen.preview == ((5, ("196812099874", "2024-05-01", "1.5")), (7, ("194001219833", "2024-05-02", "2")))
    assert not seen.questions


@pytest.mark.parametrize("form", FORMS)
def test_date_cells_need_no_format_and_leave_the_question_to_the_texts(tmp_path: Path, form: str) -> None:
    seen = look(tmp_path, FORMS[form]({"Data": [("In",), (date(2024, 5, 31),), ("01/02/2024",)]}))
    assert asked(seen) == [(Asked.DATE_FORMAT, "In")]
    assert seen.columns[0].values == (("2024-05-31", 1), ("01/02/2024", 1))
    seen = look(tmp_path, FORMS[form]({"Data": [("In",), (date(2024, 5, 31),), ("31/01/2024",)]}))
    assert (seen.columns[0].date_formats, seen.questions) == (("%d/%m/%Y",), ())


@pytest.mark.parametrize("form", FORMS)
def test_which_sheet_is_meant_is_asked_where_several_hold_tables(tmp_path: Path, form: str) -> None:
    content = FORMS[form]({"Ett": [("a", "b"), (1, 2)], "Två": [("c",), (3,), (4,)]})
    seen = look(tmp_path, content)
    assert [(one.asked, one.choices) for one in seen.questions] == [(Asked.SHEET, ("Ett", "Två"))]
    assert (seen.sheet, seen.rows) == ("Ett", 1)
    stated = look(tmp_path, content, sheet="Två")
    assert (stated.header, stated.rows, stated.questions) == (("c",), 2, ())


def test_what_is_stated_is_not_worked_out(tmp_path: Path) -> None:
    content = "a,b;c\n1,2;3\nNamn,x;y\nÅsa,1;2\n".encode()
    seen = look(tmp_path, content, delimiter=";", header_row=3)
    assert (seen.header, seen.rows, seen.header_row) == (("Namn,x", "y"), 1, 3)
    assert look(tmp_path, content, delimiter=",").header == ("a", "b;c")


def test_titles_above_a_text_table_are_passed_by(tmp_path: Path) -> None:
    seen = look(tmp_path, b"Uttag 2024\n\nSkapat;2024-01-01\nId;Namn;Belopp\n1;a;2,5\n2;b;3,5\n")
    assert (seen.header_row, seen.header, seen.rows) == (4, ("Id", "Namn", "Belopp"), 2)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "tom"), (b"a;b;a\n1;2;3\n", "”a”"), (b"a;;b\n1;2;3\n", "kolumn 2"), (b'a;b\n1;"2\n', "stängs aldrig")],
)
def test_what_cannot_be_read_is_refused_as_an_import_refuses_it(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        look(tmp_path, content)


def test_cancel_is_heard(tmp_path: Path) -> None:
    path = tmp_path / "fil.csv"
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    progress = Progress()
    progress.cancel()
    with pytest.raises(CancelledError):
        inspect(path, progress)
