"""The command line: one Swedish sentence and the contract's exit status for everything that can go wrong."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.cli.main import main
from kvalitetsapp.store import migrations
from support import empty_store, examples, store_files
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path

PROVIDERS = "provider_id;name;kind\nOWN;Egna kliniken;own\nP01;Fjällkliniken;privat\n"


class CommandLine:
    """The command line in this process, on a store of its own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.store = folder / "prov.kvdb"
        self._capsys = capsys

    def __call__(self, *words: str) -> tuple[int, str, str]:
        status = main(["--store", str(self.store), *words])
        printed = self._capsys.readouterr()
        return status, printed.out, printed.err

    def file(self, name: str, content: str) -> str:
        path = self.folder / name
        path.write_text(content, encoding="utf-8")
        return str(path)


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", PASSPHRASE)
    return CommandLine(tmp_path, capsys)


@pytest.fixture
def ready(call: CommandLine) -> CommandLine:
    empty_store.make(call.folder)
    return call


def test_the_command_line_needs_neither_qt_nor_pandas_to_explain_itself() -> None:
    program = textwrap.dedent(
        """
        import sys
        from kvalitetsapp.cli.main import main
        for words in (["--help"], ["import", "--help"], ["summary", "reoperations", "--help"]):
            assert main(words) == 0
        heavy = {"PySide6", "pandas", "numpy", "scipy", "reportlab", "sqlite_utils"} & set(sys.modules)
        sys.exit(str(heavy) if heavy else 0)
        """
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60, stdout=subprocess.DEVNULL)


def test_no_command_on_data_imports_qt(ready: CommandLine) -> None:
    program = (
        "import sys; from kvalitetsapp.cli.main import main; main(sys.argv[1:]); sys.exit('PySide6' in sys.modules)"
    )
    words = ["--store", str(ready.store), "summary", "reoperations"]
    subprocess.run([sys.executable, "-c", program, *words], check=True, timeout=60, stdout=subprocess.DEVNULL)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["import", "--kind", "fel", "x.csv"], "--kind ska vara något av: providers, persons"),
        (["import", "x.csv"], "--kind saknas"),
        (["import", "--kind", "persons"], "FIL saknas"),
        (["summary", "reoperations", "--within", "två"], "--within går inte att använda"),
        (["summary", "reoperations", "--as-of", "2024-02-30"], "--as-of går inte att använda"),
        (["summary", "reoperations", "--by", "färg"], "färg"),
        (["summary", "recovery", "--by", "provider,provider"], "en gång"),
        (["summary", "survival", "--by", "joint"], "--at saknas"),
        (["list", "allt"], "Kommandot finns inte"),
        (["list", "links", "--passphrase", "hemlig"], "Flaggan --passphrase finns inte"),
        (["statistics", "funnel", "finns-inte.csv"], "finns-inte.csv"),
    ],
)
def test_wrong_words_end_with_2_and_one_swedish_sentence(ready: CommandLine, words: list[str], said: str) -> None:
    status, printed, explained = ready(*words)
    assert (status, printed) == (2, "")
    assert said in explained
    assert len(explained.splitlines()) == 1


def test_a_missing_store_ends_with_4(call: CommandLine) -> None:
    status, _printed, explained = call("list", "links")
    assert status == 4
    assert "Det finns ingen databas" in explained


