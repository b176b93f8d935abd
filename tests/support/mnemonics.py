"""Which keys with Alt lead somewhere in what is shown; one that is there twice only moves between the two."""

from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget


def doubled(shown: QWidget) -> list[str]:
    """Return the mnemonics that more than one button or label of what is visible has."""
    texts = [one.text() for one in shown.findChildren(QAbstractButton) if one.isVisible()]
    texts += [one.text() for one in shown.findChildren(QLabel) if one.isVisible() and one.buddy() is not None]
    keys = Counter(QKeySequence.mnemonic(text).toString() for text in texts)
    return sorted(key for key, count in keys.items() if key and count > 1)
