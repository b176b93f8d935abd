"""Every action that leaves an entry has its word and its kind."""

from __future__ import annotations

from kvalitetsapp.domain.audit_words import ACTION_WORDS, KIND_OF_ACTION, ActionKind, actions_of, kind_of
from support.action_names import action_names


def test_every_action_that_services_write_has_a_word() -> None:
    assert sorted(action_names() - set(ACTION_WORDS)) == []


def test_the_log_s_own_actions_and_those_of_readings_are_among_them() -> None:
    assert {"case_read", "rows_copied", "log_checked", "retention_decided", "refused"} <= action_names()


def test_every_action_is_of_one_kind() -> None:
    assert sum(len(actions_of(kind)) for kind in ActionKind) == len(KIND_OF_ACTION) == len(ACTION_WORDS)
    assert kind_of("something_of_a_later_version") == ""
