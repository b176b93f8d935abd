"""Files that cannot be read at all: one Swedish sentence that says where and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.errors import InputError
from support.reading import read_episodes, read_file, read_text, records

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "provider_id;name;kind;county\n"
GOOD = "P1;Åsa & Co;own;23\n"


def refusal(folder: Path, content: bytes, kind: str = "providers") -> str:
    path = folder / "fil.csv"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_file(kind, path)
    assert "fil.csv" in caught.value.message
    return caught.value.message


def test_a_header_alone_is_a_file_without_rows(tmp_path: Path) -> None:
    found = read_text(tmp_path, "providers", HEAD)
    assert (found.read, found.rows, found.rejects) == (0, [], [])
    assert read_text(tmp_path, "providers", HEAD.strip()).read == 0


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n", b" \r\n\r\n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    assert "tom" in refusal(tmp_path, content)


def test_a_missing_header_row_is_refused(tmp_path: Path) -> None:
    assert "rubrikrad" in refusal(tmp_path, b"\n" + HEAD.encode())


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    found = read_text(tmp_path, "providers", HEAD + GOOD, encoding="utf-8-sig")
    assert records(found)[0]["name"] == "Åsa & Co"
    assert not found.unknown_columns


def test_cp1252_said_to_be_the_standard_profile_is_refused_with_its_row(tmp_path: Path) -> None:
    good = "P0;Alm;own;23\n" * 700
    message = refusal(tmp_path, (HEAD + good + GOOD).encode("cp1252"))
    assert "UTF-8" in message
    assert "rad 702" in message


def test_a_broken_utf_8_header_is_refused_on_row_1(tmp_path: Path) -> None:
    assert "rad 1" in refusal(tmp_path, "provider_id;name;kind;Län\n".encode("cp1252"))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_said_to_be_csv_is_refused_by_name(tmp_path: Path, encoding: str) -> None:
    assert "UTF-16" in refusal(tmp_path, (HEAD + GOOD).encode(encoding))


def test_a_nul_byte_is_refused_with_its_place(tmp_path: Path) -> None:
    message = refusal(tmp_path, HEAD.encode() + b"P1;A\0;own;23\n")
    assert "NUL" in message
    assert str(len(HEAD) + 5) in message


def test_the_beginning_of_a_workbook_is_refused(tmp_path: Path) -> None:
    assert "avkortad" in refusal(tmp_path, b"PK\x03\x04\x14\0\x06\0")


@pytest.mark.parametrize("rows", [1, 1200])
def test_a_quote_that_is_never_closed_is_refused_with_the_row_where_it_opens(tmp_path: Path, rows: int) -> None:
    body = GOOD * rows + 'P2;"Avd "" 12;own;23\n' + GOOD * 3
    message = refusal(tmp_path, (HEAD + body).encode())
    assert f"rad {rows + 2} " in message
    assert "stängs aldrig" in message


def test_a_field_of_ten_megabytes_is_refused_with_its_row(tmp_path: Path) -> None:
    assert "rad 3 " in refusal(tmp_path, (HEAD + GOOD + f'P2;"{"a" * 10_000_000}";own;23\n').encode())


def test_a_quote_in_the_wrong_place_is_refused_with_its_row(tmp_path: Path) -> None:
    message = refusal(tmp_path, (HEAD + GOOD + 'P2;"Led" avd;own;23\n').encode())
    assert "rad 3 " in message
    assert "citattecknen" in message


def test_quotes_inside_a_field_and_line_breaks_in_quotes_are_data(tmp_path: Path) -> None:
    found = read_text(tmp_path, "providers", HEAD + 'P1;"Två\nrader; ""ett""";own;\nP2;Mottagning "Led";own;\n')
    assert [(row["row"], row["name"]) for row in records(found)] == [
        (2, 'Två\nrader; "ett"'),
        (3, 'Mottagning "Led"'),
    ]


def test_rows_with_too_many_or_too_few_fields_are_rejected_one_by_one(tmp_path: Path) -> None:
    found = read_text(tmp_path, "providers", HEAD + GOOD + "P2;B;own\nP3;C;own;;\n" + GOOD + "P4;D;kanske;\n")
    assert [(each.row, each.code) for each in found.rejects] == [(3, "ragged"), (4, "ragged"), (6, "not_in_list")]
    assert "3 fält" in found.rejects[0].reason
    assert "5 fält" in found.rejects[1].reason
    assert [row[0] for row in found.rows] == [2, 5]
    assert found.read == 5


def test_a_file_of_ragged_rows_only_is_read(tmp_path: Path) -> None:
    found = read_text(tmp_path, "providers", HEAD + "P2;B\nP3\n")
    assert (found.read, len(found.rejects)) == (2, 2)


def test_an_empty_line_is_no_row_but_counts_as_one_in_a_spreadsheet(tmp_path: Path) -> None:
    found = read_text(tmp_path, "providers", HEAD + "\n" + GOOD + "\n\n" + GOOD + "\n")
    assert [row[0] for row in found.rows] == [3, 6]
    assert found.read == 2


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_every_line_ending_is_read(tmp_path: Path, ending: str) -> None:
    found = read_text(tmp_path, "providers", (HEAD + GOOD + GOOD).replace("\n", ending))
    assert [row[0] for row in found.rows] == [2, 3]


def test_a_header_twice_is_refused_by_name(tmp_path: Path) -> None:
    assert "”name”" in refusal(tmp_path, b"provider_id;name;kind;name\n")


def test_a_blank_header_is_refused_by_place(tmp_path: Path) -> None:
    assert "kolumn 3 " in refusal(tmp_path, b"provider_id;name; ;kind\n")


def test_missing_required_columns_are_named(tmp_path: Path) -> None:
    message = refusal(tmp_path, b"provider_id;county;email\nP1;23;\n")
    assert "”name”, ”kind”" in message
    assert "”county”" not in message


