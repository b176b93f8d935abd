"""The manual's page about indicators: every one that comes along, every key and word of the file, and its example."""

from __future__ import annotations

import pytest

from kvalitetsapp import settings
from kvalitetsapp.domain import indicator, indicator_recipe
from kvalitetsapp.domain.indicator_checks import PARTS, measures_of
from kvalitetsapp.domain.indicator_reading import KEYS
from kvalitetsapp.exchange.indicator_files import of_content, read_indicators
from support.manual import blocks, coded, page, section, table_rows

PAGE = "07a-indicators"
FILES = ("outcomes", "shoulder", "bariatric")
FILE = section(PAGE, "Filen")


def keys(heading: str) -> list[str]:
    """Return the keys of the table whose first heading this is."""
    lines = FILE[FILE.index(f"| {heading} |") :].split("\n\n")[0]
    return [row[0].strip("`") for row in table_rows(lines)]


def test_every_indicator_that_comes_along_is_told_by_id_and_name() -> None:
    folder = settings.resources_dir() / "indicators"
    assert {path.stem for path in folder.glob("*.toml")} == {*FILES}
    shipped = [one for name in FILES for one in read_indicators(folder / f"{name}.toml").indicators]
    told = [(row[0].strip("`"), row[1]) for row in table_rows(section(PAGE, "De som följer med"))]
    assert told == [(one.indicator_id, one.name) for one in shipped]


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("Nyckel | Krävs | Betyder", ""),
        ("Nyckel i count | Betyder", "count"),
        ("Nyckel i cohort | Betyder", "cohort"),
        ("Nyckel i window | Betyder", "window"),
        ("Nyckel för en kod | Betyder", "codes"),
    ],
)
def test_every_key_of_the_file_is_told_in_its_order(heading: str, part: str) -> None:
    assert tuple(keys(heading)) == KEYS[part]


def test_every_kind_of_counting_is_told_with_its_own_keys() -> None:
    lines = FILE[FILE.index("| Slag | Räknar |") :].split("\n\n")[0]
    rows = {row[0].strip("`"): coded(row[2]) for row in table_rows(lines)}
    assert rows == {kind.value: set(parts) for kind, parts in PARTS.items()}
    assert all(measures_of(indicator.Count(kind)) for kind in indicator.Counted)


def test_every_word_of_a_recipe_is_told() -> None:
    vocabularies = (indicator.Measure, indicator.Direction, indicator.Nature, indicator.Prosthesis, indicator.Position)
    more = (indicator.Anchor, indicator.Reviewed, indicator.Answered)
    assert {str(word) for words in (*vocabularies, *more) for word in words} <= coded(FILE)


def test_the_example_is_read_and_says_what_its_words_say() -> None:
    (example,) = blocks(PAGE, "toml")
    read = of_content(example.encode(), "egna.toml")
    assert read.faults == ()
    told = dict(indicator_recipe.recipe_text(read.indicators[0]))
    assert told["Koder"] == "T813, T814… (från 2015-01-01)"
    assert told["Vilka operationer"] == "led: höft, knä; inte huvuddiagnos: S72…; ersättningsväg: eget avtal"
    assert told["Tid"].startswith("Dag 0 till 30 efter utskrivningen")
    assert "`wound_visits_30d`" in FILE or "wound_visits_30d" in page("11-kommandorad")
