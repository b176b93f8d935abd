"""Footnotes that attach themselves: a rule looks at the figures and says what must be said about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.words import DAYS_TWO_YEARS, word
from kvalitetsapp.reports.markup import raised
from kvalitetsapp.texts import _, ngettext, number, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.report_data import Benchmark, Outcome, Share
    from kvalitetsapp.reports.cells import Cells

MARKS: Final = "abcdefghijklmnopqrstuvwxyz"
SMALL_N: Final = 50


class Notes:
    """What stands under a table or figure: footnotes in the order of their marks, then remarks on all of it."""

    def __init__(self, *remarks: str) -> None:
        self._marked: list[str] = []
        self._remarks = [text for text in remarks if text]

    def mark(self, text: str) -> str:
        """Return the mark (markup) of a footnote, adding it if it is new; no text gives no mark."""
        if not text:
            return ""
        if text not in self._marked:
            self._marked.append(text)
        return raised(MARKS[self._marked.index(text)])

    def remark(self, text: str) -> None:
        """Add something about the whole table; no text adds nothing."""
        if text:
            self._remarks.append(text)

    def lines(self) -> list[tuple[str, str]]:
        """Return mark ("" for a remark) and text of each."""
        return [*zip(MARKS, self._marked, strict=False), *(("", text) for text in self._remarks)]


def follow_up(outcomes: Sequence[Outcome]) -> str:
    """Say that operations followed too short are left out."""
    left_out = max((one.operations - one.share.n for one in outcomes if one.within == DAYS_TWO_YEARS), default=0)
    if not left_out:
        return ""
    return _("Bara operationer som har följts hela tiden fram till datauttaget räknas; övriga är inte med.")


def not_adjusted() -> str:
    """Say that patients differ."""
    return _("Inte justerat för ålder, sjuklighet eller andra skillnader mellan patienterna.")


def small_n(shares: Sequence[Share]) -> str:
    """Say that some rates rest on few operations."""
    if all(share.n >= SMALL_N or share.n == 0 for share in shares):
        return ""
    return _("Andelar som bygger på färre än {n} operationer är mycket osäkra; läs intervallet, inte andelen.").format(
        n=SMALL_N
    )


def ambiguous(outcomes: Sequence[Outcome]) -> str:
    """Say how many reoperations are not counted because their operation is not known."""
    left_out = sum(one.ambiguous for one in outcomes if one.within == DAYS_TWO_YEARS and one.level == "reoperation")
    if not left_out:
        return ""
    return ngettext(
        "{n} operation har därutöver en tvetydig koppling till en reoperation och räknas inte förrän den är granskad.",
        "{n} operationer har därutöver en tvetydig koppling till en reoperation och räknas inte förrän de är "
        "granskade.",
        left_out,
    ).format(n=number(left_out))


def benchmark(benchmarks: Sequence[Benchmark], indicator: str = "reoperation_2y") -> str:
    """Say where the national figures stand."""
    found = [one for one in benchmarks if one.indicator == indicator]
    if not found:
        return _("Publicerat riksvärde saknas.")
    parts = [
        _("{joint} {value} ({source}, {period})").format(
            joint=word("joint", one.joint).lower(), value=percent(one.value), source=one.source, period=one.period
        )
        for one in found
    ]
    return _("Riksvärde reoperation inom två år: {values}.").format(values="; ".join(parts))


def compared_with_all(outcomes: Sequence[Outcome]) -> str:
    """Say what is compared with where there is no national figure, if anything is."""
    if not any(one.compared and one.benchmark is None and one.share.n for one in outcomes):
        return ""
    return _(
        "Där riksvärde saknas jämförs med andelen bland alla uppföljda operationer i underlaget, också egen regi."
    )


def suppressed(cells: Cells) -> str:
    """Say what `<5` stands for."""
    if not cells.suppress:
        return ""
    if cells.strict:
        return _("≤7: en till sju personer, visas inte. Övriga antal är avrundade till närmaste fem. ··: också dold.")
    return _("<5: en till fyra personer, visas inte. ··: dold för att <5 inte ska kunna räknas ut.")
