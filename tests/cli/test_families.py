"""A family of procedures is data: one made up for the test goes from its file to a figure without any Python."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from kvalitetsapp.cli.main import main
from kvalitetsapp.errors import ExitStatus
from support.counties import PASSPHRASE
from support.reading import RESOURCES

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

FAMILY = """
family = "ankle"
number = 9
has_sides = true
from_start = false
codes = ["families/ankle"]
[words]
name = "Fotled"
operations = "fotledsoperationer"
operation = "fotledsprotes"
"""
TABLES = {
    "procedure_roles": "code;joint;role;title_sv;note\nNHB20;ankle;primary;;\nNHC20;ankle;revision;;\n",
    "complication_diagnoses": "code;match;joint;class;window_days;title_sv;note\nT845H;exact;ankle;infection;;;\n",
    "complication_procedures": "code;joint;class;title_sv;note\nNHC20;ankle;revision_unspecified;;\n",
}
RECIPE = """
[[indicator]]
id = "ankle_revision_90d"
version = "1"
name = "Fotled: revision inom 90 dagar"
purpose = "Visar."
numerator = "Reviderade."
denominator = "Opererade."
exclusions = "Inga."
source = "Påhittad"
measure = "share"
direction = "low"
level = ["provider"]
[indicator.count]
kind = "linked"
levels = ["revision"]
[indicator.window]
last = 90
[indicator.cohort]
joints = ["ankle"]
"""
PROVIDERS = "provider_id;name;kind\nP01;Fjällkliniken;private\n"
EPISODES = """\
source;episode_id;personal_id;provider_id;payer_route;care_form;admitted;discharged;main_diagnosis;procedures
f;1;196812099874;P01;contract;inpatient;2020-01-10;2020-01-12;M190;NHB20 ZXA00
f;2;196812099874;P01;contract;inpatient;2020-02-10;2020-02-12;T845H;NHC20 ZXA00
f;3;198007189932;P01;contract;inpatient;2021-12-10;2021-12-12;M190;NHB20 ZXA05
"""
BETWEEN = "----"
RUN = """
import sys
from kvalitetsapp.cli.main import main
for words in {commands!r}:
    assert main(words) == 0, words
    print({between!r}, flush=True)
"""


def resources(folder: Path) -> Path:
    """Return the program's resources with the family and its recipe beside the rest."""
    for each in RESOURCES.iterdir():
        if each.name in {"families", "indicators"}:
            (folder / each.name).mkdir()
            for inner in each.iterdir():
                (folder / each.name / inner.name).symlink_to(inner)
        else:
            (folder / each.name).symlink_to(each)
    (folder / "families" / "ankle.toml").write_text(FAMILY, encoding="utf-8")
    (folder / "indicators" / "ankle.toml").write_text(RECIPE, encoding="utf-8")
    own = folder / "families" / "ankle"
    own.mkdir()
    for name, content in TABLES.items():
        (own / f"{name}.csv").write_text(content, encoding="utf-8")
    return folder


def test_a_family_that_is_only_a_file_and_its_rows_is_followed_to_a_figure(tmp_path: Path) -> None:
    (tmp_path / "resources").mkdir()
    (tmp_path / "providers.csv").write_text(PROVIDERS, encoding="utf-8")
    (tmp_path / "episodes.csv").write_text(EPISODES, encoding="utf-8")
    store = ("--store", str(tmp_path / "s.kvdb"), "--format", "json")
    said = run(
        resources(tmp_path / "resources"),
        (*store, "store", "init"),
        (*store, "import", "--kind", "providers", str(tmp_path / "providers.csv")),
        (*store, "import", "--kind", "episodes", str(tmp_path / "episodes.csv")),
        (*store, "family", "follow", "ankle"),
        (*store, "list", "links"),
        (*store, "summary", "indicator", "ankle_revision_90d"),
    )
    links, figures = (json.loads(each) for each in said if "[" in each)
    assert [(row["index_ref"], row["complication_class"], row["status"]) for row in links] == [
        ("f/1/ankle/right", "infection", "proposed")
    ]
    assert [(row["provider_id"], row["n"], row["events"]) for row in figures] == [("P01", 1, 1)]


def run(folder: Path, *commands: tuple[str, ...]) -> list[str]:
    """Return what the commands print, in one process that reads its definitions from `folder`."""
    done = subprocess.run(
        [sys.executable, "-c", RUN.format(commands=[list(each) for each in commands], between=BETWEEN)],
        env=os.environ | {"KVALITETSAPP_RESOURCES": str(folder), "KVALITETSAPP_PASSPHRASE": PASSPHRASE},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.split(BETWEEN)


def test_an_option_that_names_no_family_says_which_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--store", "finns-inte.kvdb", "summary", "comparison", "--joint", "tumme"]) == ExitStatus.BAD_INPUT
    assert "hip, knee, shoulder, bariatric" in capsys.readouterr().err
