"""Where the reviewers and the head of the department sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, KeepTogether, Paragraph, Spacer, Table, TableStyle

from kvalitetsapp.reports import styles
from kvalitetsapp.reports.markup import bold, escaped
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from reportlab.platypus.flowables import Flowable

    from kvalitetsapp.domain.review_protocol import ProtocolData
    from kvalitetsapp.reports.composer import Composer

_LINE: Final = 15 * mm
_LINE_WITH_NAMES: Final = 21 * mm
_HEADING: Final = 40 * mm


def add(composer: Composer, data: ProtocolData) -> None:
    """Add the chapter; a round that goes on has nothing to sign yet."""
    reviewers = [one.name for one in data.reviewers] or [""]
    if data.head.is_closed:
        composer.add(CondPageBreak(_HEADING + _LINE_WITH_NAMES * (len(reviewers) + 1)))
    composer.chapter(_("Underskrifter"), new_page=False)
    if not data.head.is_closed:
        composer.text(_("Omgången pågår. Protokollet skrivs under när den är avslutad."))
        return
    composer.text(
        _(
            "Vi har granskat ärendena efter de definitioner som står i protokollet och tagit del av resultatet. "
            "Protokollet gäller underlaget med fingeravtryck {fingerprint}."
        ).format(fingerprint=data.manifest.fingerprint[:12])
    )
    composer.add(
        KeepTogether(
            [
                *lines(_("Granskare"), reviewers),
                Spacer(1, 16),
                *lines(_("Verksamhetschef"), [""]),
                Spacer(1, 8),
            ]
        )
    )


def lines(role: str, names: list[str]) -> list[Flowable]:
    """Return a line to sign on for each name, the name itself to be written where it is not known."""
    heads = [Paragraph(escaped(text), styles.REMARK) for text in (_("Namn"), _("Datum"), _("Underskrift"))]
    blank = ["", "", "", "", ""]
    rows: list[list[object]] = []
    for name in names:
        rows.append([Paragraph(escaped(name), styles.BODY), *blank[1:]])
        rows.append([heads[0], "", heads[1], "", heads[2]])
    widths = [styles.WIDTH * part for part in (0.34, 0.03, 0.18, 0.03, 0.42)]
    table = Table(rows, colWidths=widths, rowHeights=[_LINE, 12] * len(names), hAlign="LEFT")
    lines = [
        ("LINEBELOW", (column, row), (column, row), 0.7, styles.INK)
        for row in range(0, len(rows), 2)
        for column in (0, 2, 4)
    ]
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), styles.FONT, 9),
                ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 1),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
                *lines,
            ]
        )
    )
    return [Paragraph(bold(role), styles.BODY), table]
