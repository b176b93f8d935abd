"""The protocol that leaves the department, read as a whole by somebody who wants to know what is hidden in it."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from kvalitetsapp.analysis import review_results
from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.reports import ledgers, protocol_sheets, review_protocol
from kvalitetsapp.reports.ledger import answered, found, of_round, pairs
from kvalitetsapp.reports.ledger_of_review import kappa_told, share_told
from support import attacked, pdf, protocol_example

if TYPE_CHECKING:
    from kvalitetsapp.domain.review_protocol import ProtocolData

OF_ALL = ("Samband", "Opererad hos")
OF_CONFIRMED = ("Komplikation", "Kirurgi", "Skadans allvar", "Clavien-Dindo", "Undvikbarhet", "Behandling", "Utfall")
EVERY = pytest.mark.parametrize("seed", range(8))


def summary(data: ProtocolData) -> dict[Any, tuple[int | None, str]]:
    """Return what the workbook counts by part and name, as number and text."""
    (_title, table), *_others = protocol_sheets.sheets(data)
    return {
        (one["part"], one["what"]): (None if one["count"] is None else int(str(one["count"])), str(one["said"]))
        for one in table.records()
    }


@EVERY
def test_no_small_number_of_the_workbook_is_determined_by_what_it_shows(seed: int) -> None:
    outside = protocol_example.varied(Random(seed))
    shown = summary(outside)
    inside = summary(replace(outside, head=replace(outside.head, small_numbers=SmallNumbers.OPEN)))
    counts = {name: count for name, (count, _said) in inside.items() if count is not None}
    hidden = {name: shown[name][1] for name in counts if shown[name][0] is None}
    sums: list[tuple[Any, list[Any]]] = [
        ((part, "Alla"), [name for name in counts if name[0] == part and name[1] != "Alla"])
        for part in {part for part, _what in counts}
    ]
    sums += [(("Beslut", "Alla"), [(part, "Alla")]) for part in OF_ALL]
    sums += [(("Beslut", "Bekräftad"), [(part, "Alla")]) for part in OF_CONFIRMED]
    sums += [(("Läge", "Klar"), [("Beslut", "Alla")]), (("Läge", "Alla"), [("Mot förra omgången", "Alla")])]
    sums += [(("Komplikation", "Infektion"), [("Infektionens säkerhet", "Alla")])] * (
        ("Komplikation", "Infektion") in counts
    )
    assert not [name for name, count in counts.items() if 0 < count < 5 and name not in hidden]
    for name, (least, most) in attacked.counted(counts, sums, hidden, "<5").items():
        assert most - least > 0.99, f"{name} can be worked out"


def test_the_confirmed_and_the_reviewed_do_not_give_the_few_rejected() -> None:
    cases = [one for one in protocol_example.CASE_LIST if one.is_confirmed][:16]
    cases += [one for one in protocol_example.CASE_LIST if one.is_rejected][:2]
    made = protocol_example.protocol(small_numbers=SmallNumbers.PLAIN)
    data = replace(made, results=review_results.results(cases), progress=review_results.progress(cases))
    cells = ledgers.cells_of(data)
    assert (data.results.reviewed, data.results.confirmed) == (18, 16)
    assert cells.hides(found("rejected"), 2)
    assert cells.hides(found("reviewed"), 18) or cells.hides(found("confirmed"), 16)
    assert cells.at(found("confirmed"), 16) == cells.at(answered("complication_class"), 16)
    text = pdf.read(review_protocol.build(data)).text
    assert not ("av 18 granskade" in text and "16 händelser" in text)


def test_the_cases_that_are_done_do_not_give_the_few_that_are_not() -> None:
    made = protocol_example.protocol(small_numbers=SmallNumbers.PLAIN)
    progress = replace(
        made.progress, cases=20, done=18, open=2, gone=0, waiting=0, differs=0, new=20, changed=0, known=0
    )
    cells = ledgers.cells_of(replace(made, progress=progress))
    assert cells.hides(of_round("open"), 2)
    assert cells.hides(of_round("done"), 18) or cells.hides(of_round("cases"), 20)


def test_the_pairs_of_one_question_do_not_give_the_few_left_out_of_another() -> None:
    made = protocol_example.protocol(small_numbers=SmallNumbers.PLAIN)
    first, second, *others = made.agreement
    first, second = replace(first, n=40, agreed=30, left_out=0), replace(second, n=38, agreed=30, left_out=2)
    cells = ledgers.cells_of(replace(made, agreement=(first, second), reviewers=()))
    assert cells.hides(pairs("left_out", second.question), 2)
    assert cells.hides(pairs("both", first.question), 40) or cells.hides(pairs("both", second.question), 38)
    assert len(others) > 1


@EVERY
def test_no_rate_stands_where_it_would_give_a_hidden_count(seed: int) -> None:
    data = protocol_example.varied(Random(seed))
    cells, results = ledgers.cells_of(data), data.results
    unjudged = results.confirmed - results.avoidable.n
    if cells.hides(found("unjudged"), unjudged) or cells.hides(found("avoidable"), results.avoidable.events):
        assert not share_told(results.avoidable, results.confirmed, cells)
    for one in data.agreement:
        if 0 < one.n - one.agreed < 5:
            assert not kappa_told(one, cells)


def test_the_strict_mode_rounds_shares_of_the_workbook_too() -> None:
    (_title, table), *_others = protocol_sheets.sheets(protocol_example.protocol(small_numbers=SmallNumbers.STRICT))
    shown = {(one["part"], one["what"]): (one["count"], one["share"]) for one in table.records()}
    for (part, _what), (count, share) in shown.items():
        if isinstance(count, int) and part != "Granskare":
            assert count % 5 == 0
            whole = shown[part, "Alla"][0]
            if share is not None and isinstance(whole, int):
                assert share == count / whole
