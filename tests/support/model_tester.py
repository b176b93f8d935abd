"""Qt's own model tester. What it finds comes as a Qt warning, and a Qt warning fails the test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtTest import QAbstractItemModelTester

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel


class ModelTester:
    """Holds the testers of a test, which watch their models as long as they live."""

    def __init__(self) -> None:
        self._testers: list[QAbstractItemModelTester] = []

    def watch(self, model: QAbstractItemModel) -> None:
        """Check `model` now and at every change until `release`."""
        mode = QAbstractItemModelTester.FailureReportingMode.Warning
        self._testers.append(QAbstractItemModelTester(model, mode))

    def release(self) -> None:
        """Stop watching."""
        self._testers.clear()
