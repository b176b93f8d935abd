"""How a round is made and what its words mean, with the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain import review_words
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.reports.composer import Composer


def add(composer: Composer) -> None:
    """Add the chapter."""
    composer.chapter(_("Metod och definitioner"))
    composer.terms(_terms())
    composer.section(_("Källor"))
    composer.bullets(sources())


def definitions() -> list[tuple[str, str]]:
    """Return what the scales and measures are called and mean, the same on paper and in the workbook."""
    return [*_scales(), *_measures()]


def _scales() -> list[tuple[str, str]]:
    return [
        (
            _("Samband."),
            _(
                "{words}. De två första bekräftar kopplingen till primäroperationen, de två andra avvisar den. Ordet "
                "samband säger inget om orsak eller ansvar."
            ).format(words=_scale("relation")),
        ),
        (_("Skadans allvar (NCC-MERP)."), _scale("harm_severity")),
        (_("Clavien-Dindo."), _scale("clavien_dindo")),
        (
            _("Undvikbarhet."),
            _(
                "{words}. 3 och 4 är vårdskada: en skada som hade kunnat undvikas om adekvata åtgärder hade "
                "vidtagits. Undvikbarheten avgör aldrig vad som kan krävas (R16)."
            ).format(words=_scale("avoidability")),
        ),
        (
            _("Infektion (EBJIS 2021)."),
            _(
                "{words}. Ett bekräftande kriterium räcker. Utan ett sådant är infektionen sannolik när ett kliniskt "
                "tecken eller förhöjt CRP finns tillsammans med ett provfynd, annars osannolik."
            ).format(words=_scale("infection_level")),
        ),
    ]


def _measures() -> list[tuple[str, str]]:
    return [
        (
            _("Kirurgins tyngd (R8)."),
            _(
                "Revision: byte, tillägg eller uttag av en protesdel. Reoperation: annan öppen kirurgi. Sluten "
                "reposition är ingendera."
            ),
        ),
        (
            _("Kappa."),
            _(
                "Andelen lika svar utöver vad slumpen ger: 1 är full enighet, 0 är slump. För skalor vägs skillnader "
                "linjärt efter antal steg. Intervallet är 95-procentigt, ur det asymptotiska medelfelet, kapat vid −1 "
                "och 1. Är alla par lika finns inget intervall, och är alla svar desamma ingen kappa."
            ),
        ),
        (
            _("Andelar."),
            _("Intervallen är Wilsons 95-procentiga. De beskriver slumpen, inte hur bra journalerna är."),
        ),
    ]


def sources() -> list[str]:
    """Return where the scales and methods are published."""
    return [
        _("National Coordinating Council for Medication Error Reporting and Prevention. NCC MERP Index."),
        _("Dindo D, Demartines N, Clavien PA. Ann Surg 2004;240:205."),
        _("McNally M m.fl. The EBJIS definition of periprosthetic joint infection. Bone Joint J 2021;103-B:18."),
        _("Vårdskada: patientsäkerhetslagen (2010:659), 1 kap. 5 §."),
        _("Cohen J. Educ Psychol Meas 1960;20:37. Cohen J. Psychol Bull 1968;70:213 (vägd kappa)."),
        _("Fleiss JL, Cohen J, Everitt BS. Psychol Bull 1969;72:323 (medelfel)."),
        _("Wilson EB. J Am Stat Assoc 1927;22:209. Magnéli M m.fl. BMJ Open 2019;9:e023773."),
    ]


def _terms() -> list[tuple[str, str]]:
    return [
        (
            _("Koder finner, människor beslutar."),
            _(
                "Händelserna har valts ut med koder för diagnoser och åtgärder. Koder hittar bara en del: ett "
                "publicerat mått med koder hade en känslighet på 5,7 % vid 30 dagar och 14,8 % vid 90 dagar (BMJ Open "
                "2019;9:e023773). Därför avgör granskarna, ur journalen, vad varje händelse är."
            ),
        ),
        (
            _("Frysta ärenden."),
            _(
                "Vilka händelser som ingår bestäms när omgången skapas och ändras inte sedan. Händelser som har "
                "försvunnit ur data står kvar i listan men räknas inte."
            ),
        ),
        (
            _("Två granskare."),
            _(
                "Svarar två, ser ingen den andras svar förrän båda har svarat. Skiljer sig svaren kommer de överens "
                "om ett gemensamt svar och skriver varför. Resultaten gäller det svar som står sist."
            ),
        ),
        *definitions(),
    ]


def _scale(vocabulary: str) -> str:
    """Return the words of a scale in their order, with their letters where they have them."""
    scales = {
        "relation": review_words.Relation,
        "harm_severity": review_words.HarmSeverity,
        "clavien_dindo": review_words.ClavienDindo,
        "avoidability": review_words.Avoidability,
        "infection_level": review_words.InfectionLevel,
    }
    return "; ".join(word(vocabulary, code) for code in scales[vocabulary])
