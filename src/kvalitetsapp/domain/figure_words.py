"""What the check of typed-in figures says, in Swedish and without blame: one sentence for each outcome."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.typed_figures import FigureVerdict, Share
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import MINUS, N_, NO_BREAK_SPACE, _, ngettext, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.figure_periods import Window
    from kvalitetsapp.domain.typed_figures import CheckedFigure, Counts, FigureFinding, FigureTally, Part

_SENTENCES: Final[dict[str, str]] = {
    "missing": N_("Värdet saknas."),
    "unreadable": N_("Raden går inte att läsa: {reason}"),
    "outside": N_("{value} ligger utanför 0–100 %."),
    "not_whole": N_("{value} är inte ett helt antal."),
    "whole": N_("Ett helt antal."),
    "no_rule": N_("Det finns inget att pröva ett värde i enheten ”{unit}” mot."),
    "no_n": N_("Antalet bakom andelen saknas, så inget säger vilka andelar som är möjliga."),
    "n_is_nothing": N_("Antalet bakom andelen är 0."),
    "one_count": N_("{low} av {n} ger {value}."),
    "some_counts": N_("Varje antal från {low} till {high} av {n} ger {value}."),
    "half_up": N_("{low} av {n} ger {value} om en halv avrundas uppåt."),
    "half_even": N_("{low} av {n} ger {value} om en halv avrundas till jämn siffra."),
    "half_down": N_("{low} av {n} ger {value} om en halv avrundas nedåt."),
    "none": N_("Inget helt antal händelser ger {value} av {n}: {below} ger {below_value}, {above} ger {above_value}."),
    "truncated": N_(
        "Inget helt antal händelser ger {value} av {n}: {below} ger {below_value}, {above} ger {above_value}. Kapas "
        "decimalerna i stället för att avrundas ger {truncated} den siffran."
    ),
    "raised": N_(
        "Inget helt antal händelser ger {value} av {n}: {below} ger {below_value}, {above} ger {above_value}. "
        "Avrundas allt uppåt ger {raised} den siffran."
    ),
    "both": N_(
        "Inget helt antal händelser ger {value} av {n}: {below} ger {below_value}, {above} ger {above_value}. Kapas "
        "decimalerna ger {truncated} den siffran, och avrundas allt uppåt ger {raised} den."
    ),
    "share_fits": N_("{part} av {total} är {value}."),
    "share_differs": N_("{part} av {total} är {found}, inte {value}."),
    "share_of_other_n": N_("Anteckningen säger {part} av {total}, men antalet i tabellen är {n}."),
    "no_total": N_("Delen eller totalen står inte i tabellen för samma period."),
    "sum_fits": N_("Delarna blir tillsammans {sum}."),
    "sum_differs": N_("Delarna blir tillsammans {sum}, inte {value}: {difference}."),
    "sum_within": N_("De som står i tabellen blir tillsammans {sum} och ryms i {value}."),
    "sum_above": N_("De som står i tabellen blir tillsammans {sum}, fler än {value}."),
    "sum_other_period": N_(
        "Enheternas antal har perioden ”{period}” utan år. De blir tillsammans {sum}: {difference} Åren kan "
        "skilja, så summan kan inte prövas."
    ),
    "sum_not_whole": N_("Något av enheternas antal saknas eller är inte helt, så summan kan inte prövas."),
    "several_providers": N_("Flera vårdgivare finns i landet, så det framgår inte vilka enheter som hör hit."),
    "passed": N_("{window} har gått för operationer under {year} vid utgången av {report}."),
    "not_passed": N_(
        "{window} har inte gått för operationer under {year}: de sista når dit {end}, men siffran gäller {report} års "
        "rapport."
    ),
    "not_passed_by_volume": N_(
        "Antalen i tabellen är {year} års: enheterna blir tillsammans den totalen. {window} har inte gått för dem, de "
        "sista når dit {end}, men siffran gäller {report} års rapport. Antalet kan då inte vara andelens nämnare."
    ),
    "not_passed_today": N_("{window} har ännu inte gått för operationer under {year}: de sista når dit {end}."),
    "passed_late": N_(
        "{window} för operationer under {year} går ut {end}. Det stämmer bara om uppföljningen gick längre än till "
        "utgången av {report}."
    ),
    "no_index_year": N_(
        "Operationernas år framgår inte. För att {window} ska ha gått vid utgången av {report} ska den sista "
        "operationen vara gjord senast {latest}."
    ),
    "no_year": N_("Varken operationernas eller rapportens år framgår, så det går inte att se om {window} har gått."),
    "twice_joint": N_("Samma siffra kan stå två gånger: här {value}, för {joint} {other}."),
    "twice_source": N_("Samma siffra kan stå två gånger: här {value}, i {source} {other}."),
    "twice_row": N_("Samma siffra står två gånger: här {value}, på rad {row} {other}."),
    "contradicts": N_("Siffran står två gånger med olika värde: här {value}, på rad {row} {other}."),
}
_ORDER: Final = {verdict: place for place, verdict in enumerate(FigureVerdict)}


_VOCABULARIES: Final = {"unit": "unit_of_value", "joint": "procedure_area"}


def sentence(finding: FigureFinding) -> str:
    """Return what a rule says of a figure."""
    told = _(_SENTENCES[finding.sentence])
    text = told.format(**{name: _part(name, part) for name, part in finding.parts.items()})
    return text[:1].upper() + text[1:]


def explanation(checked: CheckedFigure) -> str:
    """Return everything there is to say of a figure, remarks first."""
    found = sorted(checked.findings, key=lambda each: _ORDER[each.verdict])
    return " ".join(sentence(each) for each in found)


def _part(name: str, part: Part) -> str:
    text = shown(part)
    return word(_VOCABULARIES[name], text) if name in _VOCABULARIES else text


def shown(part: Part) -> str:
    """Return a part of a sentence as Swedish readers write it."""
    match part:
        case Share():
            return f"{shown(part.value)}{NO_BREAK_SPACE}%"
        case Decimal():
            text = f"{abs(part):,f}".replace(",", NO_BREAK_SPACE).replace(".", ",")
            return MINUS + text if part < 0 else text
        case int():
            return number(part)
        case date():
            return part.isoformat()
        case _:
            return part


def counts_text(counts: Counts | None) -> str:
    """Return whole numbers as `22` or `22–24`."""
    if counts is None:
        return ""
    return number(counts.low) if counts.low == counts.high else f"{number(counts.low)}–{number(counts.high)}"


def window_text(window: Window) -> str:
    """Return a window as `2 år`."""
    n = number(window.length)
    if window.unit == "d":
        return ngettext("{n} dag", "{n} dagar", window.length).format(n=n)
    if window.unit == "m":
        return ngettext("{n} månad", "{n} månader", window.length).format(n=n)
    return ngettext("{n} år", "{n} år", window.length).format(n=n)


def difference_text(difference: int) -> str:
    """Return how much more or less a sum is than its total."""
    if not difference:
        return _("lika många som här.")
    if difference > 0:
        return _("{n} fler än här.").format(n=number(difference))
    return _("{n} färre än här.").format(n=number(-difference))


def remarks_text(remarks: str) -> str:
    """Return the rules that have a remark, from the codes of the column `remarks`."""
    return ", ".join(word("figure_rule", rule) for rule in remarks.split())


def tally_text(found: FigureTally) -> str:
    """Return in two sentences how the figures came out."""
    told = ngettext("{n} siffra", "{n} siffror", found.figures).format(n=number(found.figures))
    text = _("{figures}: {remarks} med anmärkning, {fine} utan, {unchecked} kan inte prövas.").format(
        figures=told,
        remarks=number(found.remarks),
        fine=number(found.no_remark),
        unchecked=number(found.unchecked),
    )
    if not found.shares:
        return text
    shares = _("Av {n} andelar med känt antal kan {impossible} inte komma ur något helt antal händelser.")
    return f"{text} {shares.format(n=number(found.shares), impossible=number(found.impossible))}"