def test_a_wrong_passphrase_ends_with_4_and_changes_nothing(
    ready: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ready.store.read_bytes()
    monkeypatch.setenv("KVALITETSAPP_PASSPHRASE", "fel")
    status, _printed, explained = ready("link")
    assert status == 4
    assert "Lösenfrasen passar inte" in explained
    assert ready.store.read_bytes() == before


def test_the_passphrase_may_stand_in_a_file(ready: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KVALITETSAPP_PASSPHRASE")
    file = ready.file("fras.txt", PASSPHRASE + "\r\nnågot annat\n")
    assert ready("--passphrase-file", file, "store", "check")[0] == 0


def test_a_store_from_a_newer_program_ends_with_4(ready: CommandLine) -> None:
    with store_files.open_below(ready.store, PASSPHRASE) as store:
        store.conn.execute(f"PRAGMA user_version = {migrations.NEWEST + 1}")
    status, _printed, explained = ready("store", "info")
    assert status == 4
    assert "nyare version" in explained


def test_a_store_is_not_made_twice(ready: CommandLine) -> None:
    status, _printed, explained = ready("store", "init")
    assert status == 5
    assert "finns redan" in explained


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="an administrator may write everywhere")
def test_no_right_to_write_ends_with_5(call: CommandLine) -> None:
    call.folder.chmod(0o500)
    status, _printed, explained = call("store", "init")
    call.folder.chmod(0o700)
    assert status == 5
    assert "går inte att skriva" in explained


def test_a_folder_that_cannot_be_made_ends_with_5(call: CommandLine) -> None:
    call.file("fil", "")
    call.store = call.folder / "fil" / "prov.kvdb"
    status, _printed, explained = call("store", "init")
    assert status == 5
    assert "går inte att skriva" in explained


def test_some_rejected_rows_end_with_3_and_are_located(ready: CommandLine) -> None:
    status, printed, explained = ready("import", "--kind", "providers", ready.file("v.csv", PROVIDERS))
    assert (status, printed) == (3, "")
    assert "2 lästa = 1 nya + 0 rättade + 0 oförändrade + 1 avvisade" in explained
    assert "rad 3, kind: ”privat”" in explained


COSTS = (
    "source;episode_id;personal_id;provider_id;payer_route;care_form;admitted;discharged;cost\n"
    "bok;1;196812099874;OWN;own;inpatient;2020-01-01;2020-01-03;{}\n"
    "bok;2;196812099874;ingen;own;inpatient;2020-01-01;2020-01-03;40,50\n"
)


def test_an_import_is_accounted_for_in_kronor_too(ready: CommandLine) -> None:
    ready("import", "--kind", "providers", ready.file("v.csv", PROVIDERS))
    ready("import", "--kind", "episodes", ready.file("e.csv", COSTS.format("60 000")))
    changed = ready.file("e.csv", COSTS.format("65 000,25"))
    _status, printed, _explained = ready("import", "--kind", "episodes", changed, "--json", "--dry-run")
    (cost, _price) = json.loads(printed)["amounts"]
    assert [cost[name] for name in ("read", "stored", "corrected", "unchanged", "rejected", "unreadable")] == [
        *("65040.75", "0.00", "65000.25", "0.00", "40.50"),
        0,
    ]
    (cell,) = json.loads(printed)["changed_cells"]
    assert cell == {"row": 2, "ref": "bok/1", "column": "cost", "before": "60000.00", "after": "65000.25"}
    explained = ready("import", "--kind", "episodes", changed)[2].replace("\u00a0", " ")
    assert "cost: 65 040,75 kr lästa = 0,00 kr nya + 65 000,25 kr rättade" in explained


def test_the_account_as_json_has_the_contracts_fields(ready: CommandLine) -> None:
    status, printed, explained = ready("import", "--kind", "providers", ready.file("v.csv", PROVIDERS), "--json")
    account = json.loads(printed)
    assert (status, explained) == (3, "")
    wanted = {"file": "v.csv", "kind": "providers", "read": 2, "stored": 1, "corrected": 0, "unchanged": 0}
    assert {name: account[name] for name in wanted} == wanted
    assert (account["rejected"], account["batch"], account["applied"]) == (1, 1, True)
    assert set(account["rejects"][0]) == {"row", "column", "value", "reason"}


@pytest.mark.parametrize("option", ["--dry-run", "--all-or-nothing"])
def test_what_was_not_applied_says_so(ready: CommandLine, option: str) -> None:
    file = ready.file("v.csv", PROVIDERS)
    status, printed, _explained = ready("import", "--kind", "providers", file, "--json", option)
    account = json.loads(printed)
    assert (status, account["stored"], account["batch"], account["applied"]) == (3, 1, None, False)
    status, printed, _explained = ready("store", "info")
    assert (status, json.loads(printed)["providers"]) == (0, 0)


def test_a_list_says_so_where_links_are_older_than_the_data(ready: CommandLine) -> None:
    for kind, file, _profile in examples.files_of("county")[:4]:
        ready("import", "--kind", kind, str(file), "--no-link")
    status, printed, explained = ready("list", "links")
    assert (status, len(printed.splitlines())) == (0, 1)
    assert "Kör ”kvalitetsapp link”" in explained


def test_a_second_writer_is_refused_and_told_who_writes(ready: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    from kvalitetsapp.services import workspace
    from kvalitetsapp.store import lock

    monkeypatch.setattr(lock.WriterLock.__init__, "__kwdefaults__", {"wait_seconds": 0.1})
    with workspace.open_workspace(ready.store, PASSPHRASE, write=True):
        status, _printed, explained = ready("link")
        assert status == 5
        assert f"process {os.getpid()}" in explained
        assert ready("list", "links")[0] == 0, "reading goes on"
    assert ready("link")[0] == 0


def test_a_lock_left_by_a_killed_process_stops_no_command(ready: CommandLine) -> None:
    program = textwrap.dedent(
        """
        import sys, time
        from pathlib import Path
        from kvalitetsapp.services.workspace import open_workspace
        workspace = open_workspace(Path(sys.argv[1]), sys.argv[2], write=True)
        print("öppen", flush=True)
        time.sleep(60)
        """
    )
    words = [sys.executable, "-c", program, str(ready.store), PASSPHRASE]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        process.wait(timeout=30)
    begun = time.monotonic()
    assert ready("link")[0] == 0
    assert time.monotonic() - begun < 5


def test_a_bug_is_told_without_the_values_it_happened_on(ready: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    from kvalitetsapp.services import listings

    def fail(*_arguments: object, **_options: object) -> None:
        raise KeyError("196812099874")

    monkeypatch.setattr(listings, "links", fail)
    status, _printed, explained = ready("list", "links")
    assert status == 1
    assert "KeyError" in explained
    assert "196812099874" not in explained


def test_a_damaged_audit_trail_is_found_by_store_check(ready: CommandLine) -> None:
    with store_files.open_below(ready.store, PASSPHRASE) as store, store.transaction():
        store.write("DROP TRIGGER audit_is_not_edited")
        store.write("UPDATE audit SET who = 'någon annan'")
    status, _printed, explained = ready("store", "check")
    assert status == 4
    assert "Loggen är bruten vid post 1" in explained


def test_the_help_is_in_swedish(call: CommandLine) -> None:
    for words in ([], ["import"], ["store"], ["list", "links"], ["summary", "survival"], ["statistics", "funnel"]):
        _status, printed, _explained = call(*words, "--help")
        assert "Användning:" in printed
        for english in ("Usage", "Options", "Commands", "Show this", "required", "default"):
            assert english not in printed, (words, english)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("unit;events;n\nA;3;2\n", "rad 2: events är större än n"),
        ("unit;events;n\nA;3;10\nB;x;2\n", "rad 3: events och n ska vara heltal"),
        ("unit;events\nA;3\n", "ska ha kolumnerna unit, events, n"),
        ("unit;events;n\nA;3\n", "rad 2: raden har fel antal fält"),
    ],
)
def test_a_table_that_cannot_be_right_is_refused_with_its_place(call: CommandLine, table: str, said: str) -> None:
    status, printed, explained = call("statistics", "funnel", call.file("t.csv", table))
    assert (status, printed) == (2, "")
    assert said in explained


def test_a_unit_without_operations_is_counted_as_none_of_none(call: CommandLine) -> None:
    status, printed, _explained = call("statistics", "funnel", call.file("t.csv", "unit;events;n\nB;2;0\nA;1;50\n"))
    assert status == 0
    assert printed.splitlines()[2] == "B;0;0;;;;;;;;"
    assert printed.splitlines()[1].startswith("A;1;50;0.020000;")


FIGURES = "country;level;unit;joint;indicator;value;unit_of_value;n;period;source\n"


def test_figures_are_checked_in_the_store_and_in_a_file_that_needs_no_store(call: CommandLine) -> None:
    path = call.file("siffror.csv", FIGURES + "SE;unit;A;hip;x;4.3;percent;503;2022;bok\n")
    status, printed, _said = call("check", "figures", path, "--format", "json")
    (row,) = json.loads(printed)
    assert status == 0
    assert (row["row"], row["value"], row["n"], row["verdict"], row["remarks"]) == (2, "4.3", 503, "remark", "events")
    assert (row["below"], row["below_value"], row["above"], row["above_value"]) == (21, "4.2", 22, "4.4")
    assert not call.store.exists()
    call("store", "init")
    call("import", "--kind", "benchmarks", path)
    status, printed, _said = call("check", "figures")
    header, line = printed.splitlines()
    assert status == 0
    assert header.startswith("country;level;unit;joint;indicator;period;value;unit_of_value;n;verdict;remarks;")
    assert line.startswith("SE;unit;A;hip;x;2022;4.3;percent;503;remark;events;")


def test_a_profile_without_a_file_is_told_of(ready: CommandLine) -> None:
    status, printed, said = ready("check", "figures", "--profile", "x.toml")
    assert (status, printed) == (2, "")
    assert said == "En profil behöver en fil att läsa. Ange filen också.\n"


def test_data_quality_is_printed_as_tables_without_personal_numbers(call: CommandLine) -> None:
    assert call("store", "init")[0] == 0
    assert (
        call("import", "--kind", "providers", call.file("p.csv", PROVIDERS.replace(";privat\n", ";private\n")))[0] == 0
    )
    episode = "bok;1;196812099874;P01;contract;inpatient;2020-01-01;2020-01-03;M16Q9;NFB49;60000"
    head = "source;episode_id;personal_id;provider_id;payer_route;care_form;admitted;discharged;main_diagnosis"
    file = call.file("e.csv", f"{head};procedures;price\n{episode}\n")
    assert call("import", "--kind", "episodes", file)[0] == 0
    status, out, _err = call("quality", "summary")
    assert status == 0
    counted = {line.split(";")[0]: line.split(";")[3] for line in out.splitlines()[1:]}
    assert (counted["side_missing"], counted["unknown_code"], counted["sex_differs"]) == ("1", "1", "0")
    status, out, _err = call("quality", "rows", "side_missing")
    assert (status, out.splitlines()[1].split(";")[0]) == (0, "bok/1/hip/unknown")
    assert "196812099874" not in out
    assert "196812099874" in call("quality", "rows", "side_missing", "--identified")[1]
    status, out, _err = call("--format", "json", "quality", "coverage", "--contacts", "operations")
    assert json.loads(out)[0] | {"state": ""} == {
        "provider_id": "P01",
        "provider": "Fjällkliniken",
        "month": "2020-01",
        "contacts": 1,
        "with_amount": 1,
        "amount_share": 1.0,
        "state": "",
    }
    status, _out, err = call("quality", "rows", "nej")
    assert (status, "Regeln nej finns inte" in err) == (2, True)
