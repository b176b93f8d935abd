"""How the program looks: the only place for colours, spacing and the style sheet; light, dark and high contrast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from kvalitetsapp import settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of a theme by what they are for; text on its ground has at least 4.5:1, `line` and accents 3:1."""

    window: str
    surface: str
    raised: str
    stripe: str
    line: str
    outline: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_soft: str
    warning: str
    warning_soft: str
    bad: str
    bad_soft: str
    good: str


LIGHT: Final = Tokens(
    window="#f3f5f7",
    surface="#ffffff",
    raised="#fafbfc",
    stripe="#f7f9fa",
    line="#dbe1e6",
    outline="#7d8b97",
    text="#17212b",
    muted="#54626f",
    accent="#1f5673",
    on_accent="#ffffff",
    accent_soft="#e3eef4",
    warning="#7a4b00",
    warning_soft="#fdf2dc",
    bad="#9b1c26",
    bad_soft="#fbe9ea",
    good="#1b6238",
)
DARK: Final = Tokens(
    window="#171c21",
    surface="#1f262c",
    raised="#252d34",
    stripe="#232b31",
    line="#36414a",
    outline="#80909d",
    text="#e7ecf0",
    muted="#a5b2bd",
    accent="#7cc0de",
    on_accent="#0f1a20",
    accent_soft="#24404e",
    warning="#f0c070",
    warning_soft="#3a2f1a",
    bad="#f19a9f",
    bad_soft="#432528",
    good="#86cfa1",
)


def current_tokens() -> Tokens:
    """Return the colours that fit the system: its own in high contrast, else light or dark."""
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return high_contrast(QGuiApplication.palette())
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def tokens_of(palette: QPalette) -> Tokens:
    """Return the tokens that a palette of ours was made from, for drawings that only know their widget's palette."""
    if palette.window().color() == QColor(LIGHT.window):
        return LIGHT
    if palette.window().color() == QColor(DARK.window):
        return DARK
    return high_contrast(palette)


def high_contrast(palette: QPalette) -> Tokens:
    """Return tokens of a system palette's own few colours."""
    text, ground = palette.windowText().color().name(), palette.window().color().name()
    accent, on_accent = palette.highlight().color().name(), palette.highlightedText().color().name()
    base = palette.base().color().name()
    return Tokens(
        window=ground,
        surface=base,
        raised=base,
        stripe=base,
        line=text,
        outline=text,
        text=text,
        muted=text,
        accent=accent,
        on_accent=on_accent,
        accent_soft=base,
        warning=text,
        warning_soft=base,
        bad=text,
        bad_soft=base,
        good=text,
    )


def palette_of(tokens: Tokens) -> QPalette:
    """Return the palette of a theme."""
    roles = {
        QPalette.ColorRole.Window: tokens.window,
        QPalette.ColorRole.WindowText: tokens.text,
        QPalette.ColorRole.Base: tokens.surface,
        QPalette.ColorRole.AlternateBase: tokens.stripe,
        QPalette.ColorRole.Text: tokens.text,
        QPalette.ColorRole.Button: tokens.raised,
        QPalette.ColorRole.ButtonText: tokens.text,
        QPalette.ColorRole.BrightText: tokens.bad,
        QPalette.ColorRole.Highlight: tokens.accent,
        QPalette.ColorRole.HighlightedText: tokens.on_accent,
        QPalette.ColorRole.Accent: tokens.accent,
        QPalette.ColorRole.Link: tokens.accent,
        QPalette.ColorRole.LinkVisited: tokens.accent,
        QPalette.ColorRole.PlaceholderText: tokens.muted,
        QPalette.ColorRole.ToolTipBase: tokens.surface,
        QPalette.ColorRole.ToolTipText: tokens.text,
        QPalette.ColorRole.Light: tokens.surface,
        QPalette.ColorRole.Midlight: tokens.raised,
        QPalette.ColorRole.Mid: tokens.line,
        QPalette.ColorRole.Dark: tokens.outline,
    }
    palette = QPalette()
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.outline))
    return palette


def apply(application: QApplication) -> Tokens:
    """Give the application and its windows the theme that fits the system now, and return its tokens."""
    tokens = current_tokens()
    application.setStyle("Fusion")
    application.setPalette(palette_of(tokens))
    for window in application.topLevelWidgets():
        if window.styleSheet():
            dress(window, tokens)
    return tokens


def dress(window: QWidget, tokens: Tokens) -> None:
    """Dress a window, and the dialogs and menus that come from it, in the style sheet of a theme.

    Windows wear it rather than the application: a page is then dressed once, when it is put into its window. Where the
    application wears it, Qt dresses what is built again at every step of its building, three quarters of the work.
    """
    sheet = style_sheet(tokens, QFontMetrics(QApplication.font()))
    if window.styleSheet() != sheet:
        window.setStyleSheet(sheet)


