"""Signed reports on waiting lists, equal care, the agenda and gap analyses: kept, given out, checked and withdrawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.services import final_reports, gaps
from support import agenda_calls, county_store, final_papers, pdf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with county_store.opened(final_papers.make(tmp_path_factory.mktemp("papers"))) as each:
        yield each


@pytest.mark.parametrize("kind", final_papers.ORDERS)
def test_it_is_signed_handed_out_byte_for_byte_found_the_same_and_withdrawn(
    workspace: Workspace, tmp_path: Path, kind: str
) -> None:
    out, again = tmp_path / "först.pdf", tmp_path / "igen.pdf"
    order = final_papers.ORDERS[kind]
    final = final_reports.sign(workspace, order, out, by="Anna Exempel", role="chef").final
    assert f"Fastställd som {final.number} av Anna Exempel, chef" in pdf.read(out.read_bytes()).text
    assert final_reports.before_signing(workspace, order).replaceable == (final,)
    final_reports.hand_out(workspace, final.number, again)
    assert again.read_bytes() == out.read_bytes()
    assert final_reports.is_same_today(workspace, final.number)
    final_reports.withdraw(workspace, final.number, because="Fel mål")
    assert final_reports.of_number(workspace, final.number).withdrawn_because == "Fel mål"


def test_a_gap_analysis_that_was_saved_anew_gives_another_report(workspace: Workspace, tmp_path: Path) -> None:
    order = final_papers.ORDERS["gap"]
    final = final_reports.sign(workspace, order, tmp_path / "1.pdf", by="Anna", role="chef").final
    paper = int(final_papers.GAP)
    version = gaps.one(workspace, paper).paper.version
    form = replace(agenda_calls.FORM, goal="en av hundra")
    assert gaps.save(workspace, form, paper=paper, based_on=version).faults == ()
    assert not final_reports.is_same_today(workspace, final.number)
