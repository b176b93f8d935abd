"""A signed check of the access log on paper: how the sample was drawn, what was found, and who stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, Spacer

from kvalitetsapp.domain import access_log
from kvalitetsapp.domain.audit_words import LogFinding
from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import document, figure_row, styles
from kvalitetsapp.reports.composer import Composer
from kvalitetsapp.reports.document import PageFrame
from kvalitetsapp.reports.figure_row import KeyFigure
from kvalitetsapp.reports.markup import escaped
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.sections import cover
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import NOTHING, _, ngettext, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.access_log import LogEntry
    from kvalitetsapp.domain.log_check import Judged
    from kvalitetsapp.domain.log_report import LogCheckReport

_SEAL_SHOWN = 12


def build(data: LogCheckReport) -> bytes:
    """Return the check as PDF; the same check always gives the same bytes."""
    styles.register_fonts()
    composer = Composer()
    _cover(composer, data)
    _summary(composer, data)
    _entries(composer, data)
    _ground(composer, data)
    return document.build(_page_frame(data), composer.story())


def _title(data: LogCheckReport) -> str:
    return _("Loggkontroll nr {number}").format(number=data.check.log_check)


def _period(data: LogCheckReport) -> str:
    plan = data.check.plan
    return f"{plan.first.isoformat()}–{plan.last.isoformat()}"


def _page_frame(data: LogCheckReport) -> PageFrame:
    return PageFrame(
        title=_title(data),
        header_left=_title(data),
        header_right=_period(data),
        footer=_("Kvalitetsapp {version} · sigill {seal}").format(
            version=data.program_version, seal=data.check.seal[:_SEAL_SHOWN]
        ),
        sample=data.sample,
    )


def _cover(composer: Composer, data: LogCheckReport) -> None:
    check = data.check
    told = [
        (_("Period"), _period(data)),
        (_("Urval"), check.plan.in_words()),
        (_("Utfall"), word("log_outcome", check.outcome)),
        (_("Signerad av"), f"{check.who}, {check.signed_as}"),
        (_("Signerad"), _made_at(data)),
    ]
    if data.sample:
        told.append((_("Obs"), cover.made_up()))
    composer.cover(
        Spacer(1, 30 * mm),
        Paragraph(escaped(_("Loggkontroll")), styles.COVER_TITLE),
        Paragraph(escaped(_("Åtkomst till patientuppgifter i Kvalitetsapp")), styles.COVER_SUBJECT),
        cover.facts(told),
        Spacer(1, 14),
    )


def _made_at(data: LogCheckReport) -> str:
    return access_log.on_the_wall(data.check.made_at).strftime("%Y-%m-%d %H:%M")


def _summary(composer: Composer, data: LogCheckReport) -> None:
    check = data.check
    composer.chapter(_("Resultat"))
    unjustified = check.count(LogFinding.UNJUSTIFIED)
    composer.add(
        figure_row.draw(
            [
                KeyFigure(
                    number(len(check.judged)),
                    _("av {n}").format(n=number(check.population)),
                    _("poster kontrollerade"),
                ),
                KeyFigure(number(check.count(LogFinding.JUSTIFIED)), "", _("befogade")),
                KeyFigure(number(check.count(LogFinding.UNCLEAR)), "", _("oklara")),
                KeyFigure(number(unjustified), "", _("obefogade"), strong=unjustified > 0),
            ]
        )
    )
    composer.space(12)
    composer.text(word("log_outcome", check.outcome) + ".", styles.LEAD)
    if check.note:
        composer.text(check.note)
    if check.own:
        told = ngettext(
            "{n} av posterna är kontrollantens egen. Låt någon annan kontrollera den.",
            "{n} av posterna är kontrollantens egna. Låt någon annan kontrollera dem.",
            check.own,
        )
        composer.text(told.format(n=number(check.own)))


def _entries(composer: Composer, data: LogCheckReport) -> None:
    composer.chapter(_("Posterna"), new_page=False)
    judged = {one.entry: one for one in data.check.judged}
    rows = [_row(one, judged[one.entry], data) for one in data.entries]
    heads = (
        Column(_("Post"), 0.7),
        words(_("När"), 1.1),
        words(_("Vem, enhet"), 1.5),
        words(_("Åtgärd, vad"), 2.4),
        words(_("Patient"), 1.3),
        words(_("Bedömning, anteckning"), 1.8),
    )
    marked = frozenset(
        place for place, one in enumerate(data.entries) if judged[one.entry].finding is not LogFinding.JUSTIFIED
    )
    composer.table(
        _("De dragna posterna, i loggens ordning."),
        Grid(heads, rows, marked=marked, size=6.8),
        Notes(_("Personnumren är maskerade. Posten i loggen har hela numret.")),
        parted=len(rows) > 1,
    )


def _row(one: LogEntry, judged: Judged, data: LogCheckReport) -> tuple[str, ...]:
    about = access_log.about(one, data.names)
    return (
        number(one.entry),
        one.moment[:16],
        _lines(one.who, one.unit),
        _lines(word("audit_action", one.action), about),
        access_log.patients_in_words(one.patients) or NOTHING,
        _lines(word("log_finding", judged.finding), judged.note),
    )


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text) or NOTHING


def _ground(composer: Composer, data: LogCheckReport) -> None:
    check, plan = data.check, data.check.plan
    composer.chapter(_("Så drogs stickprovet"), new_page=False)
    composer.text(
        _(
            "Posterna är dragna med lott: samma frö ur samma logg ger samma poster. Sigillet gäller kontrollen med "
            "alla bedömningar och loggens sista post när den gjordes."
        )
    )
    composer.table(
        _("Urvalet och sigillen."),
        Grid(
            (words(_("Vad"), 1), words(_("Värde"), 2.6)),
            [
                (_("Urval"), plan.in_words()),
                *([(_("Utvalda patienter"), number(len(plan.patients)))] if plan.patients else []),
                (_("Stickprovets storlek"), number(plan.size)),
                (_("Frö"), str(plan.seed)),
                (_("Poster att välja bland"), number(check.population)),
                (_("Loggens sista post"), number(plan.last_entry)),
                (_("Den postens sigill"), f"{check.last_hash[:32]}\n{check.last_hash[32:]}"),
                (_("Kontrollens sigill"), f"{check.seal[:32]}\n{check.seal[32:]}"),
            ],
            size=7.2,
        ),
    )