def mark(widget: QWidget, name: str, *, on: bool = True) -> None:
    """Give a widget one of the marks that the style sheet knows, such as `primary`, or take it away."""
    widget.setProperty(name, on)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def style_sheet(tokens: Tokens, metrics: QFontMetrics) -> str:
    """Return the style sheet; lengths are parts of the font's height, so that everything grows with it."""
    line = metrics.height()
    return _SHEET.format(
        t=tokens,
        hair=max(1, line // 14),
        tiny=round(line * 0.2),
        small=round(line * 0.35),
        medium=round(line * 0.6),
        large=round(line * 0.9),
        wide=round(line * 1.5),
        icons=(settings.resources_dir() / "icons").as_posix(),
        radius=round(line * 0.3),
        tick=max(1, line // 12),
        box=round(line * 0.7),
        round=round(line * 0.7) // 2 + max(1, line // 12),
        check="light" if QColor(tokens.on_accent).lightness() > QColor(tokens.accent).lightness() else "dark",
    )


_SHEET: Final = """
QToolTip {{ border: {hair}px solid {t.outline}; padding: {tiny}px; background: {t.surface}; color: {t.text}; }}
#navigationPanel {{ background: {t.surface}; border-right: {hair}px solid {t.line}; }}
#navigation {{ background: transparent; border: none; outline: none; }}
#navigation::item {{ padding: {small}px {small}px; margin: {hair}px {small}px; border-radius: {radius}px;
    color: {t.text}; }}
#navigation::item:hover {{ background: {t.window}; }}
#navigation::item:selected {{ background: {t.accent_soft}; color: {t.accent}; font-weight: bold; }}
#navigation::item:focus {{ border: {hair}px solid {t.accent}; }}
#programName {{ font-weight: bold; color: {t.accent}; padding: {medium}px {large}px; }}
#pageHeader {{ background: {t.surface}; border-bottom: {hair}px solid {t.line}; }}
#pageTitle {{ font-weight: bold; }}
#muted, #count {{ color: {t.muted}; }}
#sampleBanner {{ background: {t.warning_soft}; color: {t.warning}; border-bottom: {hair}px solid {t.line};
    padding: {tiny}px {large}px; font-weight: bold; }}
#message {{ background: {t.bad_soft}; border-bottom: {hair}px solid {t.line}; }}
#message QLabel {{ color: {t.bad}; }}
#message[calm="true"] {{ background: {t.accent_soft}; }}
#message[calm="true"] QLabel {{ color: {t.accent}; }}
#card {{ background: {t.surface}; border: {hair}px solid {t.line}; border-radius: {radius}px; }}
#card[clickable="true"]:hover, #card[clickable="true"]:focus {{ border-color: {t.accent}; }}
#cardTitle {{ color: {t.muted}; }}
#cardFigure {{ font-weight: bold; color: {t.text}; }}
#sectionTitle {{ font-weight: bold; }}
#warning {{ color: {t.warning}; }}
#bad {{ color: {t.bad}; }}
#good {{ color: {t.good}; }}
#task {{ border: none; border-radius: {radius}px; background: transparent; }}
#task:hover, #task:focus {{ background: {t.accent_soft}; }}
#dropZone {{ border: {tiny}px dashed {t.line}; border-radius: {radius}px; background: {t.surface}; }}
#dropZone[active="true"] {{ border-color: {t.accent}; background: {t.accent_soft}; }}
QStatusBar {{ background: {t.surface}; border-top: {hair}px solid {t.line}; color: {t.muted}; }}
QStatusBar::item {{ border: none; }}
QStatusBar QLabel {{ color: {t.muted}; padding: 0 {small}px; }}
QStatusBar QLabel[notice="true"] {{ color: {t.warning}; font-weight: bold; }}
QPushButton {{ background: {t.raised}; border: {hair}px solid {t.outline}; border-radius: {radius}px;
    padding: {small}px {large}px; }}
QPushButton[compact="true"] {{ padding: {small}px {medium}px; }}
QPushButton:hover {{ border-color: {t.accent}; }}
QPushButton:focus {{ border-color: {t.accent}; border-width: {hair}px; outline: {hair}px solid {t.accent}; }}
QPushButton:pressed {{ background: {t.accent_soft}; }}
QPushButton:disabled {{ color: {t.outline}; border-color: {t.line}; }}
QPushButton[primary="true"] {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; }}
QPushButton[primary="true"]:disabled {{ background: {t.line}; color: {t.muted}; border-color: {t.line}; }}
QLineEdit, QComboBox, QPlainTextEdit, QTextEdit, QDateEdit, QSpinBox {{ background: {t.surface};
    border: {hair}px solid {t.outline}; border-radius: {radius}px; padding: {tiny}px {small}px;
    selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus, QTextEdit:focus, QDateEdit:focus, QSpinBox:focus {{
    border-color: {t.accent}; }}
QRadioButton, QCheckBox {{ spacing: {small}px; padding: {tiny}px 0; }}
QRadioButton::indicator, QCheckBox::indicator {{ width: {box}px; height: {box}px; background: {t.surface};
    border: {tick}px solid {t.outline}; }}
QRadioButton::indicator {{ border-radius: {round}px; }}
QCheckBox::indicator {{ border-radius: {tiny}px; }}
QRadioButton::indicator:hover, QCheckBox::indicator:hover, QRadioButton::indicator:focus, QCheckBox::indicator:focus {{
    border-color: {t.accent}; }}
QRadioButton:focus, QCheckBox:focus {{ color: {t.accent}; }}
QRadioButton::indicator:checked {{ border-color: {t.accent}; background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5,
    fx: 0.5, fy: 0.5, stop: 0 {t.accent}, stop: 0.55 {t.accent}, stop: 0.65 {t.surface}, stop: 1 {t.surface}); }}
QCheckBox::indicator:checked {{ border-color: {t.accent}; background: {t.accent};
    image: url("{icons}/check-{check}.svg"); }}
QRadioButton::indicator:disabled, QCheckBox::indicator:disabled {{ border-color: {t.line}; }}
QGroupBox {{ border: {hair}px solid {t.line}; border-radius: {radius}px; background: {t.surface};
    margin-top: {wide}px; }}
QGroupBox::title {{ subcontrol-origin: margin; subcontrol-position: top left; color: {t.text}; }}
QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: {wide}px; }}
QComboBox::down-arrow, QDateEdit::down-arrow {{ image: url("{icons}/down.svg"); width: {large}px; height: {large}px; }}
QComboBox QAbstractItemView {{ border: {hair}px solid {t.outline}; }}
#choices::item, QComboBox QAbstractItemView::item {{ padding: {small}px; min-height: {wide}px; }}
#commands::item {{ padding: {tiny}px {small}px; }}
#choices::item:selected, #commands::item:selected {{ background: {t.accent_soft}; color: {t.accent}; }}
QScrollBar:vertical {{ width: {large}px; background: transparent; margin: 0; }}
QScrollBar:horizontal {{ height: {large}px; background: transparent; margin: 0; }}
QScrollBar::handle {{ background: {t.outline}; border: {tiny}px solid {t.surface}; border-radius: {radius}px; }}
QScrollBar::handle:hover {{ background: {t.accent}; }}
QScrollBar::handle:vertical {{ min-height: {wide}px; }}
QScrollBar::handle:horizontal {{ min-width: {wide}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollArea, QScrollArea > #qt_scrollarea_viewport, QScrollArea > #qt_scrollarea_viewport > QWidget {{
    background: transparent; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QTableView, QTreeView, QListView {{ background: {t.surface}; border: {hair}px solid {t.line};
    border-radius: {radius}px; alternate-background-color: {t.stripe}; }}
QTableView:focus, QTreeView:focus, QListView:focus {{ border-color: {t.accent}; }}
QTableView::item {{ padding: 0 {small}px; border: none; }}
QTableView::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
QTableView::item:selected:active {{ background: {t.accent}; color: {t.on_accent}; }}
QHeaderView {{ background: {t.raised}; }}
QHeaderView::section {{ background: {t.raised}; color: {t.muted}; border: none;
    border-bottom: {hair}px solid {t.line}; border-right: {hair}px solid {t.line}; padding: {small}px {medium}px; }}
QToolButton#chip {{ background: {t.accent_soft}; color: {t.accent}; border: {hair}px solid {t.accent};
    border-radius: {medium}px; padding: {tiny}px {medium}px; }}
QToolButton#quiet {{ border: none; padding: {tiny}px; border-radius: {radius}px; background: transparent; }}
QToolButton#quiet:hover, QToolButton#quiet:focus {{ background: {t.accent_soft}; }}
QProgressBar {{ background: {t.line}; border: none; border-radius: {tiny}px; max-height: {small}px;
    min-height: {small}px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: {tiny}px; }}
QSplitter::handle {{ background: {t.window}; }}
QTabWidget::pane {{ border: {hair}px solid {t.line}; border-radius: {radius}px; background: {t.surface}; }}
QTabBar::tab {{ padding: {small}px {large}px; color: {t.muted}; border-bottom: {tiny}px solid transparent; }}
QTabBar::tab:selected {{ color: {t.accent}; border-bottom-color: {t.accent}; font-weight: bold; }}
QMenu {{ background: {t.surface}; border: {hair}px solid {t.outline}; padding: {tiny}px; }}
QMenu::item {{ padding: {small}px {large}px; border-radius: {radius}px; }}
QMenu::item:selected {{ background: {t.accent_soft}; color: {t.accent}; }}
QMenu::separator {{ height: {hair}px; background: {t.line}; margin: {tiny}px; }}
"""
