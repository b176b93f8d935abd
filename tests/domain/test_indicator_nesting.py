"""Which indicators' events are all among another's."""

from __future__ import annotations

from kvalitetsapp import settings
from kvalitetsapp.domain.indicator_nesting import inside
from kvalitetsapp.exchange.indicator_files import read_indicators

EVERY = read_indicators(settings.resources_dir() / "indicators" / "outcomes.toml", family="outcomes").indicators
BY_ID = {one.indicator_id: one for one in EVERY}


def outer(indicator_id: str) -> set[str]:
    return set(inside(BY_ID[indicator_id], EVERY))


def test_a_shorter_time_and_a_narrower_kind_of_surgery_are_parts() -> None:
    assert {"reoperation_90d", "reoperation_2y", "revision_90d", "revision_2y"} <= outer("revision_30d")
    assert "revision_30d" not in outer("reoperation_30d")


def test_a_kind_of_prosthesis_and_what_is_confirmed_are_parts_of_the_whole() -> None:
    assert {"reoperation_2y", "reoperation_2y_total_knee", "revision_2y"} <= outer("revision_2y_total_knee")
    assert "reoperation_2y_partial_knee" not in outer("reoperation_2y_total_knee")
    assert "infection_coded_2y" in outer("infection_confirmed_2y")
    assert "infection_confirmed_2y" not in outer("infection_coded_2y")


def test_the_norwegian_form_counts_the_same_revisions() -> None:
    assert "not_revised_2y" in outer("revision_2y")
    assert "revision_2y" in outer("not_revised_2y")


def test_other_things_are_no_parts() -> None:
    assert outer("death_90d") == set()
    assert "reoperation_2y" not in outer("dislocation_2y") | outer("readmission_30d")
