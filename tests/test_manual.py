"""The Swedish manual against the program: nothing that a user meets is missing in it, and what it shows is true."""

from __future__ import annotations

import ast
import re
import shlex
from dataclasses import fields
from itertools import chain
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import click
import pytest

from kvalitetsapp import settings
from kvalitetsapp.cli.main import cli
from kvalitetsapp.domain import (
    families,
    words,
)
from kvalitetsapp.domain.agreement import Agreement, Tariff, Warranty
from kvalitetsapp.domain.agreement_form import CAP_SCOPES
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.errors import ExitStatus
from kvalitetsapp.exchange import encodings, kinds, profiles
from support.manual import MANUAL, blocks, coded, page, pages, section, table_rows, translated
from support.parsed import nodes
from support.told_words import TABLES, VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Iterator


ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "kvalitetsapp"
CODED = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)]+)\)")
# Where the manual quotes English on purpose: columns in messages, names in profiles, a journal.
QUOTED = re.compile(r"\]\([^)]*\)|\*(?:line|column)\*|\[[a-z.…]+\]|BMJ Open|”[^”]*”|^## .*$", re.MULTILINE)
# What a page says in bold for its weight, not because it stands on the screen.
NOT_IN_THE_WINDOW = ("Kirurgins tyngd", "Slaget av komplikation", "Möjliga operationer", "Håll ned Ctrl")
ENGLISH = re.compile(
    r"\b(the|and|with|from|this|that|will|should|files?|events?|episodes?|providers?|cases?|rows?|columns?|errors?"
    r"|values?|claims?|agreements?|review|benchmark|default|store|settings|please|click|button|save|open|close|funnel"
    r"|rate|warranty|deductible)\b",
    re.IGNORECASE,
)

# every page


def test_every_page_of_the_window_has_its_topic_in_the_order_of_the_work() -> None:
    from kvalitetsapp.gui.navigation import PAGES

    topics = [next(name for name in pages() if name.endswith(f"-{entry.name}")) for entry in PAGES]
    assert topics == sorted(topics)
    for entry, topic in zip(PAGES, topics, strict=True):
        assert page(topic).startswith(f"# {entry.title}\n")


def test_the_program_shows_this_manual() -> None:
    assert settings.manual_dir() == MANUAL
    from kvalitetsapp.gui.dialogs import help as help_dialog

    shown = help_dialog.manual()
    for name, text in pages().items():
        without_pictures = [line for line in text.splitlines() if line.strip() and not line.startswith("![")]
        assert [line for line in shown[name].splitlines() if line.strip()] == without_pictures
    assert all(help_dialog.title_of(text) != "Utan rubrik" for text in shown.values())


def test_every_key_of_the_window_is_told_where_it_is_used() -> None:
    from kvalitetsapp.gui.shortcuts import Shortcut

    told = page("04-review").replace("↓", "Down").replace("↑", "Up").replace("Retur", "Return")
    of_review = (Shortcut.NEXT_CASE, Shortcut.PREVIOUS_CASE, Shortcut.SAVE_AND_NEXT, Shortcut.COMMENT)
    for one in (*of_review, Shortcut.SAME_ANSWER, Shortcut.UNDO, Shortcut.REDO, Shortcut.FIND):
        assert one.keys in told, one
    assert Shortcut.TABLE_TWIN.keys in page("07-quality")
    assert Shortcut.TABLE_TWIN.keys in page("02a-data_quality")
    for one in (Shortcut.IMPORT_FILES, Shortcut.NEXT_STEP, Shortcut.PREVIOUS_STEP):
        assert one.keys in page("02-import"), one


def test_every_button_tab_and_heading_that_a_page_names_is_in_the_window() -> None:
    said = "\n".join(text for file in SOURCE.rglob("*.py") for text in translated(file)).replace("&", "")
    named = {
        " ".join(bold.split()).removesuffix(".").removesuffix(" …").removesuffix(": …")
        for name, text in pages().items()
        if name < "09"
        for bold in re.findall(r"\*\*([^*]+)\*\*", text)
        if not bold.startswith(NOT_IN_THE_WINDOW) and not re.search(r"[.=]$|[0-9=]", bold)
    }
    assert len(named) > 40
    assert {text for text in named if text not in said} == set()


