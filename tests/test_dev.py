"""The developer's commands, on a small copy of the project: what they decide, not what pip and apt do."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

PROJECT = Path(__file__).parents[1]
# Writes down what it is asked to do; asked for a virtual environment, puts itself there.
STAND_IN = """\
#!/bin/sh
echo "$@" >> "$ASKED"
if [ "$2" = venv ]; then mkdir -p "$4/bin" && cp "$0" "$4/bin/python"; fi
"""
ONLY_POSIX = pytest.mark.skipif(os.name == "nt", reason="the small copy has a shell script for its Python")


def _loaded(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev_under_test", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def dev() -> ModuleType:
    return _loaded(PROJECT / "dev.py")


@pytest.fixture
def copy(tmp_path: Path, dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy with an environment that stands, in which a stand-in takes the place of Python."""
    root = tmp_path / "copy"
    programs = root / ".venv" / "bin"
    programs.mkdir(parents=True)
    shutil.copy(PROJECT / "dev.py", root)
    shutil.copy(PROJECT / "pyproject.toml", root)
    shutil.copytree(PROJECT / "requirements", root / "requirements")
    for stand_in in (programs / "python", tmp_path / "python"):
        stand_in.write_text(STAND_IN, encoding="utf-8")
        stand_in.chmod(0o755)
    marks = f"{dev.library_mark(root)}\n{dev.package_mark(root)}\n"
    (root / ".venv" / "stamp").write_text(marks, encoding="utf-8")
    monkeypatch.setenv("ASKED", str(tmp_path / "asked"))
    monkeypatch.setattr(sys, "_base_executable", str(tmp_path / "python"))
    return root


def _run(folder: Path, *words: str, python: str = sys.executable) -> subprocess.CompletedProcess[str]:
    return subprocess.run([python, "dev.py", *words], cwd=folder, capture_output=True, encoding="utf-8", check=False)


def _asked() -> list[str]:
    """Return what was asked of the stand-in, in short."""
    asked = Path(os.environ["ASKED"])
    lines = asked.read_text(encoding="utf-8").splitlines() if asked.exists() else []
    return [line.replace("pip install -qq --no-input --disable-pip-version-check ", "") for line in lines]


PACKAGE = "-m --no-build-isolation --no-deps --editable ."
LIBRARIES = "-m --require-hashes -r requirements/dev.txt"


@ONLY_POSIX
def test_an_environment_that_stands_is_left_alone_and_its_folder_is_the_last_line(copy: Path) -> None:
    done = _run(copy, "env")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == str(copy / ".venv" / "bin")
    assert _asked() == []


@ONLY_POSIX
def test_a_changed_project_file_installs_only_the_package_again(copy: Path) -> None:
    with (copy / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert _run(copy, "env").returncode == 0
    assert _asked() == [PACKAGE]
    assert _run(copy, "env").returncode == 0
    assert _asked() == [PACKAGE]


@ONLY_POSIX
@pytest.mark.parametrize("change", ["interrupted", "other pins", "moved", "without its Python"])
def test_an_environment_that_cannot_be_trusted_is_made_again_once(copy: Path, dev: ModuleType, change: str) -> None:
    root = copy.rename(copy.with_name("moved")) if change == "moved" else copy
    match change:
        case "interrupted":
            (root / ".venv" / "stamp").unlink()
        case "other pins":
            (root / "requirements" / "dev.txt").write_text("other\n", encoding="utf-8")
        case "without its Python":
            (root / ".venv" / "bin" / "python").unlink()
    for _ in range(2):
        dev.make_environment(root)
        assert _asked() == [f"-m venv --clear {root / '.venv'}", LIBRARIES, PACKAGE]


@ONLY_POSIX
def test_a_failed_installation_leaves_no_stamp(copy: Path) -> None:
    (copy / "pyproject.toml").write_text("", encoding="utf-8")
    (copy / ".venv" / "bin" / "python").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    done = _run(copy, "env")
    assert done.returncode == 1
    assert "pip could not install" in done.stderr
    assert not (copy / ".venv" / "stamp").exists()


@ONLY_POSIX
def test_the_fault_suite_is_run_by_itself_with_what_else_is_told(copy: Path) -> None:
    assert _run(copy, "test", "--faults", "-k", "killed").returncode == 0
    assert _asked() == ["-m pytest -n 2 --dist worksteal tests/faults -k killed"]


def test_a_library_that_no_system_has_is_missed(dev: ModuleType) -> None:
    assert not dev.loads("libsomethingthatisnowhere.so.9")


def test_what_is_missing_is_named_to_someone_who_is_not_root(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "is_debian", lambda: True)
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(SystemExit, match=r"libegl1 libgl1\n.*\n +apt-get install .* libegl1 libgl1") as stopped:
        dev.provide_system_packages(["libegl1", "libgl1"])
    assert isinstance(stopped.value.code, str)  # a message, so exit status 1


def test_other_systems_go_on_without_packages(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "is_debian", lambda: False)
    dev.provide_system_packages(["libegl1"])


def test_an_older_python_is_told_so(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 1))
    with pytest.raises(SystemExit, match=r"Python 3\.11 or later is needed"):
        dev.main()


@pytest.mark.parametrize("words", [["nothing"], ["env", "now"]])
def test_unknown_words_are_refused_by_name(words: list[str]) -> None:
    done = _run(PROJECT, *words)
    assert done.returncode == 1
    assert words[-1] in done.stderr


@ONLY_POSIX
def test_fuzzing_is_left_to_the_fuzzer_with_the_words_it_was_given(copy: Path) -> None:
    assert _run(copy, "fuzz", "--minutes", "1").returncode == 0
    assert _asked() == ["-c import atheris", "-m fuzz --minutes 1"]


@ONLY_POSIX
def test_where_there_is_no_fuzzer_one_line_says_so(copy: Path) -> None:
    (copy / ".venv" / "bin" / "python").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    done = _run(copy, "fuzz")
    assert done.returncode == 1
    assert done.stderr.startswith("dev.py: nothing can be fuzzed here")
    assert done.stderr.count("\n") == 1


def test_a_demo_folder_without_a_store_is_not_touched(dev: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SystemExit, match="move it away"):
        dev.make_demo(tmp_path, tmp_path)
    assert (tmp_path / "demo" / "mine.txt").exists()


def test_the_catalogue_holds_texts_sorted_without_date_or_line_number(dev: ModuleType, tmp_path: Path) -> None:
    source = tmp_path / "src" / "kvalitetsapp"
    source.mkdir(parents=True)
    (source / "a.py").write_text(
        'x = N_("Ärende")\n\n\ny = _("Avtal")\nngettext("fil", "filer", 2)\n', encoding="utf-8"
    )
    catalogue = dev.extracted(tmp_path, Path(sys.executable).parent)
    assert [line for line in catalogue.splitlines() if line.startswith("msgid ")] == [
        'msgid ""',
        'msgid "Avtal"',
        'msgid "fil"',
        'msgid "Ärende"',
    ]
    assert "#: src/kvalitetsapp/a.py\n" in catalogue
    assert "POT-Creation-Date" not in catalogue
