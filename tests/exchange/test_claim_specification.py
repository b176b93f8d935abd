"""The national claim specification: read like its table, refused where it may do harm or does not add up."""

from __future__ import annotations

import codecs
import hashlib
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.errors import CancelledError, InputError
from kvalitetsapp.exchange.forms import Form, form_of
from kvalitetsapp.exchange.opening import open_table
from kvalitetsapp.exchange.profiles import read_profile
from kvalitetsapp.progress import Progress
from support.reading import RESOURCES, read_file

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.exchange.reading import ReadFile

PROFILE = RESOURCES / "profiles" / "fakturaunderlag.toml"
MESSAGE = RESOURCES / "samples" / "fakturaunderlag.xml"
TEXT = MESSAGE.read_text(encoding="utf-8")


def read(path: Path) -> ReadFile:
    return read_file("episodes", path, PROFILE)


def written(folder: Path, text: str) -> Path:
    path = folder / "underlag.xml"
    path.write_text(text, encoding="utf-8")
    return path


def changed(folder: Path, old: str, new: str) -> Path:
    assert TEXT.count(old) >= 1
    return written(folder, TEXT.replace(old, new, 1))


def test_the_message_and_its_table_give_the_same_rows_but_for_their_numbers() -> None:
    message, table = read(MESSAGE), read(MESSAGE.with_suffix(".csv"))
    assert [row[1:] for row in message.rows] == [row[1:] for row in table.rows]
    assert [row[0] for row in message.rows] == [10, 20, 30]
    assert (message.read, message.rejects, message.findings) == (3, table.rejects, table.findings)
    assert message.sha256 == hashlib.sha256(MESSAGE.read_bytes()).hexdigest()


def test_an_envelope_another_prefix_and_another_encoding_change_nothing(tmp_path: Path) -> None:
    body = TEXT.split("-->", maxsplit=1)[1].replace("c:", "ns9:")
    text = f'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>{body}</s:Body></s:Envelope>'
    text = text.replace("xmlns:ns9", "xmlns:ns9").replace("xmlns:c=", "xmlns:ns9=")
    path = tmp_path / "kuvert.xml"
    path.write_bytes(codecs.BOM_UTF16_LE + text.encode("utf-16-le"))
    assert read(path).rows == read(MESSAGE).rows


def test_a_line_that_cannot_be_right_is_rejected_under_its_own_number(tmp_path: Path) -> None:
    found = read(changed(tmp_path, "<c:careVisitDate>20240315", "<c:careVisitDate>20240231"))
    assert [(each.row, each.column, each.value) for each in found.rejects] == [(20, "admitted", "20240231")]
    assert [row[0] for row in found.rows] == [10, 30]


def test_a_stay_without_discharge_is_rejected_and_no_day_is_guessed(tmp_path: Path) -> None:
    found = read(changed(tmp_path, "<c:careDischargeDate>20240203</c:careDischargeDate>", ""))
    assert [(each.row, each.column, each.code) for each in found.rejects] == [(10, "discharged", "missing")]


def test_amounts_of_xml_with_more_zeros_are_no_ambiguity(tmp_path: Path) -> None:
    text = TEXT.replace("58000.00", "58000.000").replace("119200.50", "119200.5")
    assert read(written(tmp_path, text)).rows == read(MESSAGE).rows


@pytest.mark.parametrize(
    "beginning",
    [
        '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/r.dtd">',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        "<!DOCTYPE r>",
    ],
)
def test_a_document_type_is_refused_whatever_it_holds(beginning: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="DTD"):
        read(changed(tmp_path, "?>\n", f"?>\n{beginning}\n"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<c:amount>119200.50", "<c:amount>119202.00", r"119.200,50.kr netto.*119.202,00.kr"),
        ("<c:amount>60000.50", "<c:amount>50000.50", r"rad 10 .*60.000,50.kr.*50.000,50.kr"),
        ("<c:lineId>20", "<c:lineId>10", "”10”"),
        ("<c:lineId>20", "<c:lineId>tjugo", "tjugo"),
        ("<c:code>SEK", "<c:code>EUR", "EUR"),
        ("1200.00</c:amount><c:currency><c:code>SEK", "1200.00</c:amount><c:currency><c:code>NOK", "NOK"),
        ("<c:amount>1200.00", "<c:amount>1e3x", "1e3x.*rad 20"),
        ("<c:typeOfInvoice>380", "<c:typeOfInvoice>381", "kreditnota"),
        ("<c:id>ZVF55600000352405000001</c:id>", "", "saknar id"),
        ("</r:claimSpecification>", "", r"rad \d+, tecken \d+"),
        ("UTF-8", "ebcdic-påhittad", "XML|teckenkodning"),
    ],
)
def test_a_message_that_does_not_add_up_is_refused_whole(old: str, new: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=said):
        read(changed(tmp_path, old, new))


def test_a_payable_amount_within_one_krona_is_rounding(tmp_path: Path) -> None:
    assert len(read(changed(tmp_path, "<c:amount>119200.50", "<c:amount>119201.00")).rows) == 3


def test_another_document_is_no_claim_specification(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="ProcessClaimSpecification"):
        read(written(tmp_path, "<?xml version='1.0'?><Invoice><id>1</id></Invoice>"))


@pytest.mark.parametrize("row", ["381;-/-", "380;4/-"])
def test_a_credit_or_an_unknown_agreement_in_the_table_is_rejected(row: str, tmp_path: Path) -> None:
    lines = MESSAGE.with_suffix(".csv").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "underlag.csv"
    path.write_text("\n".join([lines[0], lines[2].replace("380;-/-", row)]) + "\n", encoding="utf-8")
    found = read(path)
    assert [(each.row, each.column, each.code) for each in found.rejects] == [(2, "payer_route", "not_in_list")]


def test_many_lines_are_read_in_batches_and_can_be_cancelled(tmp_path: Path) -> None:
    start, end = TEXT.index("<c:healthCareServices"), TEXT.index("</r:claimSpecification>")
    closing = "</c:healthCareServicesSpecificationLine>"
    first = TEXT[start : TEXT.index(closing) + len(closing)]
    lines = "".join(
        first.replace("<c:lineId>10<", f"<c:lineId>{2 * n + 1}<").replace("<c:lineId>20<", f"<c:lineId>{2 * n + 2}<")
        for n in range(300)
    )
    text = (TEXT[:start] + lines + TEXT[end:]).replace("119200.50", f"{300 * 61200.5:.2f}")
    path = written(tmp_path, text)
    told: list[tuple[int, int]] = []
    with open_table(path, read_profile(PROFILE), Progress(lambda *step: told.append(step[:2]))) as table:
        batches = list(table.batches(Progress()))
    assert [len(batch.records) for batch in batches] == [250, 250, 100]
    assert told
    progress = Progress()
    progress.cancel()
    with pytest.raises(CancelledError), open_table(path, read_profile(PROFILE), progress):
        pass


@pytest.mark.parametrize("beginning", [b"<?xml", b"\xef\xbb\xbf<a>", b"\xff\xfe<\0?\0", b"\n <a/>"])
def test_xml_is_known_by_its_first_bytes(beginning: bytes) -> None:
    assert form_of(BytesIO(beginning), "fil") is Form.XML
    assert form_of(BytesIO(b"source;" + beginning), "fil") is Form.CSV
