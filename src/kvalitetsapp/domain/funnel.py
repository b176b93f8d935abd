"""Where a point of a funnel lies, and what it is held against, in neutral words (R10)."""

from __future__ import annotations

from kvalitetsapp.texts import _


def target_label(*, is_national: bool) -> str:
    """Return what the rates are held against."""
    return _("Riket") if is_national else _("Alla vårdgivare här")


def flag_text(flag: str) -> str:
    """Return where a point lies, in neutral words."""
    texts = {
        "high_998": _("över 99,8 %-gränsen"),
        "high_95": _("över 95 %-gränsen"),
        "low_95": _("under 95 %-gränsen"),
        "low_998": _("under 99,8 %-gränsen"),
        "": _("inom gränserna"),
    }
    return texts[flag]