def test_links_between_pages_lead_somewhere_and_every_page_is_linked() -> None:
    linked = set()
    for name, text in pages().items():
        for target in LINK.findall(CODED.sub("", text)):
            if not target.startswith("images/"):
                assert (MANUAL / target).is_file(), f"{name}: {target}"
                linked.add(Path(target).stem)
    assert set(pages()) - linked <= {"00-borja"}


def test_pictures_are_those_that_the_screenshots_make() -> None:
    source = (SOURCE / "gui" / "screenshots.py").read_text(encoding="utf-8")
    made = {f"images/{name}.png" for name in re.findall(r"\"(\d\d-[a-z]+)(?:\.png)?\"", source)}
    used = {target for text in pages().values() for target in LINK.findall(text) if target.startswith("images/")}
    assert len(used) == 13
    assert used <= made


def test_no_english_is_left_outside_code() -> None:
    found = []
    for name, text in pages().items():
        plain = QUOTED.sub(" ", CODED.sub(" ", text))
        hits = set(ENGLISH.findall(plain))
        found += [f"{name}: {hit}" for hit in sorted(hits)]
    # the messages of the `statistics` commands name their columns
    assert [one for one in found if one != "13-fel: events"] == []


def test_nothing_is_said_about_whose_fault_anything_is() -> None:
    blame = re.compile(r"\b(vårdgivaren?s? (fel|skuld)|gjort fel|felbehand\w+|slarv\w*|vållat)\b", re.IGNORECASE)
    assert [(name, blame.search(text)) for name, text in pages().items() if blame.search(text)] == []


# the command line


def commands(group: click.Group = cli, path: str = "") -> Iterator[tuple[str, click.Command]]:
    """Give every command that does something, with its words."""
    for name, command in sorted(group.commands.items()):
        words_ = f"{path} {name}".strip()
        if isinstance(command, click.Group):
            yield from commands(command, words_)
        else:
            yield words_, command


def options(command: click.Command) -> set[str]:
    """Return the option names of a command."""
    return {name for each in command.params if isinstance(each, click.Option) for name in each.opts}


def test_every_command_and_exactly_its_options_are_told() -> None:
    for path, command in commands():
        told = section("11-kommandorad", path)
        stated = {cell for row in table_rows(told) for cell in coded(row[0]) if cell.startswith("--")}
        assert stated == options(command), path
        assert f"kvalitetsapp {path}" in told or f" {path}\n" in told, f"no example of {path}"


def test_every_choice_and_every_default_of_an_option_is_told() -> None:
    for path, command in commands():
        told = section("11-kommandorad", path)
        for option in command.params:
            if isinstance(option.type, click.Choice) and "--format" not in option.opts:
                assert set(option.type.choices) <= coded(told), (path, option.name)
            if isinstance(option, click.Option) and option.required:
                row = next(row for row in table_rows(told) if option.opts[0] in row[0])
                assert "Krävs" in row[1], (path, option.name)
            if isinstance(option, click.Option) and option.show_default:
                assert f"Utan flaggan: `{option.default}`" in told, (path, option.name)


def test_the_options_before_the_command_are_told() -> None:
    assert options(cli) <= coded(section("11-kommandorad", "Gemensamma flaggor"))


def test_every_exit_status_is_told() -> None:
    told = {row[0] for row in table_rows(section("11-kommandorad", "Slutstatus"))}
    assert told == {str(int(status)) for status in ExitStatus}


def test_every_variable_of_the_environment_is_told() -> None:
    read = {
        node.value
        for file in SOURCE.rglob("*.py")
        for node in nodes(file)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch("KVALITETSAPP_[A-Z_]+", node.value)
    }
    assert read == {cell for cell in coded(section("11-kommandorad", "Miljövariabler")) if "KVALITETSAPP_" in cell}


