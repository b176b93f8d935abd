"""Control totals: what two copies of a store must have in common, down to the last öre."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.store import trouble

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2


@dataclass(frozen=True, slots=True)
class Totals:
    """The rows of every table, the sum of every column of whole numbers (all öre among them), and the trace's end."""

    rows: dict[str, int]
    sums: dict[str, int]
    entry: int
    head: str

    def fingerprint(self) -> str:
        """Return what is the same only where all of it is the same, and tells nothing of it."""
        told = json.dumps([self.rows, self.sums, self.entry, self.head], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()

    def differences(self, other: Totals) -> tuple[str, ...]:
        """Return the tables and columns that are not the same in both."""
        mine, others = {**self.rows, **self.sums}, {**other.rows, **other.sums}
        found = sorted(name for name in mine.keys() | others.keys() if mine.get(name) != others.get(name))
        return tuple(found) if found or (self.entry, self.head) == (other.entry, other.head) else ("audit",)


@trouble.explained()
def read(conn: dbapi2.Connection) -> Totals:
    """Return the totals of a store of any version, within the caller's moment.

    Raises:
        DamageError: the file is damaged.
    """
    tables = [str(name) for (name,) in conn.execute(_TABLES).fetchall()]
    rows, sums = {}, {}
    for table in tables:
        columns = [str(column) for (column,) in conn.execute(_WHOLE_NUMBERS, (table,)).fetchall()]
        told = "".join(f', ifnull(sum("{column}"), 0)' for column in columns)
        rows[table], *of_columns = map(int, conn.execute(f'SELECT count(*){told} FROM "{table}"').fetchone())
        sums.update({f"{table}.{column}": found for column, found in zip(columns, of_columns, strict=True)})
    last = conn.execute("SELECT entry, hash FROM audit ORDER BY entry DESC LIMIT 1").fetchone() or (0, "")
    return Totals(rows, sums, int(last[0]), str(last[1]))


_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
# A seed is no amount: a few of them would be more than a sum can hold.
_WHOLE_NUMBERS = "SELECT name FROM pragma_table_info(?) WHERE type = 'INTEGER' AND name <> 'seed' ORDER BY cid"
