#!/usr/bin/env python3
"""The developer's commands. Needs Python 3.11 or later and nothing else; everything else it makes itself.

python3 dev.py env            make the environment (.venv); the last line is the folder with its programs
python3 dev.py run            open the application on sample data (without a display: make its PDFs)
python3 dev.py test           every check and every test; further words go to pytest; --long takes the long ones too;
                              --faults runs the fault suite alone, which ends with a table of what was survived
python3 dev.py bench          the benchmarks
python3 dev.py fuzz           attack the readers of files by chance and coverage (--minutes N, --target NAME)
python3 dev.py lock           pin the requirements again (--upgrade takes newer ones)
python3 dev.py texts          write the catalogue of texts again (--check only compares)
python3 dev.py screenshots    draw the pictures of the manual again
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import NoReturn

ROOT = Path(__file__).resolve().parent
OLDEST_PYTHON = (3, 11)
REQUIREMENTS = ("app", "dev", "package")
CATALOGUE = Path("resources/i18n/kvalitetsapp.pot")
DEMO_STORE = Path("demo/kvalitetsapp-exempel.kvdb")
HEADLESS = {"QT_QPA_PLATFORM": "offscreen"}
# A test that stands still says where, in every thread, and fails, instead of holding up all that wait behind it.
STANDING_STILL = ("-o", "faulthandler_timeout=120", "-o", "faulthandler_exit_on_timeout=true")

# Debian's package for each library that Qt asks the system for: to draw at all, and to draw on a screen.
OFFSCREEN_LIBRARIES = {
    "libgl1": "libGL.so.1",
    "libegl1": "libEGL.so.1",
    "libglib2.0-0": "libglib-2.0.so.0",
    "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
}
SCREEN_LIBRARIES = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
}
CATALOGUE_HEAD = """\
# The texts of Kvalitetsapp; the source language is Swedish. Made by `python3 dev.py texts`.
msgid ""
msgstr ""
"Project-Id-Version: kvalitetsapp\\n"
"Language: sv\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def say(text: str) -> None:
    """Tell the developer something, at once."""
    print(text, flush=True)


def stop(message: str) -> NoReturn:
    """End with a message and exit status 1."""
    raise SystemExit(f"dev.py: {message}")


# The environment


def make_environment(root: Path) -> Path:
    """Make `.venv` if it is not there, not finished or not current; return the folder with its programs."""
    environment = root / ".venv"
    programs = environment / ("Scripts" if os.name == "nt" else "bin")
    stamp = environment / "stamp"
    libraries, package = library_mark(root), package_mark(root)
    found = stamp.read_text(encoding="utf-8").split() if stamp.exists() else []
    whole = found[:1] == [libraries] and program(programs, "python").exists()
    provide_system_packages(wanted_packages(build=not whole))
    if whole and found[1:] == [package]:
        return programs
    stamp.unlink(missing_ok=True)  # what is interrupted from here on is made again
    if not whole:
        build_environment(root, environment, programs)
    say("environment: installing the package itself, editable")
    pip(programs, root, "--no-build-isolation", "--no-deps", "--editable", ".")
    stamp.write_text(f"{libraries}\n{package}\n", encoding="utf-8")
    return programs


def build_environment(root: Path, environment: Path, programs: Path) -> None:
    """Make a new `.venv` with everything pinned in requirements/dev.txt."""
    say(f"environment: making {environment} with Python {platform.python_version()}")
    interpreter = getattr(sys, "_base_executable", None) or sys.executable  # not the one that is about to be cleared
    command = [interpreter, "-m", "venv", "--clear", str(environment)]
    if subprocess.run(command, check=False).returncode:
        stop("the virtual environment could not be made, see above")
    say("environment: installing the pinned libraries, about a minute and 1 GB")
    pip(programs, root, "--require-hashes", "-r", str(Path("requirements", "dev.txt")))


def pip(programs: Path, root: Path, *words: str) -> None:
    """Let the environment's pip install; it says something only when it fails."""
    quiet = ["-qq", "--no-input", "--disable-pip-version-check"]
    command = [str(program(programs, "python")), "-m", "pip", "install", *quiet, *words]
    if subprocess.run(command, cwd=root, check=False).returncode:
        stop("pip could not install, see above")


def library_mark(root: Path) -> str:
    """What decides which libraries stand in the environment: the pins, this Python, and where it all lies."""
    told = [(root / "requirements" / "dev.txt").read_bytes(), sys.version.encode(), str(root).encode()]
    return hashlib.sha256(b"\0".join(told)).hexdigest()


def package_mark(root: Path) -> str:
    """What decides how the package itself is installed."""
    return hashlib.sha256((root / "pyproject.toml").read_bytes()).hexdigest()


def program(programs: Path, name: str) -> Path:
    """Return the path of a program of the environment."""
    return programs / (f"{name}.exe" if os.name == "nt" else name)


# System packages


