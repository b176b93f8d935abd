"""What a user action changed, so that screens know what to read again."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Changed(StrEnum):
    """A kind of thing that can change."""

    IMPORTS = "imports"
    EPISODES = "episodes"
    LINKS = "links"
    VERDICTS = "verdicts"
    AGREEMENTS = "agreements"
    BENCHMARKS = "benchmarks"
    FINDINGS = "findings"
    QUALITY = "quality"
    ROUNDS = "rounds"
    MISSED_EVENTS = "missed_events"
    FOLLOW_UP_RULE = "follow_up_rule"
    QUESTIONS = "questions"
    COSTS = "costs"
    CLAIMS = "claims"
    BASES = "bases"
    PAYMENTS = "payments"
    BILLING = "billing"
    INDICATORS = "indicators"
    REPORTS = "reports"
    PROVIDER_NOTES = "provider_notes"
    ACCESS_LOG = "access_log"
    BACKUPS = "backups"
    USERS = "users"
    EXCHANGES = "exchanges"
    WAITING = "waiting"
    TABLES = "tables"
    PAPERS = "papers"
    FAMILIES = "families"


Changes = frozenset[Changed]
NOTHING_CHANGED: Final[Changes] = frozenset()
EVERYTHING: Final[Changes] = frozenset(Changed)
