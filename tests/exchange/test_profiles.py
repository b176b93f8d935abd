from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange.profiles import read_profile
from support.examples import FOLDER
from support.reading import read_file, read_text, records

if TYPE_CHECKING:
    from pathlib import Path

PROFILE = """
kind = "episodes"
encoding = "cp1252"
date_format = "%Y%m%d"
[constants]
source = "cosmic"
payer_route = "own"
admitted = 2020-05-01
[columns]
episode_id = "Id"
personal_id = "Personnummer"
provider_id = ["Sjukhus", "Klinik"]
care_form = "Vårdform"
discharged = "Ut datum"
other_diagnoses = ["Bi1", "Bi2"]
procedures = ["Åtg1", "Åtg2"]
cost = "Kostnad"
[values.care_form]
"S" = "inpatient"
"Ö" = "outpatient"
"X" = ""
[values.provider_id]
"Östersund Ortopedi" = "OSD"
[values.procedures]
"höft" = "NFB49"
"""
HEAD = "Id;Personnummer;Sjukhus;Klinik;Vårdform;Ut datum;Bi1;Bi2;Åtg1;Åtg2;Kostnad;Övrigt\n"


def export(*rows: str) -> str:
    return HEAD + "\n".join(rows) + "\n"


def test_an_export_becomes_the_same_as_the_standard_profile_gives(tmp_path: Path) -> None:
    found = read_text(
        tmp_path,
        "episodes",
        export("7;19681209-9874;Östersund;Ortopedi;Ö;20200504;m16.9;T84.5F;zxa00;höft;60\u00a0000,50;x"),
        encoding="cp1252",
        profile=PROFILE,
    )
    (row,) = records(found)
    assert row["row"] == 2
    assert (row["source"], row["payer_route"], row["provider_id"]) == ("cosmic", "own", "OSD")
    assert (row["care_form"], row["admitted"], row["discharged"]) == ("outpatient", "2020-05-01", "2020-05-04")
    assert (row["other_diagnoses"], row["other_diagnoses_delivered"]) == ("M169 T845F", "m16.9 T84.5F")
    assert (row["procedures"], row["procedures_delivered"]) == ("ZXA00 NFB49", "zxa00 höft")
    assert (row["cost"], row["price"], row["unit"]) == (6_000_050, None, None)
    assert (found.profile_name, found.encoding, found.unknown_columns) == ("profil", "cp1252", ("Övrigt",))


def test_a_value_in_no_table_is_taken_as_it_is_and_rejects_show_what_was_delivered(tmp_path: Path) -> None:
    rows = [
        f"{place};196812099874;P01;;{form};20200504;;;;;{cost};"
        for place, (form, cost) in enumerate([("inpatient", "1"), ("Q", "1"), ("X", "1"), ("S", "60.000")])
    ]
    found = read_text(tmp_path, "episodes", export(*rows), encoding="cp1252", profile=PROFILE)
    assert [(row["provider_id"], row["care_form"]) for row in records(found)] == [("P01", "inpatient")]
    assert [(each.row, each.column, each.value, each.code) for each in found.rejects] == [
        (3, "care_form", "Q", "not_in_list"),
        (4, "care_form", "X", "missing"),
        (5, "cost", "60.000", "ambiguous_amount"),
    ]


def test_the_reason_names_the_stated_date_format(tmp_path: Path) -> None:
    row = "7;196812099874;P01;;S;2020-05-04;;;;;;"
    found = read_text(tmp_path, "episodes", export(row), encoding="cp1252", profile=PROFILE)
    assert [each.code for each in found.rejects] == ["bad_date"]
    assert "ÅÅÅÅMMDD" in found.rejects[0].reason


def test_columns_that_the_profile_names_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"”Åtg2”, ”Kostnad”.*profil"):
        read_text(tmp_path, "episodes", HEAD.replace(";Åtg2;Kostnad", ""), encoding="cp1252", profile=PROFILE)


def test_a_profile_for_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"episodes.*persons"):
        read_text(tmp_path, "persons", HEAD, encoding="cp1252", profile=PROFILE)


def test_utf_8_said_to_be_cp1252_is_refused_instead_of_read_as_nonsense(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="UTF-8"):
        read_text(tmp_path, "episodes", HEAD, encoding="utf-8", profile=PROFILE)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "cp850", "mac-roman"])
