"""A store of version 9 gets the tables of version 10, and keeps its final reports and what protects them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from sqlcipher3 import dbapi2

from kvalitetsapp.domain.waiting import WaitingScope
from kvalitetsapp.services import waiting
from kvalitetsapp.services.workspace import create_workspace, open_workspace
from kvalitetsapp.store import migrations
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path

NINE: Final = 9
_REPORT: Final = (
    "INSERT INTO final_reports (number, kind, subject, data_cut, parameters, fingerprint, sha256, content, file_name, "
    "made_by, signed_by, signed_as, signed_at) VALUES (?, ?, '', '2026-01-31', '{}', 'f', 's', x'25', 'r.pdf', "
    "'Anna', 'Anna', 'chef', '2026-02-01T10:00:00+00:00')"
)
_BATCH: Final = """
INSERT INTO import_batches (kind, file_name, file_sha256, profile_name, imported_at, program_version, read_rows,
    stored, corrected, unchanged, rejected)
VALUES ('waiting', 'vantande.csv', 's', 'standard', '2026-02-01T10:00:00+00:00', '0.1.0', 1, 1, 0, 0, 0)
"""
_WAITING: Final = """
INSERT INTO waiting_entries (source, snapshot_on, entry_id, county, procedure_code, decided_on, batch)
SELECT 'väntelistan', '2026-01-31', '1', '23', 'NFB49', '2025-10-01', max(batch) FROM import_batches
"""


def test_a_store_of_version_9_keeps_its_reports_protected_and_its_lists_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "nio.kvdb"
    with monkeypatch.context() as as_then:
        as_then.setattr(migrations, "STEPS", migrations.STEPS[:NINE])
        as_then.setattr(migrations, "NEWEST", NINE)
        with create_workspace(path, PASSPHRASE) as made, made.store.transaction():
            made.store.write(_REPORT, ("R-2026-0001", "total"))
            made.store.write(_BATCH)
            made.store.write(_WAITING)
    with open_workspace(path, PASSPHRASE, write=True) as workspace:
        store = workspace.store
        assert migrations.version(store.conn) == migrations.NEWEST
        assert store.rows("SELECT number, kind, content FROM final_reports") == [("R-2026-0001", "total", b"%")]
        with pytest.raises(dbapi2.IntegrityError, match="not deleted"), store.transaction():
            store.write("DELETE FROM final_reports")
        with store.transaction():
            store.write(_REPORT, ("R-2026-0002", "waiting"))
        with pytest.raises(dbapi2.IntegrityError), store.transaction():
            store.write(_REPORT, ("R-2026-0003", "horoscope"))
        assert [row["waiting"] for row in waiting.series(workspace, WaitingScope()).table.records()] == [1]
