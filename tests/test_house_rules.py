"""The rules of the house that no tool checks by itself, read from the source."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from support.parsed import nodes

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "kvalitetsapp"
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
REASON = "# long:"
EMPTY_NAMES = {"utils", "util", "misc", "common", "helpers", "helper", "manager", "managers"}
TRANSLATORS = {"_", "N_", "ngettext"}
NETWORK = {
    *(
        "socket",
        "_socket",
        "ssl",
        "_ssl",
        "http",
        "urllib.request",
        "ftplib",
        "smtplib",
        "poplib",
        "imaplib",
        "nntplib",
    ),
    *("nntplib", "telnetlib", "socketserver", "xmlrpc", "asyncio", "webbrowser", "multiprocessing.connection"),
    *("requests", "httpx", "aiohttp", "urllib3", "websockets", "paramiko", "dbus"),
    *("PySide6.QtNetwork", "PySide6.QtNetworkAuth", "PySide6.QtHttpServer", "PySide6.QtWebSockets", "PySide6.QtDBus"),
    *("PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets", "PySide6.QtWebChannel", "PySide6.QtWebView"),
    *("PySide6.QtBluetooth", "PySide6.QtNfc", "PySide6.QtSerialBus", "PySide6.QtRemoteObjects"),
}
CLIPBOARD = SOURCE / "gui" / "clipboard.py"
HEAVY = {"PySide6", "pyqtgraph", "pandas", "numpy", "scipy", "sqlite_utils", "sqlcipher3", "reportlab", "babel"}
# Written so that this file does not find itself.
MACHINE_PATH = re.compile(r"(?:^|[^\w.])/(?:work|root|tmp/[a-z]|home/[a-z])[\w.-]*/")
REGISTRY = re.compile(r"https?://[^\s\"]*/(?:simple|packages)/|--(?:extra-)?index-[u]rl|--find-[l]inks")


@cache
def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


@cache
def _sources() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def _at(file: Path, line: int, what: str = "") -> str:
    return f"{file.relative_to(ROOT).as_posix()}:{line} {what}".rstrip()


def _none(found: list[str]) -> None:
    assert not found, "\n".join(found)


@cache
def _calls(file: Path) -> list[tuple[str, ast.Call]]:
    """Return every call in a file with the last part of the called name."""
    found = []
    for node in nodes(file):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            found.append((name, node))
    return found


@cache
def _imports(file: Path) -> list[tuple[str, int]]:
    found = []
    for node in nodes(file):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [(node.module, node.lineno)]
            found += [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
    return found


def test_no_file_is_long_without_a_reason() -> None:
    texts = {file: file.read_text(encoding="utf-8") for file in _sources()}
    long = [file for file, text in texts.items() if text.count("\n") > LONGEST_FILE and REASON not in text]
    _none([_at(file, texts[file].count("\n")) for file in long])


def test_the_program_knows_no_fuzzer() -> None:
    _none([_at(file, 1) for file in _sources() if "atheris" in file.read_text(encoding="utf-8")])


def test_no_function_is_long_without_a_reason() -> None:
    long = []
    for file in _sources():
        lines = file.read_text(encoding="utf-8").splitlines()
        for node in nodes(file):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                body = lines[node.lineno - 1 : node.end_lineno]
                if len(body) > LONGEST_FUNCTION and not any(REASON in line for line in body):
                    long.append(_at(file, node.lineno, node.name))
    _none(long)


def test_nothing_asks_qt_to_process_events_in_between() -> None:
    """The program that takes the manual's pictures may: it drives the window from outside, as a test does."""
    inside = [file for file in _sources() if file != SOURCE / "gui" / "screenshots.py"]
    _none([_at(file, call.lineno) for file in inside for name, call in _calls(file) if name == "processEvents"])


def test_no_module_has_a_name_that_says_nothing() -> None:
    files = [file.relative_to(ROOT).as_posix() for file in _tracked() if file.suffix == ".py"]
    _none([file for file in files if EMPTY_NAMES & set(file.removesuffix(".py").split("/"))])


def test_texts_to_translate_are_plain_literals_or_names() -> None:
    wrong = []
    for file in _sources():
        for name, call in _calls(file):
            texts = call.args[:2] if name == "ngettext" else call.args[:1]
            if name in TRANSLATORS and any(_is_built(text) for text in texts):
                wrong.append(_at(file, call.lineno))
    _none(wrong)


def _is_built(text: ast.expr) -> bool:
    """Tell whether a text is put together before it is translated, so that the catalogue cannot know it."""
    formatted = isinstance(text, ast.Call) and isinstance(text.func, ast.Attribute) and text.func.attr == "format"
    return formatted or isinstance(text, ast.JoinedStr | ast.BinOp)


def test_no_code_knows_the_network() -> None:
    _none([_at(file, line, name) for file in _sources() for name, line in _imports(file) if _is_of_network(name)])


def _is_of_network(module: str) -> bool:
    parts = module.split(".")
    return any(".".join(parts[:length]) in NETWORK for length in range(1, len(parts) + 1))


def test_everything_that_is_copied_goes_through_one_module() -> None:
    """It takes away again what was copied; a copy past it would stay."""
    others = [file for file in _sources() if file != CLIPBOARD]
    _none([_at(file, call.lineno) for file in others for name, call in _calls(file) if name == "clipboard"])


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    found = []
    for file in _tracked():
        content = file.read_bytes()
        lines = [] if b"\0" in content else content.decode(errors="replace").splitlines()
        for number, line in enumerate(lines, start=1):
            if MACHINE_PATH.search(line) or REGISTRY.search(line):
                found.append(_at(file, number, line[:100]))
    _none(found)


def test_every_resource_is_named_in_the_readme_of_its_folder() -> None:
    folder = ROOT / "resources"
    files = [file for file in _tracked() if folder in file.parents and file.name != "README.md"]
    readmes = {file: folder / file.relative_to(folder).parts[0] / "README.md" for file in files}
    told = {readme: readme.read_text(encoding="utf-8") if readme.exists() else "" for readme in readmes.values()}
    _none([_at(file, 1) for file, readme in readmes.items() if file.name not in told[readme]])


def _modules_after(code: str) -> set[str]:
    """Run `code` in a new process; the top-level modules that are loaded at its end."""
    program = f"import sys\n{code}\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    return set(ran.stdout.split("\n")[-2].split())


ENTRY = "import kvalitetsapp.__main__"
GROUP = "import kvalitetsapp.cli"
HELP = """
from kvalitetsapp.__main__ import main
sys.argv = ["kvalitetsapp", "--help"]
try:
    main()
except SystemExit as ended:
    assert not ended.code
"""


@pytest.mark.parametrize("code", [ENTRY, GROUP, HELP], ids=["entry", "group", "help"])
def test_the_command_line_answers_without_the_heavy_libraries(code: str) -> None:
    assert _modules_after(code) & HEAVY == set()
