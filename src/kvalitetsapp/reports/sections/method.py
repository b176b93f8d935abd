"""Method and definitions: the rules in words, with their numbers and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain import families
from kvalitetsapp.reports import styles
from kvalitetsapp.reports.sections import definitions
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kvalitetsapp.domain.report_chapters import Recipe
    from kvalitetsapp.reports.composer import Composer


def add(composer: Composer, recipes: Sequence[Recipe] = (), joints: Iterable[str] = ()) -> None:
    """Add the chapter, with what is particular to the families of procedures and the indicators shown, in short."""
    composer.chapter(_("Metod och definitioner"))
    composer.text(_("Reglerna har nummer så att program, tester och rapporter talar om samma sak."), styles.SMALL)
    composer.terms([*_rules_of_events(), *_rules_of_rates(), *_rules_of_money(), *_rules_of_detection()])
    composer.terms(_of_families(joints))
    definitions.short(composer, recipes)
    composer.section(_("Källor"))
    composer.bullets(_sources())


def _of_families(joints: Iterable[str]) -> list[tuple[str, str]]:
    """Return what families say of themselves, each once."""
    found = (families.of(joint) for joint in dict.fromkeys(joints))
    return [(_("{name}.").format(name=one.name), one.method) for one in found if one is not None and one.method]


def _rules_of_events() -> list[tuple[str, str]]:
    return [
        (
            _("Primäroperation (R1, R2)."),
            _(
                "Första protes i en led på en sida, ur åtgärdskoder (KVÅ). Sidan tas ur lateralitetskoder eller ur "
                "åtgärdsfilen, annars är den okänd. En protes som sätts in vid en revision är ingen primäroperation."
            ),
        ),
        (
            _("Händelse (R3, R4)."),
            _(
                "En senare vårdkontakt med en åtgärd på leden eller en diagnos (ICD-10-SE) som kan vara en "
                "komplikation. Vissa diagnoser räknas bara en viss tid efter operationen. Händelsens dag är dagen för "
                "den första sådana åtgärden, annars inskrivningsdagen."
            ),
        ),
        (
            _("Koppling (R5, R6)."),
            _(
                "En händelse kopplas till personens senaste operation i samma led före händelsen, "
                "om sidorna går ihop. "
                "Finns det flera möjliga leder eller sidor är kopplingen tvetydig. Program föreslår, en person "
                "bekräftar eller avvisar; ett beslut ändras aldrig av en ny körning."
            ),
        ),
        (
            _("Slag av komplikation och kirurgi (R7, R8)."),
            _(
                "Det första slag i en fast ordning som någon kod ger; granskarens bedömning går före. Revision: byte, "
                "tillägg eller uttag av en protesdel. Reoperation: annan öppen kirurgi. Sluten "
                "reposition är ingendera."
            ),
        ),
    ]


def _rules_of_rates() -> list[tuple[str, str]]:
    return [
        (
            _("Reoperation inom 30, 90 och 730 dagar (R9)."),
            _(
                "Nämnaren är operationer gjorda minst så många dagar före datauttaget. Täljaren är de av dem som har "
                "minst en föreslagen eller bekräftad reoperation eller revision i tid. Döda är kvar i nämnaren. "
                "Wilsons 95-procentiga intervall."
            ),
        ),
        (
            _("Prediktionsgränser (R10)."),
            _(
                "Kring riksvärdet, eller utan det kring andelen bland alla uppföljda operationer i leden, ur "
                "binomialfördelningen med interpolation. Om en vårdgivare ligger utanför avgörs av de exakta "
                "sannolikheterna, inte av den ritade linjen."
            ),
        ),
        (
            _("Tid till revision (R11)."),
            _(
                "1 − Kaplan–Meier med log–log-intervall; uppföljningen slutar vid datauttag, utflyttning eller död. "
                "Händelser före dödsfall före övriga på samma dag."
            ),
        ),
    ]


def _rules_of_money() -> list[tuple[str, str]]:
    return [
        (
            _("Täckning (R12, R13)."),
            _(
                "En operation hör till det avtal som stämmer i vårdgivare, led, ersättningsväg och datum. En händelse "
                "täcks om den är bekräftad, vårdades i egen regi och ryms i avtalets garanti."
            ),
        ),
        (
            _("Kostnad (R14)."),
            _(
                "Vårdkontaktens kostnad enligt KPP eller avtalets taxa, i avtalets ordning. Saknas kostnad gissas den "
                "aldrig. En vårdkontakt med flera händelser räknas en gång."
            ),
        ),
        (
            _("Tak (R15)."),
            _("Ett ärendes täckta händelser i datumordning: först självrisken, sedan taket, så länge det räcker."),
        ),
        (
            _("Undvikbarhet (R16)."),
            _("Om en komplikation hade kunnat undvikas påverkar aldrig vad som kan krävas."),
        ),
    ]


def _rules_of_detection() -> list[tuple[str, str]]:
    return [
        (
            _("Synlig skillnad."),
            _(
                "Den minsta sanna andel vid vilken antalet händelser med sannolikheten 0,8 når det antal som ligger "
                "utanför den övre 95 %-gränsen, ur binomialfördelningen."
            ),
        ),
        (
            _("Observerat mot väntat (O/E)."),
            _(
                "Det väntade är summan av varje operations sannolikhet ur en logistisk modell av alla operationer i "
                "leden, med ålder, kön, diagnos och operationsår. Vårdgivaren är inte med i modellen."
            ),
        ),
        (
            _("Avstånd mellan händelser och löpande summa."),
            _(
                "Gränserna för avstånd kommer ur den geometriska fördelningen. Löpande summan (CUSUM) väger varje "
                "operation med hur mycket troligare utfallet är vid dubbla odds; hur länge den väntar på larm och hur "
                "ofta den larmar fel står vid diagrammet."
            ),
        ),
        (
            _("Andel per kvartal."),
            _("Kring medianen; skifte, trend och antal byten av sida efter Perla m.fl. 2011."),
        ),
    ]


def _sources() -> list[str]:
    return [
        _("Spiegelhalter DJ. Funnel plots for comparing institutional performance. Statist Med 2005;24:1185–1202."),
        _("Wilson EB. Probable inference. J Am Stat Assoc 1927;22:209–212."),
        _("Kalbfleisch JD, Prentice RL. The statistical analysis of failure time data. Wiley 2002."),
        _("Breslow NE, Day NE. Statistical methods in cancer research II. IARC 1987."),
        _("Benneyan JC. Health Care Manag Sci 2001;4:305–318. Steiner SH m.fl. Biostatistics 2000;1:441–452."),
        _("Perla RJ, Provost LP, Murray SK. The run chart. BMJ Qual Saf 2011;20:46–51."),
        _("Efron B, Tibshirani RJ. An introduction to the bootstrap. Chapman & Hall 1993."),
        _("Kodtexter: Socialstyrelsen, KVÅ och ICD-10-SE. Riksvärden: se fotnot vid varje tabell."),
    ]
