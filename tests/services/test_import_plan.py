"""Several files at once: their order, their profiles, and all or nothing."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.errors import CancelledError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import import_plan, imports, known_profiles, overview
from kvalitetsapp.services.workspace import Workspace, create_workspace
from support import examples, workbooks
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _typeshed import WriteableBuffer


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with create_workspace(tmp_path / "tom.kvdb", PASSPHRASE) as made:
        yield made


def _files() -> list[Path]:
    return [path for _kind, path, _profile in examples.files_of("county")]


def _count(workspace: Workspace, table: str) -> int:
    return int(workspace.store.value(f"SELECT count(*) FROM {table}"))


def test_what_is_referred_to_goes_in_first_and_corrections_after_what_they_correct() -> None:
    planned = import_plan.plan(sorted(_files(), reverse=True))
    names = [file.path.stem for file in planned]
    assert names.index("providers") < names.index("agreements") < names.index("episodes")
    assert names.index("episodes") < names.index("episodes_corrections") < names.index("procedures")
    assert names.index("episodes") < names.index("episodes_late") < names.index("verdicts")


def test_a_profile_beside_a_file_is_used_and_is_no_file_of_its_own(tmp_path: Path) -> None:
    for name in ("persons.csv", "persons.toml"):
        shutil.copy(examples.FOLDER / "county-exports" / name, tmp_path / name)
    (file,) = import_plan.plan([tmp_path / "persons.toml", tmp_path / "persons.csv", tmp_path / "persons.csv"])
    assert (file.path.name, file.kind, file.profile) == ("persons.csv", KindOfFile.PERSONS, tmp_path / "persons.toml")


def test_trying_tells_what_taking_in_then_does(workspace: Workspace) -> None:
    planned = import_plan.plan(_files())
    tried = import_plan.try_files(workspace, planned)
    assert _count(workspace, "audit") == 1  # that the store was made
    assert _count(workspace, "import_batches") == 0
    taken = import_plan.take_files(workspace, planned)
    assert not tried.applied
    assert taken.applied
    for before, after in zip(tried.files, taken.files, strict=True):
        assert before.outcome is not None
        assert after.outcome is not None
        assert (before.outcome.read, before.outcome.rejects) == (after.outcome.read, after.outcome.rejects)
        assert after.outcome.read == (
            after.outcome.stored + after.outcome.corrected + after.outcome.unchanged + after.outcome.rejected
        )
    assert overview.waiting(workspace).links_current


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_a_cancelled_import_of_many_leaves_nothing(workspace: Workspace, share: float) -> None:
    planned = import_plan.plan(_files())
    steps = 0

    def count(_done: int, _total: int | None, _what: str) -> None:
        nonlocal steps
        steps += 1

    import_plan.try_files(workspace, planned, Progress(count))
    left = max(1, int(steps * share))

    def stop(_done: int, _total: int | None, _what: str) -> None:
        nonlocal left
        left -= 1
        if not left:
            progress.cancel()

    progress = Progress(stop)
    with pytest.raises(CancelledError):
        import_plan.take_files(workspace, planned, progress)
    tables = ("identities", "providers", "episodes", "import_batches", "links", "findings")
    assert [_count(workspace, table) for table in tables] == [0] * len(tables)
    assert _count(workspace, "audit") == 1
    assert not workspace.store.conn.in_transaction


def test_each_of_several_files_has_its_entry_in_the_trace(workspace: Workspace) -> None:
    from kvalitetsapp.store import audit

    files = [file for file in import_plan.plan(_files()) if file.path.stem in {"providers", "persons"}]
    import_plan.take_files(workspace, files)
    traced = [(entry.action, entry.object) for entry in audit.entries(workspace.store)]
    assert traced[:3] == [("files_imported", ""), ("file_imported", "persons.csv"), ("file_imported", "providers.csv")]


class CountedFile(io.FileIO):
    """A file that counts the bytes that were read of it."""

    read_of_it = 0

    def readinto(self, buffer: WriteableBuffer) -> int:
        count = super().readinto(buffer) or 0
        CountedFile.read_of_it += count
        return count

    def read(self, size: int | None = -1) -> bytes:
        content = super().read(-1 if size is None else size) or b""
        CountedFile.read_of_it += len(content)
        return content

    def readall(self) -> bytes:
        return self.read()


class CountedPath(type(Path())):  # type: ignore[misc]
    """A path that counts how often its file is opened."""

    opened = 0

    def open(self, *_how: object, **_further: object) -> CountedFile:
        CountedPath.opened += 1
        return CountedFile(self)


def _read_by(work: Callable[[Path], object], path: Path) -> tuple[int, int]:
    CountedPath.opened = CountedFile.read_of_it = 0
    work(CountedPath(path))
    return CountedPath.opened, CountedFile.read_of_it


def test_a_workbook_is_read_once_however_many_profiles_are_tried_on_it(tmp_path: Path) -> None:
    path = tmp_path / "okänd.xlsx"
    path.write_bytes(workbooks.xlsx({"Blad1": [["Något", "Annat"], *([f"a{n}", n] for n in range(3000))]}))
    opened, once = _read_by(imports.recognise, path)  # tries no profile
    assert opened == 1
    assert once > path.stat().st_size
    assert len(known_profiles.known()) > 1
    assert _read_by(lambda counted: import_plan.plan([counted]), path) == (1, once)
    assert _read_by(known_profiles.recognise, path) == (1, once)
