"""The file of rules: whole, Swedish, and refused where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp import settings
from kvalitetsapp.domain.imports import finding_rules
from kvalitetsapp.domain.quality import Origin
from kvalitetsapp.domain.words import Severity
from kvalitetsapp.errors import InputError
from kvalitetsapp.exchange.quality_rules import read_quality_rules

if TYPE_CHECKING:
    from pathlib import Path

FILE = settings.resources_dir() / "quality" / "rules.toml"
RULES = read_quality_rules(FILE).rules


def test_every_finding_of_reading_a_file_has_its_rule() -> None:
    known = {rule.rule_id for rule in RULES}
    assert finding_rules() - known == set()
    assert {"repeat_primary", "death_before_operation", "moved_before_operation"} <= known


def test_a_rule_says_what_it_means_what_to_do_and_where_it_comes_from() -> None:
    for rule in RULES:
        for text in (rule.explanation, rule.action):
            assert text.endswith("."), rule.rule_id
        assert rule.title, rule.rule_id
        assert not rule.title.endswith(".")
        assert rule.source


def test_rules_come_the_most_severe_first() -> None:
    order = [list(Severity).index(rule.severity) for rule in RULES]
    assert order == sorted(order)


def test_rejected_rows_have_one_rule_for_what_no_other_takes() -> None:
    rest = [rule.rule_id for rule in RULES if rule.origin is Origin.REJECTS and not rule.codes]
    assert rest == ["rejected_row"]


def test_codes_have_no_dates_and_the_rule_says_so() -> None:
    rule = next(rule for rule in RULES if rule.rule_id == "unknown_code")
    assert "2020" in rule.explanation
    assert "från och till vilken dag" in rule.explanation


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "saknas eller är skadad"),
        ("[[rule]", "saknas eller är skadad"),
        ('[sites]\n[[rule]]\nid = "a"\n', "saknas eller är skadad"),
    ],
)
def test_a_damaged_file_is_refused_in_swedish(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_quality_rules(path)


def test_a_missing_file_and_a_rule_that_stands_twice_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="saknas"):
        read_quality_rules(tmp_path / "rules.toml")
    path = tmp_path / "twice.toml"
    text = FILE.read_text(encoding="utf-8")
    path.write_text(text + text[text.index("[[rule]]") :], encoding="utf-8")
    with pytest.raises(InputError, match="två gånger"):
        read_quality_rules(path)
