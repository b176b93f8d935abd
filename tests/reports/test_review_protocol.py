"""The protocol from a made-up round: the same bytes, Swedish words, the right numbers, a place to sign."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.domain.review_protocol import ProtocolData, sealed
from kvalitetsapp.reports import review_protocol
from support import pdf, protocol_example

if TYPE_CHECKING:
    from support.pdf import Pdf

CODES = re.compile(r"\b[a-z]+_[a-z_0-9]+\b")
NOT_SWEDISH = re.compile(
    r"\b(None|NaN|nan|True|False|hip|knee|unknown|confirmed|rejected|certain|likely|dair|recovered|linear|done|gone)\b"
)
CHAPTERS = [
    "Sammanfattning",
    "Omgången",
    "Vad granskningen visar",
    "Samstämmighet mellan granskarna",
    "Jämförelse med förra omgången",
    "Underskrifter",
    "Ärendelista",
    "Metod och definitioner",
    "Manifest",
]
CLOSED, OPEN = protocol_example.protocol(), protocol_example.protocol(closed=False)
OUTSIDE = protocol_example.protocol(closed=False, small_numbers=SmallNumbers.PLAIN)
EMPTY = protocol_example.empty_protocol()
EVERY = pytest.mark.parametrize("data", [CLOSED, OPEN, OUTSIDE, EMPTY], ids=["closed", "open", "outside", "empty"])


@cache
def _read(data: ProtocolData) -> Pdf:
    """Return what stands in a protocol, made once for all who only read it."""
    return pdf.read(review_protocol.build(data))


def _text(data: ProtocolData) -> str:
    return _read(data).text


@EVERY
def test_the_same_data_give_the_same_bytes(data: ProtocolData) -> None:
    assert review_protocol.build(data) == review_protocol.build(data)


@EVERY
def test_the_text_is_swedish_without_codes_or_holes(data: ProtocolData) -> None:
    text = _text(data)
    assert CODES.findall(text) == []
    assert NOT_SWEDISH.findall(text) == []


@EVERY
def test_fonts_title_and_language_are_those_of_the_house(data: ProtocolData) -> None:
    found = _read(data)
    assert found.fonts() == found.embedded_fonts() == {"AAAAAA+DejaVuSans", "AAAAAA+DejaVuSans-Bold"}
    assert found.metadata["Title"] == f"Granskningsprotokoll: {data.head.name}"
    assert b"/Lang (sv-SE)" in found.raw


@EVERY
def test_every_chapter_is_there_in_order_and_listed_with_its_page(data: ProtocolData) -> None:
    found = _read(data)
    chapters = [(title, page) for level, title, page in found.outline if level == 0]
    assert [title for title, _page in chapters] == CHAPTERS
    for title, page in chapters:
        assert title in found.pages[page]
        assert re.search(rf"{re.escape(title)} ?{page + 1}(?!\d)", found.pages[0]), title


@EVERY
def test_no_heading_stands_last_on_its_page_and_none_is_nearly_empty(data: ProtocolData) -> None:
    found = _read(data)
    for _level, title, page in found.outline:
        after = found.pages[page].split(title, 1)[1]
        assert len(after) > 30, title
    assert all(len(page) > 190 for page in found.pages[1:])


def test_the_round_is_told_in_words() -> None:
    text = _text(CLOSED)
    for told in (
        "Opererade för proteskomplikation januari 2022 – mars 2023",
        "Avslutad 2023-11-30 av Samordnaren",
        "frystes 2023-09-01 av Samordnaren. Nya data ändrar inte urvalet",
        "Händelser 2022-01-01 till och med 2023-03-31",
        "Leder Höft, Knä",
        "Granskare per ärende Två, oberoende",
        "Måste besvaras Skadans allvar, Undvikbarhet",
    ):
        assert told in text


def test_progress_reviewers_questions_and_missed_findings_are_counted() -> None:
    text = _text(OPEN)
    assert "Ej granskad 1 Väntar på den andra granskaren 1 Svaren skiljer sig 1 Klar 44" in text
    assert "räknas som ej granskat tills båda har svarat" in text
    assert "tills båda har svarat" not in _text(CLOSED)
    assert "Ny 24 Ändrad 12 Känd sedan tidigare 12 Alla 48" in text
    assert "Granskare Ett 46 1 tim 4 min 1 min" in text
    assert "12 frågor har ställts till vårdgivare: 9 besvarade, 2 obesvarade efter svarsdatum" in text
    assert "13 vårdkontakter har bedömts. Skada: 6. Ingen skada: 7." in text
    assert "vårdsystem/90045" in text


def test_the_answers_are_counted_with_shares_and_the_harm_has_its_interval() -> None:
    text = _text(CLOSED)
    assert "Säkert samband 19 43 %" in text
    assert "Infektion 11 34 %" in text
    assert "IIIb: ingrepp i narkos eller ryggbedövning 13 41 %" in text
    assert "Vårdskada (3 och 4): 12 av 31 bedömda, 38,7 % (95 % intervall 23,7–56,2 %)" in text
    assert "Staphylococcus aureus 3 2 0 5" in text
    assert "Åsens kirurgi & knä <AB> 9 6 2 4 3" in text
    assert "Alla 44 32 12 20 12" in text


def test_agreement_stands_in_its_table_and_on_what_rests_on_it() -> None:
    text = _text(CLOSED)
    relation = CLOSED.agreement_on("relation")
    assert relation is not None
    assert (relation.n, relation.agreed) == (44, 39)
    assert "Samband 44 0 39 89 % 0,86 0,74 till 0,99 Linjärt vägd" in text
    assert "Samstämmighet: 39 av 44 par lika; kappa 0,86 (95 % intervall 0,74 till 0,99)" in text
    assert "Alla par är lika, så det finns inget intervall. Gäller: Komplikation, Clavien-Dindo" in text
    assert "Kappa bygger på högst 44 par" in text


def test_few_pairs_are_called_few() -> None:
    few = tuple(replace(one, n=min(one.n, 12)) for one in CLOSED.agreement)
    assert "Det är få: läs intervallet" in _text(replace(CLOSED, agreement=few))
    assert "Det är få" not in _text(CLOSED)


def test_differences_and_changes_since_the_earlier_round_are_listed() -> None:
    text = _text(CLOSED)
    assert len(CLOSED.settled) == text.count("Odlingssvaren fanns i journalen")
    assert "29 av ärendena var klara i båda" in text
    assert "Beslut Avvisad Bekräftad" in text
    assert "Komplikation Luxation Periprotetisk fraktur" in text


def test_a_closed_round_is_signed_by_each_reviewer_and_the_head_of_the_department() -> None:
    found = _read(CLOSED)
    page = next(page for page in found.pages[1:] if "Underskrifter" in page)
    assert "Verksamhetschef" in page
    assert page.count("Namn Datum Underskrift") == 3
    assert all(name in page for name in protocol_example.REVIEWERS)
    assert CLOSED.manifest.fingerprint[:12] in page


def test_a_round_that_goes_on_says_so_and_is_not_signed() -> None:
    text = _text(OPEN)
    assert "Pågår. Resultaten är preliminära." in text
    assert "Protokollet skrivs under när den är avslutad" in text
    assert "Verksamhetschef" not in text


def test_one_reviewer_alone_has_no_kappa() -> None:
    alone = replace(CLOSED, head=replace(CLOSED.head, is_blinded=False), agreement=())
    text = _text(alone)
    assert "Varje ärende granskas av en person" in text
    assert "Samstämmighet:" not in text


def test_an_empty_round_says_what_is_not_there_and_shows_no_empty_table() -> None:
    text = _text(EMPTY)
    for told in (
        "inga ärenden i omgången",
        "Inget ärende är klart än",
        "ingen tidigare omgång",
        "Ingen har svarat än",
    ):
        assert told in text
    assert "Tabell 2" not in text
    assert "EXEMPELDATA" in text
    assert "EXEMPELDATA" not in _text(CLOSED)


def test_every_case_of_the_list_stands_with_what_was_decided() -> None:
    text = _text(CLOSED)
    for one in CLOSED.cases:
        assert one.event_ref in text
    assert "2022-01-21 Höft, okänd sida" in text
    assert "Op-berättelse 2022-03" in text


def test_nothing_outside_shows_a_case_or_a_small_number() -> None:
    text = _text(OUTSIDE)
    assert "vårdsystem/" not in text
    assert "Op-berättelse" not in text
    assert "Odlingssvaren" not in text
    assert "Enskilda ärenden visas inte" in text
    assert "Inte besvarat <5" in text
    assert "12 av 31" not in text
    assert "Vårdskada (3 och 4): " not in text, "39 % for 12 of 32 would tell that one is not judged"
    assert "<5 ärenden har inget beslut" in text


def test_a_personal_number_that_slipped_into_a_text_is_masked() -> None:
    first, *others = CLOSED.cases
    slipped = replace(first, answer=replace(first.answer, pointer="se 19800718-9812"))
    settled = replace(CLOSED.settled[0], reason="samma som 800718-9812")
    text = _text(replace(CLOSED, cases=(slipped, *others), settled=(settled,)))
    assert "9812" not in text


def test_long_names_and_pointers_stay_within_their_cells() -> None:
    first, *others = CLOSED.cases
    long = replace(first, reviewers=("Förnamn Mellannamn Efternamnsson-Dubbelnamn",), provider="V" * 60)
    long = replace(long, answer=replace(long.answer, pointer="x" * 80))
    found = pdf.read(review_protocol.build(replace(CLOSED, cases=(long, *others))))
    assert "x" * 80 not in found.text  # on one line it would run out of the page
    assert "x" * 80 in found.text.replace(" ", "")


def test_the_manifest_carries_the_fingerprint_of_everything() -> None:
    last = _read(CLOSED).pages[-1]
    assert CLOSED.manifest.fingerprint in last.replace(" ", "")
    other = replace(CLOSED, questions=replace(CLOSED.questions, late=3))
    assert sealed(other).manifest.fingerprint != CLOSED.manifest.fingerprint
    assert sealed(CLOSED) == CLOSED