def wanted_packages(*, build: bool) -> list[str]:
    """Return Debian's names for what this system lacks; nothing on systems other than Linux."""
    if not sys.platform.startswith("linux"):
        return []
    needed = dict(OFFSCREEN_LIBRARIES)
    if has_display() or os.geteuid() == 0:
        needed.update(SCREEN_LIBRARIES)
    missing = [package for package, library in needed.items() if not loads(library)]
    if build and importlib.util.find_spec("ensurepip") is None:
        missing.append("python{}.{}-venv".format(*sys.version_info[:2]))
    return missing


def loads(library: str) -> bool:
    """Tell whether the system has `library`, in the way that Qt will ask for it."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def provide_system_packages(missing: Sequence[str]) -> None:
    """Install what is missing on Debian and its kin as root; otherwise say what is missing there and stop."""
    if not missing or not is_debian():
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        stop(
            "these system packages are missing: {}\nInstall them as root, then try again:\n    {}".format(
                " ".join(missing), " ".join(install)
            )
        )
    say("system: installing " + " ".join(missing))
    for command in (["apt-get", "update"], install):
        done = captured(command, ROOT, {"DEBIAN_FRONTEND": "noninteractive"})
        if done.returncode and command is install:
            stop(f"apt-get could not install them:\n{done.stdout}{done.stderr}")


def is_debian() -> bool:
    """Tell whether packages come from apt here."""
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def has_display() -> bool:
    """Tell whether a window can be shown."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in screens)


# Running programs of the environment


def surroundings(extra: Mapping[str, str]) -> dict[str, str]:
    """Return the variables for a program of ours: UTF-8, compiled code kept, and none of the user's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KVALITETSAPP_")}
    # Where nothing is kept, every Python that the tests start compiles the whole program for itself.
    return {**kept, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "", **extra}


def captured(command: Sequence[str | Path], root: Path, extra: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a program to its end and keep what it says."""
    words, variables = [str(word) for word in command], surroundings(extra)
    return subprocess.run(
        words, cwd=root, env=variables, check=False, capture_output=True, encoding="utf-8", errors="replace"
    )


def run_here(command: Sequence[str | Path], root: Path, extra: Mapping[str, str]) -> None:
    """Run a program that speaks for itself; its failure is ours."""
    done = subprocess.run([str(word) for word in command], cwd=root, env=surroundings(extra), check=False)
    if done.returncode:
        raise SystemExit(done.returncode if done.returncode > 0 else 1)


def step(title: str, command: Sequence[str | Path], root: Path) -> None:
    """Run one check, tell how long it took, and stop with what it said if it fails."""
    print(f"{title:<20}", end="", flush=True)
    started = time.perf_counter()
    done = captured(command, root, HEADLESS)
    say(f"{'failed' if done.returncode else 'ok':<8}{time.perf_counter() - started:5.1f} s")
    if done.returncode:
        say(done.stdout + done.stderr)
        stop(f"{title} failed")


# The commands


def env(root: Path, words: Sequence[str]) -> None:
    """Make the environment and print where its programs lie."""
    no_words(words)
    programs = make_environment(root)
    say("environment: ready")
    say(str(programs))


def test(root: Path, words: Sequence[str]) -> None:
    """Run every check and every test, stopping at the first kind that fails; or the fault suite, and nothing else."""
    started = time.perf_counter()
    programs = make_environment(root)
    if "--faults" in words:
        chosen = [word for word in words if word != "--faults"]
        pytest(root, program(programs, "python"), [Path("tests", "faults"), *chosen])
        return
    say(f"{'environment':<20}{'ok':<8}{time.perf_counter() - started:5.1f} s")
    python = program(programs, "python")
    step("format", [program(programs, "ruff"), "format", "--check"], root)
    step("lint", [program(programs, "ruff"), "check"], root)
    step("types", [python, "-m", "mypy", "--num-workers", "2"], root)
    step("import contracts", [program(programs, "lint-imports")], root)
    step("catalogue of texts", [sys.executable, Path(__file__).resolve(), "texts", "--check"], root)
    say("tests")
    long = "--long" in words
    which = [*STANDING_STILL, "-m", "not long and not faults"]
    if long:
        which = ["--hypothesis-profile=long", "-m", "not faults"]
    pytest(root, python, [*which, *(word for word in words if word != "--long")])


def pytest(root: Path, python: Path, words: Sequence[str | Path]) -> None:
    """Run tests on both cores."""
    run_here([python, "-m", "pytest", "-n", "2", "--dist", "worksteal", *words], root, HEADLESS)


def run(root: Path, words: Sequence[str]) -> None:
    """Open the application on sample data; without a display make the same data and say where its PDFs lie."""
    no_words(words)
    programs = make_environment(root)
    make_demo(root, programs)
    if not has_display():
        say("No display here, so no window. The reports made from the sample data:")
        for report in sorted((root / "demo" / "reports").glob("*.pdf")):
            say(f"  {report}")
        return
    passphrase = (root / "demo" / "passphrase.txt").read_text(encoding="utf-8").strip()
    say("opening the window on the sample data in demo")
    chosen = {"KVALITETSAPP_STORE": str(root / DEMO_STORE), "KVALITETSAPP_PASSPHRASE": passphrase}
    run_here([program(programs, "kvalitetsapp")], root, chosen)