def test_every_column_that_a_command_prints_is_told() -> None:
    assert {column.name for column in TABLES} <= coded(page("11-kommandorad"))


def examples() -> list[str]:
    """Return every command that stands in the manual."""
    fenced = (line for name in pages() for block in blocks(name, "text") for line in block.splitlines())
    inline = (code for text in pages().values() for code in coded(text))
    return sorted({line for line in chain(fenced, inline) if re.match(r"kvalitetsapp \S", line)})


@pytest.mark.parametrize("line", examples())
def test_a_command_in_the_manual_is_one_that_the_program_understands(
    line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(click.Command, "invoke", lambda _command, _context: None)
    arguments = shlex.split(line.split(">", maxsplit=1)[0])[1:]
    cli.main(arguments, prog_name="kvalitetsapp", standalone_mode=False, obj=SimpleNamespace())


def test_there_is_an_example_of_more_than_every_command() -> None:
    assert len(examples()) > len(list(commands()))


# files


def kind_section(kind: str) -> str:
    """Return the part about a kind of file."""
    heading = next(h for h in re.findall(r"^## (.*)$", page("09-filformat"), re.MULTILINE) if h.endswith(f"– {kind}"))
    return section("09-filformat", heading)


@pytest.mark.parametrize("kind", list(kinds.FIELDS))
def test_every_column_of_a_file_is_told_with_what_it_requires_and_allows(kind: KindOfFile) -> None:
    told = {row[0].strip("`"): row for row in table_rows(kind_section(kind.value))}
    assert list(told) == list(kinds.names(kind))
    for each in kinds.FIELDS[kind]:
        assert told[each.name][1] == ("ja" if each.required else "nej"), each.name
        assert set(each.choices) <= coded(told[each.name][3]), each.name
        assert len(told[each.name]) == 5, each.name


def test_every_term_of_an_agreement_is_told() -> None:
    renamed = {"agreement_id": "id", "warranties": "warranty"}
    kept = [each for kind in (Agreement, Warranty, Tariff) for each in fields(kind)]
    told = [row[0].strip("`") for row in table_rows(kind_section("agreements"))]
    assert sorted(told) == sorted(renamed.get(each.name, each.name) for each in kept)
    assert {*CAP_SCOPES, *families.ids(), *words.PayerRoute, "kpp", "drg", "tariff"} <= coded(
        kind_section("agreements")
    )


def test_every_kind_of_file_has_its_part() -> None:
    assert all(kind_section(kind.value) for kind in KindOfFile)


def test_everything_that_a_profile_can_say_is_told() -> None:
    told = section("10-profiler", "Vad en profil kan innehålla")
    tables = {"constants", "columns", "date_formats", "prefixes", "parts", "wide"}
    assert {f"[{key}]" if key in tables else key for key in profiles.KEYS - {"values"}} <= coded(told)
    assert {kind.value for kind in kinds.FIELDS} <= coded(told)
    stated = {row[0]: coded(row[3]) for row in table_rows(told)}["`encoding`"]
    assert stated == set(encodings.names().split(", "))


# words, rules and messages


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_every_code_and_its_word_are_explained(vocabulary: str) -> None:
    assert set(VOCABULARIES) == words.vocabularies()
    told = page("12-definitioner")
    for code in VOCABULARIES[vocabulary]:
        row = rf"^\| `{code}`[^|]*\| {re.escape(words.word(vocabulary, str(code)))} \|$"
        assert re.search(row, told, re.MULTILINE), code


def test_the_classes_stand_in_the_order_in_which_they_count_r7() -> None:
    told = page("12-definitioner")
    places = [
        told.index(f"| `{one.value}` | {words.word('complication_class', one.value)} |")
        for one in words.ComplicationClass
    ]
    assert places == sorted(places)


def test_every_rule_has_its_paragraph() -> None:
    rules = re.findall(r"^### (R\d+) ", page("12-definitioner"), re.MULTILINE)
    assert rules == [f"R{number}" for number in range(1, 17)]
