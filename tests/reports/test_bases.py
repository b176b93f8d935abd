"""Bases, credit notes, specifications and reminders on paper: what they say, word for word, the same bytes again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from kvalitetsapp.domain.basis import Address
from kvalitetsapp.domain.reminder_letter import ReminderLetter
from kvalitetsapp.reports import claim_basis, claim_specification, reminder, sheet, styles
from support import made_documents, pdf

if TYPE_CHECKING:
    from collections.abc import Callable

INVOICE, CREDIT = made_documents.invoice(), made_documents.credit_note()
REMINDER = ReminderLetter(
    made_documents.NUMBER,
    "90012345",
    made_documents.ISSUER,
    made_documents.RECEIVER,
    date(2026, 5, 4),
    date(2026, 6, 3),
    20_000_000,
    19_000_000,
    date(2026, 6, 4),
    date(2026, 6, 14),
    2,
)
MAKERS: dict[str, Callable[[], bytes]] = {
    "invoice": lambda: claim_basis.build(INVOICE, sample=False),
    "credit": lambda: claim_basis.build(CREDIT, sample=False),
    "specification": lambda: claim_specification.build(INVOICE, made_documents.specification(INVOICE), sample=False),
    "specified_credit": lambda: claim_specification.build(CREDIT, made_documents.specification(CREDIT), sample=False),
    "reminder": lambda: reminder.build(REMINDER, sample=False),
}
ISSUER_AND_RECEIVER = (
    "Utställare Region Exempel Exempelgatan 1 Ekonomi 831 31 Östersund Organisationsnummer 232100-9991 "
    "Momsregistreringsnummer SE232100999101 Godkänd för F-skatt HSA-id SE2321009991-E000000000001 Ekonomiservice "
    "063-000 00 00, ekonomi@exempel.se Mottagare Fjällkliniken AB Vårdvägen 3 111 22 Stockholm "
    "Organisationsnummer 556999-9997 faktura@exempel.se"
)
VAT = "Undantagen från moms. Sjukvård, undantagen från moms enligt 10 kap. 6 § mervärdesskattelagen (2023:200)"
GOLDEN = {
    "invoice": (
        "Fakturaunderlag ZVF23210099912605000001 2026-05-04 Region ExempelSida 1 av 1 "
        "Fakturaunderlag ZVF23210099912605000001 "
        f"{ISSUER_AND_RECEIVER} Datum 2026-05-04 Köparens referens REF-4711 Förfallodag 2026-06-03 "
        "Vård under 2026-02 till 2026-04 Bankgiro 991-2346 Avtal Vårdval höft och knä Rad Text Belopp "
        "1 Vård efter komplikation, krav K-2026-00012 rad 1 82 712,37 kr "
        "2 Vård efter komplikation, krav K-2026-00012 rad 2 117 287,63 kr "
        f"Moms: 0,00 kr Att betala: 200 000,00 kr {VAT} Ange ZVF23210099912605000001 vid betalning. "
        "Underlaget innehåller inga patientuppgifter. Vad varje rad gäller står i specifikationen, som lämnas för sig "
        "i en krypterad fil: ZVF23210099912605000001-specifikation.pdf."
    ),
    "credit": (
        "Kreditunderlag ZVF23210099912606000002 2026-06-01 Region ExempelSida 1 av 1 "
        "Kreditunderlag ZVF23210099912606000002 "
        f"{ISSUER_AND_RECEIVER} Datum 2026-06-01 Köparens referens REF-4711 Vård under 2026-02 till 2026-04 "
        "Krediterar ZVF23210099912605000001 av den 2026-05-04 Avtal Vårdval höft och knä "
        "Rad Krediterar rad Text Skäl Belopp 1 1 Vård efter komplikation, krav K-2026-00012 rad 1 "
        "2 Fel pris. Priset avsåg fel år 10 000,50 kr "
        f"Moms: 0,00 kr Att kreditera: 10 000,50 kr {VAT} "
        "Underlaget innehåller inga patientuppgifter. Vad varje rad gäller står i specifikationen, som lämnas för sig "
        "i en krypterad fil: ZVF23210099912606000002-specifikation.pdf."
    ),
    "reminder": (
        "Betalningspåminnelse ZVF23210099912605000001 2026-06-04 Region ExempelSida 1 av 1 Betalningspåminnelse "
        "Från Region Exempel Exempelgatan 1 Ekonomi 831 31 Östersund Till Fjällkliniken AB Vårdvägen 3 "
        "111 22 Stockholm Vi har inte fått full betalning för underlaget nedan. Det förföll för 1 dag sedan. "
        "Underlag ZVF23210099912605000001 Fakturanummer 90012345 Utställt 2026-05-04 Förfallodag 2026-06-03 "
        "Påminnelse nr 2 Underlagets belopp 200 000,00 kr Betalt, krediterat eller undantaget 10 000,00 kr "
        "Betalas senast 2026-06-14 Bankgiro 991-2346 "
        "Kvar att betala: 190 000,00 kr Har ni redan betalat? Då kan ni bortse från påminnelsen."
    ),
}
LINE_OF_SPECIFICATION = (
    "Rad 1 · krav K-2026-00012 rad 1 Personnummer 19681209-9874 "
    "Vårdenhet Egna kliniken, Ortopeden, avdelning 4 Opererad 2025-11-03, Höft, höger "
    "HSA-id SE2321009991-E000000000042 Händelse 2026-02-12, dag 101 In – ut 2026-02-11 – 2026-02-19 "
    "Komplikation Infektion Vårdform 02 Slutenvård Granskning Bekräftad Huvuddiagnos T845 Samband Säkert samband "
    "DRG H05C Granskad Bo Granskare, 2026-03-14 Åtgärder NFC49 NFS19 ZXA00 "
    "Kostnadsgrund Källa Prisår Brutto Självrisk Annat avdrag Netto "
    "KPP KPP 2026 2026 87 712,37 kr −1 800,00 kr −3 200,00 kr 82 712,37 kr"
)


def words(content: bytes) -> str:
    return " ".join(pdf.read(content).text.replace("\u00a0", " ").split())


@pytest.mark.parametrize("name", GOLDEN)
def test_a_document_says_exactly_this(name: str) -> None:
    assert words(MAKERS[name]()) == GOLDEN[name]


def test_a_line_of_the_specification_says_exactly_this() -> None:
    told = words(MAKERS["specification"]())
    assert LINE_OF_SPECIFICATION in told
    assert "Summa netto: 200 000,00 kr" in told
    assert "Krediterar ZVF23210099912605000001 av den 2026-05-04" in words(MAKERS["specified_credit"]())
    assert "Summa att kreditera: 10 000,50 kr" in words(MAKERS["specified_credit"]())


@pytest.mark.parametrize("name", MAKERS)
def test_the_bytes_are_the_same_again_whatever_was_made_in_between(name: str) -> None:
    first = MAKERS[name]()
    strange = replace(INVOICE, agreements=("Łódź – Ω × ½",))
    claim_basis.build(strange, sample=True)
    assert MAKERS[name]() == first


@pytest.mark.parametrize("name", MAKERS)
def test_fonts_title_and_language_are_those_of_the_house(name: str) -> None:
    found = pdf.read(MAKERS[name]())
    assert found.fonts() == found.embedded_fonts() == {"AAAAAA+DejaVuSans", "AAAAAA+DejaVuSans-Bold"}
    assert found.metadata["Title"].endswith((made_documents.NUMBER, made_documents.CREDIT_NUMBER))
    assert found.metadata["Author"] == "Kvalitetsapp"
    assert b"/Lang (sv-SE)" in found.raw


@pytest.mark.parametrize("sample", [False, True])
def test_made_up_data_are_marked_on_every_page(*, sample: bool) -> None:
    long = made_documents.invoice(*[100] * 90)
    made = [
        claim_basis.build(long, sample=sample),
        claim_specification.build(long, made_documents.specification(long), sample=sample),
    ]
    for content in made:
        pages = pdf.read(content).pages
        assert len(pages) > 1
        assert {"EXEMPELDATA" in page for page in pages} == {sample}


def test_a_long_document_goes_on_with_its_heads_and_numbers_its_pages() -> None:
    pages = pdf.read(claim_basis.build(made_documents.invoice(*range(1, 121)), sample=False)).pages
    assert all(f"Sida {place} av {len(pages)}" in page for place, page in enumerate(pages, start=1))
    assert all("Rad Text Belopp" in page for page in pages[:-1])
    told = " ".join(pages)
    assert [f"K-2026-00012 rad {place} 0," in told.replace("\u00a0", " ") for place in (1, 60, 99)] == [True] * 3


def test_a_line_of_a_specification_is_never_parted_by_a_page() -> None:
    long = made_documents.invoice(*[100] * 23)
    pages = pdf.read(claim_specification.build(long, made_documents.specification(long), sample=False)).pages
    assert len(pages) > 3
    for page in pages:
        assert page.count("Personnummer 19681209-9874") == page.count("Kostnadsgrund") == page.count("Huvuddiagnos")


def test_texts_that_are_too_wide_are_parted_and_stay_on_the_page() -> None:
    wide = "Wärmländska" * 30
    issuer = replace(made_documents.ISSUER, name=wide, address=Address(wide, wide, "831 31", wide))
    basis = replace(INVOICE, issuer=issuer, agreements=(wide, wide), vat_reason=f"{wide} {wide}")
    document = pypdfium2.PdfDocument(claim_basis.build(basis, sample=False))
    for page in document:
        text = page.get_textpage()
        boxes = [text.get_charbox(place) for place in range(text.count_chars())]
        assert all(left >= 0 and right <= styles.PAGE_WIDTH and bottom >= 0 for left, bottom, right, _top in boxes)
        text.close()
        page.close()
    document.close()


def test_a_text_in_lines_loses_nothing_but_the_blanks_at_its_breaks() -> None:
    text = "Ett långt ord: " + "ab" * 80 + " och några korta"
    lines = sheet.wrapped(text, sheet.BODY, 120)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert sheet.wrapped("", sheet.BODY, 120) == [""]
    assert sheet.wrapped("å", sheet.BODY, 1) == ["å"]
