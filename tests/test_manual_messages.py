"""Every message of the program against the page of the manual that explains them, and the other way round."""

from __future__ import annotations

import ast
import re
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain import words
from kvalitetsapp.domain.imports import finding_rules, finding_text
from support.manual import page, table_rows, translated
from support.parsed import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator


ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "kvalitetsapp"
PLACEHOLDER = re.compile(r"\{\w+\}")
# Texts that a user meets when something is wrong stand in these; elsewhere they are labels.
FAULTS_IN = (
    "exchange",
    "store",
    "services",
    "cli/swedish.py",
    "domain/review.py",
    "domain/answer.py",
    "domain/agreement_form.py",
    "domain/indicator_reading.py",
    "domain/indicator_checks.py",
    "domain/passphrase.py",
    "domain/recovery_key.py",
    "domain/user_name.py",
)
FAULTS_TOO = ("status ska vara", "time ska vara", "events", "raden har fel", "Profilen {file}: ", "Skadad data: ")
LABELS = {
    "services/report_contents.py",
    "services/overview.py",
    "services/sample_outcomes.py",
    "services/sample_development.py",
}


def as_told(text: str) -> str:
    """Return a message as the manual writes it: three dots for what varies."""
    return PLACEHOLDER.sub("…", text)


def messages() -> Iterator[tuple[str, str]]:
    """Give every text that tells what is wrong, with the file that it stands in."""
    for file in sorted(SOURCE.rglob("*.py")):
        place = file.relative_to(SOURCE).as_posix()
        if place.startswith(FAULTS_IN) and place not in LABELS:
            for text in translated(file):
                if text.endswith((".", "?")) or text.startswith(FAULTS_TOO):
                    yield place, text


def test_every_message_is_explained() -> None:
    told, found = page("13-fel"), list(messages())
    assert len(found) > 100
    assert [f"{place}: {text}" for place, text in found if f"| {as_told(text)} |" not in told] == []


@pytest.mark.parametrize(
    "text",
    [
        "Avbrutet. Det som pågick är inte gjort.",
        "Ett fel i programmet: {kind}. Inget har ändrats.",
        "Lösenfrasens fil {path} går inte att läsa.",
        "De två lösenfraserna är olika. Försök igen.",
        "Obs: något har lästs in efter senaste kopplingen. Kör ”kvalitetsapp link”.",
        "Det finns ingen skärm att öppna fönstret på. Se kommandona med ”kvalitetsapp --help”.",
        "De två lösenfraserna är olika. Skriv samma i båda fälten.",
    ],
)
def test_messages_from_elsewhere_are_explained_and_still_said(text: str) -> None:
    assert f"| {as_told(text)} |" in page("13-fel")
    said = {
        node.value
        for file in chain(
            (SOURCE / "cli").glob("*.py"), SOURCE.glob("*.py"), (SOURCE / "gui" / "dialogs").glob("*.py")
        )
        for node in nodes(file)
        if isinstance(node, ast.Constant)
    }
    assert text in said


def test_no_message_is_explained_that_is_never_said() -> None:
    everything = "\n".join(
        as_told(str(node.value))
        for file in SOURCE.rglob("*.py")
        for node in nodes(file)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    told = [row[0] for row in table_rows(page("13-fel"))]
    assert [text for text in told if text not in everything] == []


def test_every_finding_is_explained() -> None:
    told = page("13-fel")
    derived = ("repeat_primary", "death_before_operation", "moved_before_operation")
    assert [rule for rule in (*finding_rules(), *derived) if f"| {finding_text(rule)} |" not in told] == []


def test_every_reason_that_an_event_is_not_covered_stands_on_the_page_about_claims() -> None:
    told = page("06-claims")
    assert all(f"| {words.word('reason', reason.value)} |" in told for reason in words.Reason)