@pytest.mark.parametrize(("sign", "shown"), [(",", "”,”"), ("\t", "tabb")])
def test_another_delimiter_is_recognised_and_named(tmp_path: Path, sign: str, shown: str) -> None:
    assert shown in refusal(tmp_path, HEAD.replace(";", sign).encode())


def test_unknown_columns_are_reported_once_not_per_row(tmp_path: Path) -> None:
    found = read_text(tmp_path, "providers", "x;provider_id;name;kind;ÿ\n" + "1;P1;A;own;2\n" * 5)
    assert found.unknown_columns == ("x", "ÿ")
    assert [(each.row, each.rule, each.column) for each in found.findings] == [
        (1, "unknown_column", "x"),
        (1, "unknown_column", "ÿ"),
    ]
    assert len(found.rows) == 5


def test_ten_thousand_columns_are_read(tmp_path: Path) -> None:
    more = [f"x{i}" for i in range(10_000)]
    text = ";".join(["provider_id", "name", "kind", *more]) + "\n" + ";".join(["P1", "A", "own", *more]) + "\n"
    found = read_text(tmp_path, "providers", text)
    assert (len(found.rows), len(found.unknown_columns)) == (1, 10_000)


def test_a_file_that_is_not_there_or_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="finns inte"):
        read_file("providers", tmp_path / "borta.csv")
    with pytest.raises(InputError, match="mapp"):
        read_file("providers", tmp_path)


def test_the_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    import hashlib

    found = read_text(tmp_path, "providers", HEAD + GOOD, encoding="utf-8-sig")
    assert found.sha256 == hashlib.sha256((HEAD + GOOD).encode("utf-8-sig")).hexdigest()
    assert (found.encoding, found.delimiter, found.profile_name) == ("utf-8", ";", "standard")


@pytest.mark.parametrize("rows", [8191, 8192, 8193, 65_536])
def test_every_row_is_read_however_many_there_are(tmp_path: Path, rows: int) -> None:
    found = read_text(tmp_path, "providers", HEAD + "".join(f"P{i};Alm;own;\n" for i in range(rows)))
    assert (found.read, len(found.rows), found.rows[-1][0]) == (rows, rows, rows + 1)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("60\u00a0000,50", ""),
        ("60\u202f000", ""),
        ("\u2212500", "negative_amount"),
        ("(500)", "bad_amount"),
        ("1.234", "ambiguous_amount"),
        ("NaN", "bad_amount"),
        ("1e5", "bad_amount"),
        ("1,97E+11", "bad_amount"),
    ],
)
def test_an_amount_is_read_exactly_or_rejected_with_its_row(tmp_path: Path, text: str, code: str) -> None:
    found = read_episodes(tmp_path, {}, {"cost": text})
    assert [(each.row, each.column, each.value, each.code) for each in found.rejects] == (
        [(3, "cost", text, code)] if code else []
    )


def test_a_number_that_a_spreadsheet_damaged_is_rejected_with_its_row(tmp_path: Path) -> None:
    found = read_episodes(tmp_path, {}, {"personal_id": "1,97E+11"})
    assert [(each.row, each.column, each.code) for each in found.rejects] == [(3, "personal_id", "identity_as_number")]


def test_dates_of_another_format_are_rejected_row_by_row_never_read_the_other_way(tmp_path: Path) -> None:
    profile = """kind = "persons"\ndate_format = "%d/%m/%Y"\n[columns]\npersonal_id = "Nr"\nbirth_date = "Född"\n"""
    found = read_text(
        tmp_path, "persons", "Nr;Född\n196812099874;09/12/1968\n196812099874;12/31/1968\n", profile=profile
    )
    assert [row["birth_date"] for row in records(found)] == ["1968-12-09"]
    assert [(each.row, each.code) for each in found.rejects] == [(3, "bad_date")]


def test_utf_16_said_so_is_read(tmp_path: Path) -> None:
    profile = """kind = "providers"\nencoding = "utf-16"\n[columns]\nprovider_id = "provider_id"
name = "name"\nkind = "kind"\n"""
    found = read_text(tmp_path, "providers", HEAD + GOOD, encoding="utf-16", profile=profile)
    assert [row["name"] for row in records(found)] == ["Åsa & Co"]


@pytest.mark.parametrize("key", ["1,23457E+11", "1.23456789012346E+16", "########", "#VÄRDEFEL!", "#N/A", "#REF!"])
def test_an_id_that_a_spreadsheet_made_a_number_or_an_error_is_rejected(tmp_path: Path, key: str) -> None:
    found = read_episodes(tmp_path, {}, {"episode_id": key}, {"episode_id": "E+hb 7"}, {"episode_id": "#7"})
    assert [(each.row, each.column, each.value, each.code) for each in found.rejects] == [
        (3, "episode_id", key, "damaged_key")
    ]
    assert len(found.rows) == 3


def test_empty_columns_behind_the_last_header_are_passed_by_and_a_value_there_rejects_its_row(tmp_path: Path) -> None:
    text = "provider_id;name;kind;;\nP01;A;private;;\nP02;B;private;; \nP03;C;private;;obs\nP04;D;private\n"
    found = read_text(tmp_path, "providers", text)
    assert [row["provider_id"] for row in records(found)] == ["P01", "P02", "P04"]
    assert [(each.row, each.code) for each in found.rejects] == [(4, "ragged")]
    assert found.read == 4


def test_a_file_without_headers_is_refused_without_telling_whose_rows_it_holds(tmp_path: Path) -> None:
    told = refusal(tmp_path, b"196812099874;bok;196812099874\n", "episodes")
    assert "mer än en gång" in told
    assert "9874" not in told