@pytest.mark.parametrize("name", ["persons", "verdicts", "episodes_bought", "episodes_late_own", "providers"])
def test_auto_finds_the_encoding_of_a_swedish_export(tmp_path: Path, encoding: str, name: str) -> None:
    source = FOLDER / "county-exports" / f"{name}.csv"
    toml = source.with_suffix(".toml").read_text(encoding="utf-8").replace('"cp1252"', '"auto"')
    kind = name.split("_", maxsplit=1)[0]
    text = source.read_bytes().decode("cp1252")
    found = read_text(tmp_path, kind, text, encoding=encoding, profile=toml)
    assert found.rows == read_file(kind, source, source.with_suffix(".toml")).rows
    assert found.encoding == encoding.removesuffix("-sig")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "episodes"', 'kind = "episoder"', "episoder"),
        ('kind = "episodes"', 'kind = "agreements"', "agreements"),
        ('kind = "episodes"\n', "", "kind"),
        ('encoding = "cp1252"', 'encoding = "cp1255"', "cp1255"),
        ('encoding = "cp1252"', 'encoding = "utf-7"', "utf-7"),
        ('encoding = "cp1252"', "encoding = 1252", "1252"),
        ('"%Y%m%d"', '"%y%m%d"', "%y%m%d"),
        ('"%Y%m%d"', '"ÅÅÅÅMMDD"', "ÅÅÅÅMMDD"),
        ('encoding = "cp1252"', 'delimiter = ";;"', ";;"),
        ('encoding = "cp1252"', 'decimal = "komma"', "komma"),
        ('encoding = "cp1252"', 'teckenkod = "cp1252"', "teckenkod"),
        ('episode_id = "Id"', 'episod = "Id"', "episod"),
        ('episode_id = "Id"\n', "", "”episode_id” saknas"),
        ('episode_id = "Id"', 'episode_id = "Id"\nsource = "K"', "”source” står både"),
        ('episode_id = "Id"', "episode_id = 7", "episode_id"),
        ('episode_id = "Id"', "episode_id = []", "episode_id"),
        ('source = "cosmic"', 'kalla = "cosmic"', "kalla"),
        ('source = "cosmic"', "source = true", "source"),
        ("[values.care_form]", "[values.vårdform]".replace("å", "a"), "vardform"),
        ('"S" = "inpatient"', '"S" = 1', "care_form"),
        ('kind = "episodes"', "kind = episodes", "TOML"),
        ('kind = "episodes"', 'kind = "episodes"\ntitle = 7', "title"),
        ('kind = "episodes"', 'kind = "episodes"\nsheet = 1', "sheet"),
        ('kind = "episodes"', 'kind = "episodes"\nheader_row = 0', "header_row"),
        ('kind = "episodes"', 'kind = "episodes"\nheader_row = "4"', "header_row"),
        ('kind = "episodes"', 'kind = "episodes"\nheader_row = true', "header_row"),
        ('kind = "episodes"', 'kind = "episodes"\nheader_row = 1001', "1000"),
        ('kind = "episodes"', 'kind = "episodes"\noptional = "drg"', "optional"),
        ('kind = "episodes"', 'kind = "episodes"\noptional = ["Sjukhus"]', "”Sjukhus”"),
        ("[constants]", "[prefixes]\nepisode_id = 7\n[constants]", "prefixes"),
        ("[constants]", '[prefixes]\nkalla = "x"\n[constants]', "kalla"),
        ("[constants]", '[date_formats]\nadmitted = "%d/%m"\n[constants]', "%d/%m"),
        ("[constants]", '[date_formats]\nin = "%Y%m%d"\n[constants]', "”in”"),
        ('episode_id = "Id"', 'episode_id = "Id"\nepisode_id = "Id"', "TOML"),
        ("[constants]", '[parts]\nunit = "sista"\n[constants]', "”sista”"),
        ("[constants]", '[wide]\nheaders = ["År"]\nnumber = "år"\nvalue = "antal"\n[constants]', "[wide]"),
        ("[constants]", '[wide]\nheaders = []\nnumber = "år"\nvalue = "antal"\n[constants]', "[wide]"),
        ("[constants]", '[wide]\nheaders = ["#", 7]\nnumber = "år"\nvalue = "n"\n[constants]', "[wide]"),
        ("[constants]", '[wide]\nheaders = ["#"]\nnumber = "år"\n[constants]', "[wide]"),
    ],
)
def test_a_profile_that_cannot_be_right_is_refused_with_what_is_wrong(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in PROFILE
    path = tmp_path / "profil.toml"
    path.write_text(PROFILE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_profile(path)
    assert "profil.toml" in caught.value.message
    assert said in caught.value.message


def test_a_profile_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "profil.toml"
    path.write_bytes(PROFILE.encode("cp1252"))
    with pytest.raises(InputError, match="UTF-8"):
        read_profile(path)


def test_headers_match_whatever_way_their_letters_are_composed(tmp_path: Path) -> None:
    from unicodedata import normalize

    row = "7;196812099874;P01;;S;20200504;;;;;;"
    profile = PROFILE.replace("cp1252", "utf-8")
    found = read_text(tmp_path, "episodes", normalize("NFD", HEAD) + row + "\n", profile=profile)
    assert len(found.rows) == 1


def test_a_title_is_kept_for_the_reader(tmp_path: Path) -> None:
    path = tmp_path / "profil.toml"
    path.write_text('title = "Årsuttag"\nsheet = "Data"\nheader_row = 4\n' + PROFILE, encoding="utf-8")
    found = read_profile(path)
    assert (found.title, found.sheet, found.header_row) == ("Årsuttag", "Data", 4)
    path.write_text(PROFILE, encoding="utf-8")
    found = read_profile(path)
    assert (found.title, found.sheet, found.header_row) == ("", "", 1)


def test_a_column_may_have_a_date_format_of_its_own(tmp_path: Path) -> None:
    profile = PROFILE.replace("[constants]", '[date_formats]\nprocedure_date = "%d/%m/%Y"\n[constants]', 1)
    profile = profile.replace('cost = "Kostnad"', 'cost = "Kostnad"\nprocedure_date = "Övrigt"')
    rows = [f"7;196812099874;P01;;S;20200504;;;;;;{day}" for day in ("03/05/2020", "20200503", "")]
    found = read_text(tmp_path, "episodes", export(*rows), encoding="cp1252", profile=profile)
    assert [row["procedure_date"] for row in records(found)] == ["2020-05-03", None]
    assert [(each.row, each.column) for each in found.rejects] == [(3, "procedure_date")]
    assert "DD/MM/ÅÅÅÅ" in found.rejects[0].reason


def test_a_prefix_is_put_before_every_value_but_none(tmp_path: Path) -> None:
    profile = PROFILE.replace("[constants]", '[prefixes]\nepisode_id = "2020-"\ndrg = "D"\n[constants]', 1)
    profile = profile.replace('cost = "Kostnad"', 'cost = "Kostnad"\ndrg = "Övrigt"')
    rows = ["7;196812099874;P01;;S;20200504;;;;;;", " ;196812099874;P01;;S;20200504;;;;;;12"]
    found = read_text(tmp_path, "episodes", export(*rows), encoding="cp1252", profile=profile)
    assert [(row["episode_id"], row["drg"]) for row in records(found)] == [("2020-7", None)]
    assert [(each.row, each.column, each.code) for each in found.rejects] == [(3, "episode_id", "missing")]


def test_a_column_that_is_optional_may_be_lacking_and_others_may_not(tmp_path: Path) -> None:
    row = "7;196812099874;P01;;S;20200504;;;;;"
    head = HEAD.replace(";Kostnad", "")
    profile = PROFILE.replace("[constants]", 'optional = ["cost"]\n[constants]', 1)
    found = read_text(tmp_path, "episodes", head + row + "\n", encoding="cp1252", profile=profile)
    assert [record["cost"] for record in records(found)] == [None]
    with pytest.raises(InputError, match="Kostnad"):
        read_text(tmp_path, "episodes", head, encoding="cp1252", profile=PROFILE)
    with pytest.raises(InputError, match="Åtg2"):
        read_text(tmp_path, "episodes", head.replace(";Åtg2", ""), encoding="cp1252", profile=profile)


def test_a_header_that_ends_with_a_sign_stands_for_all_with_a_number_in_their_order(tmp_path: Path) -> None:
    profile = PROFILE.replace('["Åtg1", "Åtg2"]', '"Åtg#"').replace('["Bi1", "Bi2"]', '["Bi#"]')
    head = HEAD.replace("Bi1;Bi2;Åtg1;Åtg2", "Bi2;Åtg10;Åtg2;Åtg1;Åtgärd;Åtg1b")
    row = "7;196812099874;P01;;S;20200504;E119;TNF10;ZXA00;NFB49;x;y;;"
    found = read_text(tmp_path, "episodes", head + row + "\n", encoding="cp1252", profile=profile)
    assert [(one["procedures"], one["other_diagnoses"]) for one in records(found)] == [("NFB49 ZXA00 TNF10", "E119")]
    assert found.unknown_columns == ("Åtgärd", "Åtg1b", "Övrigt")
    with pytest.raises(InputError, match="”Åtg#”"):
        read_text(tmp_path, "episodes", HEAD.replace("Åtg", "Op"), encoding="cp1252", profile=profile)
