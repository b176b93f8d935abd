"""Footnotes that attach themselves: a rule looks at the figures and says what must be said about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import families
from kvalitetsapp.domain.indicator_tables import FigureFlag
from kvalitetsapp.domain.words import DAYS_TWO_YEARS, word
from kvalitetsapp.reports.markup import raised
from kvalitetsapp.texts import N_, _, ngettext, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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

    def letter(self, text: str) -> str:
        """Return the mark of a footnote as a plain letter, for a column that holds nothing but marks."""
        self.mark(text)
        return MARKS[self._marked.index(text)] if text else ""

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


def ambiguous(outcomes: Sequence[Outcome], cells: Cells) -> str:
    """Say how many reoperations are not counted because their operation is not known."""
    left_out = sum(one.ambiguous for one in outcomes if one.within == DAYS_TWO_YEARS and one.level == "reoperation")
    if not left_out:
        return ""
    return ngettext(
        "{n} operation har därutöver en tvetydig koppling till en reoperation och räknas inte förrän den är granskad.",
        "{n} operationer har därutöver en tvetydig koppling till en reoperation och räknas inte förrän de är "
        "granskade.",
        cells.largest_small if cells.small(left_out) else left_out,
    ).format(n=cells.count(left_out))


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


_OF_FLAG: Final = {
    FigureFlag.SMALL_N: N_("Färre än 50 operationer: värdet är mycket osäkert; läs intervallet."),
    FigureFlag.SHORT_FOLLOW_UP: N_(
        "Mer än en femtedel av operationerna är inte följda hela tiden än. De är inte med, så värdet kan ändras."
    ),
    FigureFlag.LOW_COVERAGE: N_("Täckning under 80 %: de som saknas kan skilja sig från dem som är med."),
    FigureFlag.UNREVIEWED: N_("Färre än hälften av händelserna är granskade."),
    FigureFlag.FAMILIES_POOLED: N_("Flera operationsfamiljer sammanräknade: läs dem var för sig."),
}
_OF_LIMIT: Final = {
    "high_998": N_("Över den övre 99,8 %-gränsen kring riksvärdet."),
    "high_95": N_("Över den övre 95 %-gränsen kring riksvärdet."),
    "low_95": N_("Under den nedre 95 %-gränsen kring riksvärdet."),
    "low_998": N_("Under den nedre 99,8 %-gränsen kring riksvärdet."),
}


def flag(code: str) -> str:
    """Say what a flag of a figure means; one that needs no word says nothing."""
    return _(_OF_FLAG[FigureFlag(code)]) if code in _OF_FLAG else ""


def pooled(joints: Iterable[str]) -> str:
    """Say that a sum counts several families together, if it does: `joints` are those of its operations."""
    return flag(FigureFlag.FAMILIES_POOLED) if families.are_pooled(joints) else ""


def limit(code: str) -> str:
    """Say where a figure lies against the prediction limits (R10), nothing where it lies between them."""
    return _(_OF_LIMIT[code]) if code in _OF_LIMIT else ""


def detectable() -> str:
    """Say what the detectable difference is."""
    return _(
        "Syns först vid: den sanna andel, åt det håll ingen vill, som med 80 procents sannolikhet hamnar utanför "
        "95 %-gränsen vid så många operationer."
    )


def countries() -> str:
    """Say that countries cannot be held against each other."""
    return _(
        "Definitionerna skiljer sig mellan länder: vad som räknas som reoperation, och vilka operationer det räknas "
        "bland. Jämför bara inom ett land."
    )


def printed_by(source: str, period: str) -> str:
    """Say where a printed figure comes from."""
    return _("Värden ur {source}, {period}.").format(source=source, period=period)


def missing_is_not_nothing() -> str:
    """Say that what is not delivered is not 0."""
    return _("Data saknas är inte 0: där inget har levererats går det inte att säga om något har hänt.")


def moved_out() -> str:
    """Say that those who have moved away are followed no longer."""
    return _("Den som har flyttat ut kan ha vårdats någon annanstans; sådana händelser syns inte här.")
