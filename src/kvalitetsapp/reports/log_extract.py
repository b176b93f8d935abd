"""A patient's extract of the access log: what was done with the patient's data, when and at which unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, Spacer

from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import document, styles
from kvalitetsapp.reports.composer import Composer
from kvalitetsapp.reports.document import PageFrame
from kvalitetsapp.reports.markup import escaped
from kvalitetsapp.reports.sections import cover
from kvalitetsapp.reports.tables import Grid, words
from kvalitetsapp.texts import NOTHING, _, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.access_log import LogEntry
    from kvalitetsapp.domain.log_report import LogExtract


def build(data: LogExtract) -> bytes:
    """Return the extract as PDF; the same data always give the same bytes."""
    styles.register_fonts()
    composer = Composer()
    _cover(composer, data)
    _entries(composer, data)
    _reading(composer, data)
    return document.build(_page_frame(data), composer.story())


def _page_frame(data: LogExtract) -> PageFrame:
    title = _("Loggutdrag")
    return PageFrame(
        title=title,
        header_left=_("Konfidentiellt · {title}").format(title=title),
        header_right=data.made_on.isoformat(),
        footer=_("Konfidentiellt · Kvalitetsapp {version}").format(version=data.program_version),
        sample=data.sample,
    )


def _cover(composer: Composer, data: LogExtract) -> None:
    told = [
        (_("Patient"), data.patient),
        *((_("Tidigare nummer"), one) for one in data.other_numbers),
        (_("Från"), data.first.isoformat() if data.first else _("loggens början")),
        (_("Till och med"), data.last.isoformat() if data.last else data.made_on.isoformat()),
        (_("Poster"), number(len(data.entries))),
        (_("Framställt"), data.made_on.isoformat()),
        (_("Mottagare"), data.receiver),
    ]
    if data.sample:
        told.append((_("Obs"), cover.made_up()))
    composer.cover(
        Spacer(1, 30 * mm),
        Paragraph(escaped(_("Loggutdrag")), styles.COVER_TITLE),
        Paragraph(escaped(_("Åtkomst till uppgifter om patienten i Kvalitetsapp")), styles.COVER_SUBJECT),
        Paragraph(
            escaped(
                _(
                    "Utdraget visar när någon har läst, ändrat, skrivit ut, tagit ut eller lämnat ut uppgifter om "
                    "patienten, och vid vilken enhet (8 kap. 5 § patientdatalagen)."
                )
            ),
            styles.LEAD,
        ),
        cover.facts(told),
        Spacer(1, 14),
    )


def _entries(composer: Composer, data: LogExtract) -> None:
    composer.chapter(_("Åtkomster"))
    if not data.entries:
        composer.text(_("Loggen har inga poster om patienten under tiden."))
        return
    heads = [words(_("När"), 1.2), words(_("Enhet"), 1.6), words(_("Slag"), 0.9), words(_("Vad som gjordes"), 2.6)]
    if data.with_names:
        heads.append(words(_("Vem"), 1.4))
    composer.table(
        _("Varje åtkomst, den senaste först."),
        Grid(tuple(heads), [_row(one, with_names=data.with_names) for one in data.entries], size=7.2),
        parted=len(data.entries) > 1,
    )


def _row(one: LogEntry, *, with_names: bool) -> tuple[str, ...]:
    told = (
        *(one.moment[:16], one.unit or NOTHING, word("action_kind", one.kind)),
        word("audit_action", one.action),
    )
    return (*told, one.who) if with_names else told


def _reading(composer: Composer, data: LogExtract) -> None:
    composer.chapter(_("Så läser du utdraget"), new_page=False)
    names = _("Namnen på dem som arbetar vid enheten lämnas inte ut i det här utdraget.")
    composer.terms(
        [
            (_("Läsning."), _("Någon öppnade en sida om patienten. Samma sida räknas en gång var femte minut.")),
            (_("Beslut och krav."), _("Någon bedömde en händelse, fyllde i en kostnad eller krävde ersättning.")),
            (
                _("Utlämnande, utskrift, export och kopiering."),
                _("Uppgifter lämnade programmet: på papper, i en fil, genom urklipp eller till en mottagare."),
            ),
            (_("Enhet."), _("Den enhet där användaren är upplagd i programmet.")),
            (_("Vem."), _("Namnet som användaren är upplagd med.") if data.with_names else names),
        ]
    )
