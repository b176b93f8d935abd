"""Where a store lies: told from the path, and on Linux from the list of mounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from kvalitetsapp.store import place
from kvalitetsapp.store.place import Place, PlaceKind

MOUNTS = """\
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
40 27 0:50 / /mnt/ort rw,relatime shared:1 - cifs //server/ort rw
41 27 0:51 / /mnt/ort/lokal rw,relatime - ext4 /dev/vdb rw
42 27 0:52 / /mnt/en\\040mapp rw,relatime - nfs4 server:/x rw
not a mount at all
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/anna/x.kvdb", "ext4"),
        ("/mnt/ort/klinik/x.kvdb", "cifs"),
        ("/mnt/ort", "cifs"),
        ("/mnt/orten/x.kvdb", "ext4"),
        ("/mnt/ort/lokal/x.kvdb", "ext4"),
        ("/mnt/en mapp/x.kvdb", "nfs4"),
    ],
)
@pytest.mark.skipif("os.name == 'nt'", reason="mounts are of Linux")
def test_the_nearest_mount_above_a_path_tells_its_file_system(path: str, kind: str) -> None:
    assert place.file_system(Path(path), MOUNTS) == kind


def test_without_a_list_of_mounts_nothing_is_said() -> None:
    assert place.file_system(Path("/home"), "") == ""


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("C:/Users/anna/OneDrive - Region/x.kvdb", Place(PlaceKind.SYNCED, "OneDrive")),
        ("/home/anna/dropbox/x.kvdb", Place(PlaceKind.SYNCED, "Dropbox")),
        ("//server/delat/x.kvdb", Place(PlaceKind.NETWORK)),
    ],
)
def test_a_place_that_others_reach_is_told_by_its_path(path: str, where: Place) -> None:
    assert place.of(Path(path)) == where
    assert place.of(Path(path)).is_shared


def test_the_computers_own_disk_is_nobody_elses(tmp_path: Path) -> None:
    assert place.of(tmp_path / "x.kvdb") == Place(PlaceKind.LOCAL)
    assert place.warning_about(tmp_path / "x.kvdb") == ""
