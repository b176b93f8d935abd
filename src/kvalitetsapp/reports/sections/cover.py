"""The cover: what it is about, which period, from which data, and how small numbers are treated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, Spacer, Table, TableStyle

from kvalitetsapp.domain.released import SmallNumbers
from kvalitetsapp.reports import phrases, styles
from kvalitetsapp.reports.document import PageFrame
from kvalitetsapp.reports.markup import bold, escaped
from kvalitetsapp.texts import _, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.report_data import Head, Manifest
    from kvalitetsapp.reports.composer import Composer

_FINGERPRINT_SHOWN = 12


def page_frame(title: str, head: Head, manifest: Manifest) -> PageFrame:
    """Return what stands on every page."""
    return PageFrame(
        title=_("{title}: {subject}").format(title=title, subject=head.subject),
        header_left=_("{title} · {subject}").format(title=title, subject=head.subject),
        header_right=_("{period} · data till {cut}").format(period=phrases.operations_of(head), cut=head.data_cut),
        footer=_("{standing} · Kvalitetsapp {version} · underlag {fingerprint}").format(
            standing=head.number or _("Utkast"),
            version=head.program_version,
            fingerprint=manifest.fingerprint[:_FINGERPRINT_SHOWN],
        ),
        sample=head.sample,
    )


def add(composer: Composer, title: str, head: Head, manifest: Manifest, more: Sequence[tuple[str, str]] = ()) -> None:
    """Put the title, the subject and the facts on the cover."""
    composer.cover(
        Spacer(1, 30 * mm),
        Paragraph(escaped(title), styles.COVER_TITLE),
        Paragraph(escaped(head.subject), styles.COVER_SUBJECT),
        facts([*told(head, manifest), *more]),
        Spacer(1, 14),
    )


def told(head: Head, manifest: Manifest) -> list[tuple[str, str]]:
    """Return the facts of the cover."""
    rows = sum(one.read for one in manifest.files)
    made_from = _("{files} importerade filer med {rows} rader").format(
        files=number(len(manifest.files)), rows=number(rows)
    )
    facts_told = [
        (_("Underlag"), phrases.operations_of(head)),
        (_("Data till och med"), head.data_cut),
        (_("Framställd ur"), made_from),
        (_("Små tal"), small_numbers(head.small_numbers)),
        (_("Status"), standing(head)),
    ]
    if head.sample:
        facts_told.append((_("Obs"), made_up()))
    return facts_told


def standing(head: Head) -> str:
    """Say whether somebody stands behind the report, and who."""
    if not head.is_final:
        return _("Utkast. Ingen har fastställt rapporten.")
    return _("Fastställd som {number} av {signed}").format(number=head.number, signed=head.signed)


def made_up() -> str:
    """Say that nothing in it is real."""
    return _("Exempeldata: personer, vårdgivare och händelser är påhittade.")


def small_numbers(mode: SmallNumbers) -> str:
    """Say whether small numbers are shown, and where the report may go."""
    if mode is SmallNumbers.STRICT:
        return _(
            "Antal upp till sju visas som ≤7 och övriga är avrundade till närmaste fem. Rapporten kan lämna kliniken."
        )
    if mode is SmallNumbers.PLAIN:
        return _("Antal som gäller en till fyra personer visas som <5. Rapporten kan lämna kliniken.")
    return _("Alla antal visas, också små. Rapporten är för klinikens eget bruk.")


def facts(told: Sequence[tuple[str, str]]) -> Table:
    """Return names in bold with what stands for each, line by line."""
    rows = [[Paragraph(bold(name), styles.BODY), Paragraph(escaped(value), styles.BODY)] for name, value in told]
    table = Table(rows, colWidths=[styles.WIDTH * 0.25, styles.WIDTH * 0.75], hAlign="LEFT")
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), styles.FONT, 9),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, styles.FAINT),
            ]
        )
    )
    return table
