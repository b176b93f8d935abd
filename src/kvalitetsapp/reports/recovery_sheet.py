"""The sheet with the recovery key, on one page: the key in large groups, what it is for, and how it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Spacer

from kvalitetsapp.reports import document, styles
from kvalitetsapp.reports.document import PageFrame
from kvalitetsapp.reports.markup import escaped
from kvalitetsapp.reports.paragraphs import plain, titled
from kvalitetsapp.reports.tagging import Heading
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from reportlab.platypus.flowables import Flowable

    from kvalitetsapp.domain.recovery_sheet import RecoverySheet

_GROUP: Final = ParagraphStyle(
    "recovery-group",
    fontName=styles.BOLD,
    bulletFontName=styles.FONT,
    bulletFontSize=9,
    fontSize=21,
    leading=30,
    leftIndent=40,
    bulletIndent=14,
    textColor=styles.INK,
)
_MARK_SHOWN: Final = 8


def build(sheet: RecoverySheet) -> bytes:
    """Return the sheet as PDF."""
    styles.register_fonts()
    title = _("Återställningsnyckel")
    frame = PageFrame(
        title=_("{title}: {subject}").format(title=title, subject=sheet.store),
        header_left=title,
        header_right=sheet.made_on,
        footer=_("Återställningsnyckel till {store}. Förvaras inlåst.").format(store=sheet.store),
        sample=sheet.sample,
    )
    story: list[Flowable] = [Heading(escaped(title), styles.COVER_TITLE, 0, "h1"), *_facts(sheet)]
    story += _chapter(_("Nyckeln"), "h2")
    story += [plain(group, _GROUP, f"{number}.") for number, group in enumerate(sheet.groups, start=1)]
    story.append(
        plain(
            _(
                "Tecknen är siffrorna 2–9 och stora bokstäver utan I, O, S, Z och B. Det sista tecknet i varje grupp "
                "är en kontroll: skrivs en grupp fel säger programmet vilken."
            ),
            styles.SMALL,
        )
    )
    for number, (heading, lines) in enumerate(_told(), start=3):
        story += _chapter(heading, f"h{number}")
        story += [plain(line, styles.BULLET, "•") for line in lines]
    return document.build(frame, story)


def _facts(sheet: RecoverySheet) -> list[Flowable]:
    facts = (
        (_("Databas"), sheet.store),
        (_("Databasens märke"), sheet.store_id[:_MARK_SHOWN]),
        (_("Framtagen"), _("{day} av {who}").format(day=sheet.made_on, who=sheet.made_by)),
    )
    return [titled(f"{label}:", text, styles.BODY) for label, text in facts]


def _chapter(text: str, key: str) -> list[Flowable]:
    return [Spacer(1, 4), Heading(escaped(text), styles.SECTION, 1, key)]


def _told() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        (
            _("Vad den är till för"),
            (
                _(
                    "Den behövs när ingen administratör längre kan öppna databasen. Den öppnar inte databasen för "
                    "arbete: med den får en administratör en ny lösenfras, och det skrivs i loggen."
                ),
                _("Den som har nyckeln och databasens filer kan ta sig in. Utan filerna är nyckeln till ingen nytta."),
            ),
        ),
        (
            _("Så används den"),
            (
                _("Skriv i ett terminalfönster: kvalitetsapp --store FIL key recover NAMN"),
                _("Skriv nyckeln när programmet frågar. Stora eller små bokstäver och streck spelar ingen roll."),
                _("Ta fram en ny återställningsnyckel när den har använts. Då gäller inte den här längre."),
            ),
        ),
        (
            _("Så förvaras den"),
            (
                _("Skriv ut arket, lås in det och radera filen. Programmet sparar inte nyckeln någonstans."),
                _("Förvara arket på en annan plats än datorn och säkerhetskopiorna. Låt två personer veta var."),
            ),
        ),
    )
