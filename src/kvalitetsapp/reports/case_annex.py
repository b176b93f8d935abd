"""The annex with a provider's cases on paper; it never leaves in plain text (`sealed_pdf`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, Spacer

from kvalitetsapp.domain.case_annex import NUMBERS_WORDS
from kvalitetsapp.domain.words import LinkStatus, word
from kvalitetsapp.reports import document, phrases, styles
from kvalitetsapp.reports.composer import Composer
from kvalitetsapp.reports.document import PageFrame
from kvalitetsapp.reports.markup import escaped
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.sections import cover, manifest
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import N_, NOTHING, _, kronor, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.case_annex import AnnexCase, CaseAnnex

_FINGERPRINT_SHOWN: Final = 12
_CHAPTERS: Final = {
    LinkStatus.CONFIRMED: (
        N_("Bekräftade händelser"),
        N_("En person har bekräftat att händelsen hör till operationen."),
    ),
    LinkStatus.PROPOSED: (
        N_("Föreslagna händelser"),
        N_("Programmet har hittat ett möjligt samband. Ingen har granskat det; det är en misstanke."),
    ),
    LinkStatus.AMBIGUOUS: (
        N_("Tvetydiga händelser"),
        N_("Händelsen kan höra till flera operationer eller sidor. Den räknas inte förrän den är granskad."),
    ),
}


def build(data: CaseAnnex) -> bytes:
    """Return the PDF, which is to be sealed (`sealed_pdf`) before it is written anywhere."""
    styles.register_fonts()
    composer = Composer()
    _cover(composer, data)
    for place, status in enumerate(_CHAPTERS):
        _chapter(composer, data, status, first=place == 0)
    _reading(composer)
    manifest.add(composer, data.head, data.manifest, sealed=True)
    return document.build(_page_frame(data), composer.story())


def _page_frame(data: CaseAnnex) -> PageFrame:
    title, head = _("Ärendebilaga"), data.head
    return PageFrame(
        title=_("{title}: {subject}").format(title=title, subject=head.subject),
        header_left=_("Konfidentiellt · {title} · {subject}").format(title=title, subject=head.subject),
        header_right=_("data till {cut}").format(cut=head.data_cut),
        footer=_("Konfidentiellt · Kvalitetsapp {version} · underlag {fingerprint}").format(
            version=head.program_version, fingerprint=data.manifest.fingerprint[:_FINGERPRINT_SHOWN]
        ),
        sample=head.sample,
    )


def _cover(composer: Composer, data: CaseAnnex) -> None:
    head = data.head
    told = [
        (_("Underlag"), phrases.operations_of(head)),
        (_("Data till och med"), head.data_cut),
        (_("Händelser"), number(len(data.cases))),
        (_("Mottagare"), data.receiver),
        (_("Grund för utlämnandet"), data.ground),
        (_("Patienter"), _(NUMBERS_WORDS[data.numbers])),
    ]
    if head.sample:
        told.append((_("Obs"), cover.made_up()))
    composer.cover(
        Spacer(1, 30 * mm),
        Paragraph(escaped(_("Ärendebilaga")), styles.COVER_TITLE),
        Paragraph(escaped(head.subject), styles.COVER_SUBJECT),
        Paragraph(
            escaped(
                _(
                    "Konfidentiellt. Bilagan innehåller patientuppgifter och omfattas av sekretess, också utan "
                    "personnummer. Den är framställd för mottagaren nedan och får inte lämnas vidare."
                )
            ),
            styles.LEAD,
        ),
        cover.facts(told),
        Spacer(1, 14),
    )


def _chapter(composer: Composer, data: CaseAnnex, status: LinkStatus, *, first: bool) -> None:
    title, meaning = _CHAPTERS[status]
    composer.chapter(_(title), new_page=first)
    cases = data.of_status(status.value)
    if not cases:
        composer.text(_("Inga."))
        return
    composer.text(_(meaning))
    is_sure = status is LinkStatus.CONFIRMED
    heads = (
        words(_("Primäroperation, händelse"), 2.4),
        words(_("Opererad, händelse"), 1.28),
        Column(_("Dagar"), 0.78),
        words(_("Led, sida"), 1.2),
        words(_("Slag, kirurgi"), 1.6),
        words(_("Samband, allvar, undvikbarhet"), 1.45),
        Column(_("Kostnad"), 1.2),
        words(_("Täcks"), 1.4),
        Column(_("Kan krävas") if is_sure else _("Kunde krävas"), 1.2),
    )
    notes = Notes(
        _("Kronor. Samband, allvar (NCC-MERP) och undvikbarhet (1–4) står där formuläret är besvarat."),
        "" if is_sure else _("Täcks och belopp visar vad som skulle gälla om händelsen bekräftades."),
    )
    caption = _("{title}, efter händelsens datum.").format(title=_(title))
    composer.table(caption, Grid(heads, [_row(one) for one in cases], size=6.2), notes, parted=len(cases) > 1)


def _row(one: AnnexCase) -> tuple[str, ...]:
    form = (word("relation", one.relation) if one.relation else "", one.harm_severity, one.avoidability)
    relation, *judged = form
    return (
        _lines(_operation(one.index_ref), one.event_ref, one.patient),
        _lines(one.operated_on, one.event_date),
        number(one.days),
        _lines(word("joint", one.joint), word("side", one.side)),
        _lines(
            word("complication_class", one.complication_class) if one.complication_class else "",
            word("surgery_level", one.surgery_level) if one.surgery_level else "",
        ),
        _lines(relation, ", ".join(part for part in judged if part)),
        NOTHING if one.cost is None else kronor(one.cost).removesuffix("\u00a0kr"),
        _covered(one),
        kronor(one.claimable).removesuffix("\u00a0kr") if one.covered else NOTHING,
    )


def _operation(index_ref: str) -> str:
    """Return the reference of an operation with its side as a word; its joint has a column."""
    contact, _joint, side = index_ref.rsplit("/", 2)
    return _("{contact}, {side}").format(contact=contact, side=word("side", side).lower())


def _covered(one: AnnexCase) -> str:
    if one.covered is None:
        return NOTHING
    return _("Ja") if one.covered else word("reason", one.reason)


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text) or NOTHING


def _reading(composer: Composer) -> None:
    composer.chapter(_("Så läser du bilagan"), new_page=False)
    composer.terms(
        [
            (
                _("Beteckningar."),
                _(
                    "Primäroperation och händelse är källsystemets beteckning för vårdkontakten; operationens följs "
                    "av sidan. Med dem hittar den som har journalen rätt patient."
                ),
            ),
            (
                _("Undvikbarhet."),
                _(
                    "1 och 2: inte eller sannolikt inte undvikbar, 3 och 4: sannolikt undvikbar eller undvikbar. "
                    "Bedömningen påverkar aldrig vad som kan krävas (R16)."
                ),
            ),
            (
                _("Täcks."),
                _("Ett avtal omfattar händelsen (R12, R13); annars står det första skäl som gäller."),
            ),
            (
                _("Samma uppgifter"),
                _("ligger som CSV-fil i den här filen, som bilaga."),
            ),
        ]
    )
