"""A line of an issued claim whose event would give another amount now, and what someone has decided about that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import _, kronor

if TYPE_CHECKING:
    from kvalitetsapp.domain.claim_words import CorrectionReason
    from kvalitetsapp.domain.patient import EventKey


@dataclass(frozen=True, slots=True)
class Correction:
    """What a line claims net of its credits, and what it may claim now, in öre.

    `left_because`, `left_by` and `left_at` tell the decision to leave the difference as it is, "" without one.
    """

    claim: int
    number: str
    line: int
    key: EventKey
    event_ref: str
    index_ref: str
    provider_id: str
    reason: CorrectionReason
    net: int
    allowed: int
    left_because: str = ""
    left_by: str = ""
    left_at: str = ""

    @property
    def difference(self) -> int:
        """Return what would be claimed beside: below zero to credit, above to supplement."""
        return self.allowed - self.net

    @property
    def is_left(self) -> bool:
        """Tell whether someone has decided to leave the difference as it is."""
        return bool(self.left_because)

    @property
    def fingerprint(self) -> str:
        """Return what a decision to leave it holds for: another difference is to be decided on anew."""
        return f"{self.net} {self.allowed} {self.reason.value}"

    @property
    def suggestion(self) -> str:
        """Return what would put it right, in Swedish."""
        if self.difference < 0:
            return _("Kreditera {amount}").format(amount=kronor(-self.difference))
        return _("Kräv {amount} till").format(amount=kronor(self.difference))

    @property
    def why(self) -> str:
        """Return the reason in Swedish."""
        return word("correction_reason", self.reason)