def make_demo(root: Path, programs: Path) -> None:
    """Make the sample data if there is none; what is interrupted leaves no half store behind."""
    if (root / DEMO_STORE).exists():
        say("sample data: demo is there")
        return
    if (root / "demo").exists():
        stop(f"the folder demo is there but holds no {DEMO_STORE.name}: move it away, then try again")
    say("sample data: making demo, up to a minute")
    unfinished = root / ".dev" / "demo"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.parent.mkdir(exist_ok=True)
    done = captured([program(programs, "kvalitetsapp"), "demo", "--out", unfinished], root, HEADLESS)
    if done.returncode:
        stop(f"the sample data could not be made:\n{done.stdout}{done.stderr}")
    unfinished.rename(root / "demo")


def bench(root: Path, words: Sequence[str]) -> None:
    """Run the benchmarks."""
    python = program(make_environment(root), "python")
    run_here([python, "-m", "benchmarks", *words], root, HEADLESS)


def fuzz(root: Path, words: Sequence[str]) -> None:
    """Attack every reader of what comes from outside for a stated time; tests/fuzz/README.md tells more."""
    python = program(make_environment(root), "python")
    if captured([python, "-c", "import atheris"], root, {}).returncode:
        stop("nothing can be fuzzed here: the fuzzer (atheris) is made for Linux on x86-64, Python 3.11 to 3.13")
    run_here([python, "-m", "fuzz", *words], root, {**HEADLESS, "PYTHONPATH": "tests"})


def screenshots(root: Path, words: Sequence[str]) -> None:
    """Draw the pictures of the manual again."""
    python = program(make_environment(root), "python")
    target = Path("docs", "manual", "images")
    run_here([python, "-m", "kvalitetsapp.gui.screenshots", target, *words], root, HEADLESS)


def lock(root: Path, words: Sequence[str]) -> None:
    """Pin requirements/*.in with hashes, for every system at once and without naming a registry."""
    uv = shutil.which("uv") or stop("lock needs the program uv")
    for name in REQUIREMENTS:
        target = Path("requirements", f"{name}.txt")
        options = ["--universal", "--python-version", "{}.{}".format(*OLDEST_PYTHON), "--generate-hashes", "--quiet"]
        plain = ["--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"]
        source = Path("requirements", f"{name}.in")
        run_here([uv, "pip", "compile", *options, *plain, *words, source, "-o", target], root, {})
        if "://" in (root / target).read_text(encoding="utf-8"):
            stop(f"{target} names an address; it must not")
        say(f"pinned {target}")


def texts(root: Path, words: Sequence[str]) -> None:
    """Write the catalogue of texts, or with --check tell whether it is what the source code says."""
    check = list(words) == ["--check"]
    no_words([] if check else words)
    now, path = extracted(root, make_environment(root)), root / CATALOGUE
    if path.exists() and path.read_text(encoding="utf-8") == now:
        say(f"{CATALOGUE} is current")
    elif check:
        stop(f"{CATALOGUE} is not what the source code says: run `python3 dev.py texts`")
    else:
        path.write_text(now, encoding="utf-8", newline="\n")
        say(f"wrote {CATALOGUE}")


def extracted(root: Path, programs: Path) -> str:
    """Return the catalogue of the source code: sorted, with files but no line numbers, and with no date."""
    options = ["--omit-header", "--sort-output", "--add-location=file", "--no-wrap"]
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder, "found.pot")
        source = Path("src", "kvalitetsapp")
        done = captured([program(programs, "pybabel"), "-q", "extract", *options, "-o", found, source], root, {})
        if done.returncode:
            stop(f"the texts could not be extracted:\n{done.stderr}")
        return CATALOGUE_HEAD + found.read_text(encoding="utf-8")


def no_words(words: Sequence[str]) -> None:
    """Refuse words that a command has no use for."""
    if words:
        stop("what is this for: {}".format(" ".join(words)))


COMMANDS: dict[str, Callable[[Path, Sequence[str]], None]] = {
    "env": env,
    "run": run,
    "test": test,
    "bench": bench,
    "fuzz": fuzz,
    "lock": lock,
    "texts": texts,
    "screenshots": screenshots,
}


def main() -> None:
    """Read the command and do it."""
    if sys.version_info[:2] < OLDEST_PYTHON:
        wanted = "{}.{}".format(*OLDEST_PYTHON)
        stop(f"Python {wanted} or later is needed, this is {platform.python_version()} ({sys.executable})")
    command, words = (sys.argv[1] if len(sys.argv) > 1 else "--help"), sys.argv[2:]
    if command in {"-h", "--help", "help"}:
        say(str(__doc__).strip())
        return
    if command not in COMMANDS:
        stop("there is no command {}; there are {}".format(command, ", ".join(COMMANDS)))
    try:
        COMMANDS[command](ROOT, words)
    except KeyboardInterrupt:
        stop("interrupted")


if __name__ == "__main__":
    main()
