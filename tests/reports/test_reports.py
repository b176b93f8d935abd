"""Both reports from made-up data: the same bytes, embedded fonts, Swedish text, honest when there is nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain import words
from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.domain.report_data import Review
from kvalitetsapp.domain.report_seal import sealed
from kvalitetsapp.reports import provider_report, total_report
from kvalitetsapp.texts import decimal, kronor
from support import pdf, report_example

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.pdf import Pdf

CODES = re.compile(r"\b[a-z]+_[a-z_0-9]+\b")
NOT_SWEDISH = re.compile(r"\b(None|NaN|nan|NaT|True|False|hip|knee|shoulder|unknown|proposed|confirmed|total)\b")


def _provider() -> bytes:
    return provider_report.build(sealed(report_example.provider_report()))


def _total() -> bytes:
    return total_report.build(sealed(report_example.total_report()))


@cache
def _read(made: Callable[[], bytes]) -> Pdf:
    """Return what stands in a report, made once for all who only read it."""
    return pdf.read(made())


BOTH = pytest.mark.parametrize("made", [_provider, _total], ids=["provider", "total"])


@BOTH
def test_the_same_data_give_the_same_bytes(made: Callable[[], bytes]) -> None:
    assert made() == made()


@BOTH
def test_every_font_is_dejavu_and_lies_in_the_file(made: Callable[[], bytes]) -> None:
    found = _read(made)
    assert found.fonts() == {"AAAAAA+DejaVuSans", "AAAAAA+DejaVuSans-Bold"}
    assert found.embedded_fonts() == found.fonts()


@BOTH
def test_the_text_is_swedish_without_codes_or_holes(made: Callable[[], bytes]) -> None:
    text = _read(made).text
    assert CODES.findall(text) == []
    assert NOT_SWEDISH.findall(text) == []
    vocabulary = {code for name in ("payer_route", "reason", "complication_class") for code in _codes(name)}
    assert [code for code in vocabulary if re.search(rf"\b{code}\b", text)] == []


def _codes(vocabulary: str) -> set[str]:
    enums = {"payer_route": words.PayerRoute, "reason": words.Reason, "complication_class": words.ComplicationClass}
    return {one.value for one in enums[vocabulary]} - {"riksavtal"}


@BOTH
def test_title_author_and_language_are_set(made: Callable[[], bytes]) -> None:
    found = _read(made)
    assert "Fjällkliniken" in found.metadata["Title"]
    assert found.metadata["Author"] == "Kvalitetsapp"
    assert b"/Lang (sv-SE)" in found.raw
    assert b"/DisplayDocTitle true" in found.raw


@BOTH
def test_each_page_says_which_of_how_many_it_is_and_whose(made: Callable[[], bytes]) -> None:
    pages = _read(made).pages
    assert 8 <= len(pages) <= 16
    for number, page in enumerate(pages, start=1):
        assert f"Sida {number} av {len(pages)}" in page
    for page in pages[1:]:
        assert "Fjällkliniken" in page
        assert "Operationer 2019-01-14 till 2024-11-30 · data till 2024-12-31" in page


@BOTH
def test_the_outline_and_the_contents_lead_to_the_page_of_the_heading(made: Callable[[], bytes]) -> None:
    found = _read(made)
    chapters = [(title, page) for level, title, page in found.outline if level == 0]
    assert [title for title, _page in chapters][-1] == "Manifest"
    for title, page in chapters:
        assert title in found.pages[page]
        assert re.search(rf"{re.escape(title)} ?{page + 1}(?!\d)", found.pages[0]), title


@BOTH
def test_the_last_page_is_the_manifest_with_the_fingerprint_of_the_data(made: Callable[[], bytes]) -> None:
    last = _read(made).pages[-1]
    provider, total = sealed(report_example.provider_report()), sealed(report_example.total_report())
    assert (provider if made is _provider else total).manifest.fingerprint in last.replace(" ", "")
    assert "vård <maj> & juni.csv" in last
    assert "ab" * 32 in last.replace(" ", "")
    assert "9.9.9" in last


def test_another_number_anywhere_gives_another_fingerprint() -> None:
    data = report_example.provider_report()
    other = replace(data, flow=replace(data.flow, covered=data.flow.covered + 1))
    assert sealed(data).manifest.fingerprint != sealed(other).manifest.fingerprint
    assert sealed(sealed(data)) == sealed(data)


@BOTH
def test_amounts_stand_to_the_ore(made: Callable[[], bytes]) -> None:
    text = _read(made).text
    for row in report_example.RECOVERY:
        for amount in (row.cost_total, row.claimable):
            assert kronor(amount).removesuffix("\u00a0kr").replace("\u00a0", " ") in text


def test_only_sample_data_carry_the_watermark() -> None:
    data = report_example.provider_report()
    sample = replace(data, head=replace(data.head, sample=True))
    assert "EXEMPELDATA" not in pdf.read(provider_report.build(data)).text
    assert all("EXEMPELDATA" in page for page in pdf.read(provider_report.build(sample)).pages)


def test_other_providers_have_no_name_in_a_providers_own_report() -> None:
    text = _read(_provider).text
    assert "Norrsken" not in text
    assert "Norrsken" in _read(_total).text


@pytest.mark.parametrize("is_own", [False, True])
def test_a_provider_without_operations_gets_a_report_that_says_so(is_own: bool) -> None:
    found = pdf.read(provider_report.build(report_example.empty_provider_report(is_own=is_own)))
    assert "inga operationer i underlaget" in found.text
    assert "Inga operationer har ännu följts i två år" in found.text
    assert "Figur" not in found.text
    assert NOT_SWEDISH.findall(found.text) == []
    assert ("regionens egen" in found.text) is is_own


def test_a_store_without_purchases_gets_a_total_report_that_says_so() -> None:
    text = pdf.read(total_report.build(report_example.empty_total_report())).text
    assert "Frågan kan inte besvaras ur det här underlaget" in text
    assert "Det finns inga köpta operationer" in text
    assert "Figur" not in text


def test_without_agreement_and_national_figure_the_report_says_so() -> None:
    data = report_example.provider_report()
    bare = replace(
        data,
        agreements=(),
        benchmarks=(),
        outcomes=tuple(replace(one, benchmark=None) for one in data.outcomes),
        funnels=tuple(replace(one, target_is_national=False) for one in data.funnels),
    )
    text = pdf.read(provider_report.build(bare)).text
    assert "Inget avtal om ersättning" in text
    assert "Publicerat riksvärde saknas" in text
    assert "alla i underlaget 2,1 %" in text


def test_a_joint_without_any_reoperation_gets_a_sentence_and_no_funnel() -> None:
    data = report_example.provider_report()
    none = replace(data, funnels=tuple(replace(one, target=0.0) for one in data.funnels))
    text = pdf.read(provider_report.build(none)).text
    assert "Inget trattdiagram för höft" in text


def test_a_total_of_joints_and_another_family_carries_a_footnote_and_one_of_joints_none() -> None:
    data = report_example.total_report()
    told = "Flera operationsfamiljer sammanräknade"
    assert told not in pdf.read(total_report.build(data)).text
    mixed = replace(data, overall=(*data.overall, *report_example.outcomes("bariatric")))
    assert pdf.read(total_report.build(mixed)).text.count(told) == 7  # every table that is not by joint


def test_a_group_of_one_provider_still_makes_a_funnel() -> None:
    data = report_example.total_report()
    alone = replace(data.funnels[0], points=data.funnels[0].points[:1])
    assert "Fjällkliniken" in pdf.read(total_report.build(replace(data, funnels=(alone,)))).text


def test_a_curve_without_events_is_a_sentence_and_not_an_empty_axis() -> None:
    data = report_example.provider_report()
    flat = replace(report_example.CURVE, steps=(replace(report_example.CURVE.steps[0]),), risk=())
    text = pdf.read(provider_report.build(replace(data, survival=replace(data.survival, curves=(flat,))))).text
    assert "ingen operation är reviderad" in text
    assert "Kaplan–Meier) med" not in text


def test_thousands_of_imports_fit() -> None:
    data = report_example.provider_report()
    file = data.manifest.files[0]
    many = tuple(replace(file, batch=number) for number in range(1, 1206))
    found = pdf.read(provider_report.build(replace(data, manifest=replace(data.manifest, files=many))))
    assert "1 205" in found.pages[-1]


def test_text_from_files_is_shown_and_never_read_as_markup() -> None:
    data = report_example.provider_report()
    odd = replace(data, head=replace(data.head, subject="<b>A & B</i> <para>"))
    found = pdf.read(provider_report.build(odd))
    assert "<b>A & B</i> <para>" in found.pages[0]
    assert "Vårdval höft & knä <prov>" in found.text


def test_nothing_outside_tells_of_one_to_four_persons() -> None:
    data = report_example.provider_report()
    outside = replace(data, head=replace(data.head, small_numbers=SmallNumbers.PLAIN))
    text = pdf.read(provider_report.build(outside)).text
    assert "visas som <5" in text
    assert "Ingen kostnadsfigur: den visar enskilda ärenden" in text
    assert "Alla antal visas" not in text
    assert "2023 15 ·· – ·· <5 <5 <5" in text
    assert "2023 15 10 67 % 9 1 4 1" in _read(_provider).text


@pytest.mark.parametrize("build", ["provider", "total"])
def test_the_structured_review_stands_with_its_interval_and_its_kappa(build: str) -> None:
    text = pdf.read(provider_report.build(report_example.provider_report())).text
    if build == "total":
        text = pdf.read(total_report.build(report_example.total_report())).text
    form = report_example.form_review()
    relation = next(one for one in form.agreement if one.question == "relation")
    assert relation.kappa is not None
    for told in (
        "Med formuläret, av två var för sig 11 35 %",
        "Med formuläret, av en 6 19 %",
        "Bara beslut om kopplingen 5 16 %",
        "Inte granskade 9 29 %",
        "Alla 31 100 %",
        "Hur händelserna hör ihop med operationen, alla granskade.",
        f"Samstämmighet: {relation.agreed} av 17 par lika; kappa {decimal(relation.kappa, 2)}",
        f"Vårdskada (3 och 4): {form.avoidable.events} av {form.avoidable.n} bedömda",
        f"Samband 17 0 {relation.agreed}",
    ):
        assert told in text, told


def test_without_two_reviewers_a_report_says_so_and_shows_no_kappa() -> None:
    alone = replace(report_example.form_review(), pairs=0, by_two=0, agreement=report_example.NO_AGREEMENT)
    text = pdf.read(provider_report.build(replace(report_example.provider_report(), form_review=alone))).text
    assert "Ingen händelse har granskats av två var för sig" in text
    assert "Samstämmighet:" not in text
    assert "Säkert samband" in text


@pytest.mark.parametrize(
    ("rejected", "confirmed", "ambiguous", "shown"),
    [(8, 24, 10, True), (8, 14, 10, True), (3, 24, 10, False), (8, 16, 10, False), (8, 14, 2, False)],
    ids=["enough", "all with the form", "few rejected", "few without the form", "few ambiguous"],
)
def test_outside_answers_are_shown_only_where_no_few_persons_can_be_worked_out(
    rejected: int, confirmed: int, ambiguous: int, *, shown: bool
) -> None:
    """Fourteen confirmed events have the form, and every rejected one."""
    data, form = report_example.provider_report(), report_example.form_review(rejected)
    counts = (confirmed, rejected, 13, ambiguous)
    review = (Review(0, sum(counts), *counts),)
    head = replace(data.head, small_numbers=SmallNumbers.PLAIN)
    text = pdf.read(provider_report.build(replace(data, head=head, review=review, form_review=form))).text
    assert ("utan att peka ut enskilda" in text) is not shown
    assert ("Säkert samband" in text) is shown
    assert "Bara beslut om kopplingen" not in text
    assert "av 14 bedömda" not in text


def test_the_providers_comments_stand_before_the_method_with_what_they_are_about() -> None:
    found = _read(_provider)
    titles = [title for level, title, _page in found.outline if level == 0]
    assert titles.index("Vårdgivarens kommentarer") == titles.index("Metod och definitioner") - 1
    assert "Frågor till vårdgivaren, läget 2025-01-10." in found.text
    assert "Obesvarade, svarsdagen har passerat 2" in found.text
    assert "Ställda frågor 15" in found.text
    assert "2024-05-03. Höft, infektion, händelse 2023." in found.text
    assert "Prov togs & <vård> gavs. Vi följer upp." in found.text
    assert "2024-09-12. Knä, händelse 2024." in found.text


def test_a_report_without_questions_says_so_and_names_no_day() -> None:
    text = pdf.read(provider_report.build(report_example.empty_provider_report())).text
    assert "Inga frågor om enskilda händelser har ställts" in text
    assert "Vårdgivaren har inte lämnat några kommentarer." in text
    assert "läget" not in text


def test_outside_the_department_comments_do_not_tell_which_case_and_small_counts_are_hidden() -> None:
    data = report_example.provider_report()
    outside = replace(data, head=replace(data.head, small_numbers=SmallNumbers.PLAIN))
    text = pdf.read(provider_report.build(outside)).text
    assert "Obesvarade, svarsdagen har passerat <5" in text
    assert "Besvarade 9" in text
    assert "Prov togs" in text
    assert "händelse 2023" not in text
    assert "avses visas inte" in text


def test_the_answer_stands_on_one_page_with_the_whole_cost_of_every_provider() -> None:
    page = _read(_total).pages[1]
    for words_ in ("Vad kostar en komplikation?", "kostat mer än 800 000 kr", "granskade och 9 väntar", "Figur 1."):
        assert words_ in plain(page), words_
    for row in ("Norrsken 280 59 000 63 000 60 500–66 000", "Fjällkliniken 180 56 000 65 000 58 000–75 000"):
        assert row in plain(page)
    assert "Utan känt pris och inte med: 12 operationer." in plain(page)


def test_the_page_holds_two_dozen_providers() -> None:
    data = report_example.total_report()
    many = replace(data, expected=(*data.expected[:1] * 22, data.expected[-1]))
    assert plain(pdf.read(total_report.build(many)).pages[1]).count("Norrsken 280") == 22


def test_what_was_claimed_credited_and_paid_stands_by_year() -> None:
    text = plain(_read(_total).text)
    assert "Krediterat" in text
    assert "2023 8 800 000,62 400 000,31 20 000,00 300 000,31 80 000,00 1 1" in text


def test_the_answer_outside_tells_nothing_of_a_few_cases() -> None:
    data = report_example.total_report()
    outside = replace(data, head=replace(data.head, small_numbers=SmallNumbers.PLAIN))
    page = plain(pdf.read(total_report.build(outside)).pages[1])
    assert "dyraste" not in page
    assert "Fjällkliniken 180 56 000 – –" in page
    few = replace(outside, costs=(report_example.costs("confirmed", 3, 1, (1, 0, 0)),))
    assert "Ärendena är för få" in plain(pdf.read(total_report.build(few)).pages[1])


def plain(text: str) -> str:
    return " ".join(text.split())
