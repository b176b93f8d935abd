"""The protocol of a review round: what the reviewers found, how well they agree, and where it is signed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, Spacer

from kvalitetsapp.reports import document, figure_row, ledger_of_review, ledgers, styles
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports.composer import Composer
from kvalitetsapp.reports.document import PageFrame
from kvalitetsapp.reports.figure_row import KeyFigure
from kvalitetsapp.reports.markup import escaped
from kvalitetsapp.reports.sections import (
    beside_earlier,
    between_reviewers,
    case_list,
    cover,
    findings_of_review,
    manifest,
    review_method,
    round_progress,
    signatures,
)
from kvalitetsapp.reports.sections.findings_of_review import avoidable_words, kappa_words
from kvalitetsapp.texts import NOTHING, _, decimal, ngettext

if TYPE_CHECKING:
    from kvalitetsapp.domain.review_protocol import ProtocolData, ProtocolHead
    from kvalitetsapp.domain.reviewer_agreement import ReviewerAgreement
    from kvalitetsapp.reports.cells import Cells

_FINGERPRINT_SHOWN: Final = 12


def build(data: ProtocolData) -> bytes:
    """Return the protocol as PDF; the same data always give the same bytes."""
    styles.register_fonts()
    composer, cells = Composer(), ledgers.cells_of(data)
    _cover(composer, data)
    _summary(composer, data, cells)
    round_progress.add(composer, data, cells)
    findings_of_review.add(composer, data, cells)
    between_reviewers.add(composer, data, cells)
    beside_earlier.add(composer, data.earlier, data.results, cells)
    signatures.add(composer, data)
    case_list.add(composer, data.cases, cells)
    review_method.add(composer)
    manifest.add(composer, data.head, data.manifest)
    return document.build(_page_frame(data), composer.story())


def _page_frame(data: ProtocolData) -> PageFrame:
    title, name = _("Granskningsprotokoll"), data.head.name
    return PageFrame(
        title=_("{title}: {subject}").format(title=title, subject=name),
        header_left=_("{title} · {subject}").format(title=title, subject=name),
        header_right=_("data till {cut}").format(cut=data.head.data_cut),
        footer=_("Kvalitetsapp {version} · underlag {fingerprint}").format(
            version=data.head.program_version, fingerprint=data.manifest.fingerprint[:_FINGERPRINT_SHOWN]
        ),
        sample=data.head.sample,
    )


def _cover(composer: Composer, data: ProtocolData) -> None:
    head = data.head
    told = [
        (_("Läge"), _standing(head)),
        (_("Fryst"), _("{day} av {who}").format(day=head.frozen_on, who=head.frozen_by)),
        (_("Data till och med"), head.data_cut),
        (_("Granskare"), ", ".join(one.name for one in data.reviewers) or _("Ingen än")),
        (_("Små tal"), cover.small_numbers(head.small_numbers)),
    ]
    if head.sample:
        told.append((_("Obs"), cover.made_up()))
    composer.cover(
        Spacer(1, 30 * mm),
        Paragraph(escaped(_("Granskningsprotokoll")), styles.COVER_TITLE),
        Paragraph(escaped(head.name), styles.COVER_SUBJECT),
        cover.facts(told),
        Spacer(1, 14),
    )


def _standing(head: ProtocolHead) -> str:
    if head.is_closed:
        return _("Avslutad {day} av {who}").format(day=head.closed_on, who=head.closed_by)
    return _("Pågår. Resultaten är preliminära.")


def _summary(composer: Composer, data: ProtocolData, cells: Cells) -> None:
    composer.chapter(_("Sammanfattning"))
    composer.add(figure_row.draw(_figures(data, cells)))
    composer.space(12)
    for sentence in _sentences(data, cells):
        composer.text(sentence, styles.LEAD)


def _figures(data: ProtocolData, cells: Cells) -> list[KeyFigure]:
    results = data.results
    cases, done = (cells.at(names.of_round(one), getattr(data.progress, one)) for one in ("cases", "done"))
    reviewed, confirmed = (cells.at(names.found(one), getattr(results, one)) for one in ("reviewed", "confirmed"))
    share, relation = results.avoidable, data.agreement_on("relation")
    avoidable = KeyFigure(NOTHING, _("för få för att visas"), _("vårdskador (3–4) av bedömda"))
    if not share.n:
        avoidable = replace(avoidable, behind=_("inte bedömt"))
    elif ledger_of_review.share_told(share, results.confirmed, cells):
        avoidable = replace(avoidable, value=cells.rate(share, 0), behind=cells.interval(share, 0))
    figures = [
        KeyFigure(
            cases,
            _("{n} klara").format(n=done),
            _("ärenden i omgången"),
        ),
        KeyFigure(
            confirmed,
            _("av {n} granskade").format(n=reviewed),
            _("händelser med säkert eller sannolikt samband"),
        ),
        avoidable,
    ]
    return [*figures, _kappa_figure(relation, cells)] if relation else figures


def _kappa_figure(one: ReviewerAgreement, cells: Cells) -> KeyFigure:
    label = _("kappa för samband mellan två granskare")
    if not ledger_of_review.kappa_told(one, cells):
        return KeyFigure(NOTHING, _("för få för att visas"), label)
    if one.kappa is None:
        return KeyFigure(NOTHING, _("kan inte räknas"), label)
    behind = _("{n} par").format(n=cells.at(names.pairs("both", one.question), one.n))
    if one.low is not None and one.high is not None:
        behind = _("{low} till {high}").format(low=decimal(one.low, 2), high=decimal(one.high, 2))
    return KeyFigure(decimal(one.kappa, 2), behind, label)


def _sentences(data: ProtocolData, cells: Cells) -> list[str]:
    results, told = data.results, []
    if not data.head.is_closed:
        told.append(_("Omgången pågår: talen är preliminära och protokollet skrivs inte under än."))
    if not results.reviewed:
        return [*told, _("Inget ärende är klart än.")]
    told.append(
        ngettext(
            "{n} ärende är granskat: {confirmed} har ett säkert eller sannolikt samband med en primäroperation.",
            "{n} ärenden är granskade: {confirmed} har ett säkert eller sannolikt samband med en primäroperation.",
            results.reviewed,
        ).format(
            n=cells.at(names.found("reviewed"), results.reviewed),
            confirmed=cells.at(names.found("confirmed"), results.confirmed),
        )
    )
    share = results.avoidable
    if share.n and ledger_of_review.share_told(share, results.confirmed, cells):
        told.append(
            _("Vårdskador, alltså händelser som hade kunnat undvikas (3–4): {share}.").format(
                share=avoidable_words(share, cells)
            )
        )
    relation = data.agreement_on("relation")
    if relation and relation.n and ledger_of_review.kappa_told(relation, cells):
        told.append(_("Granskarnas kappa för sambandet: {kappa}.").format(kappa=kappa_words(relation)))
    if data.undecided:
        told.append(
            ngettext(
                "{n} ärende har inget beslut och räknas inte.",
                "{n} ärenden har inget beslut och räknas inte.",
                len(data.undecided),
            ).format(n=cells.at(names.of_round("undecided"), len(data.undecided)))
        )
    return told
