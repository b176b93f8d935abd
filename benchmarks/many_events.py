"""A store with 100 000 events that the link run finds by itself: 50 000 made-up people, each with two of them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from kvalitetsapp.services import linking
from kvalitetsapp.services.workspace import create_workspace
from kvalitetsapp.store.batches import NewBatch, begin

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

EVENTS: Final = 100_000
PASSPHRASE: Final = "mätning"  # noqa: S105 - of a store that is thrown away
_PER_PERSON: Final = 2
_SEED: Final = 20_250_630
_FIRST: Final = date(2016, 1, 1)
PROVIDERS: Final = (
    ("E01", "Egna kliniken", "own"),
    ("P01", "Fjällkliniken", "private"),
    ("P02", "Sjökliniken", "public"),
)
_SIDES: Final = (" ZXA00", " ZXA05", " ZXA10", "")
_JOINTS: Final = {
    "NFB49": (("T840", "NFC49"), ("T845", "NFS19"), ("T840", "NFH20")),
    "NGB49": (("T845", "NGS19"), ("T840", "NGC49"), ("T845", "NGC49")),
}
EPISODES_SQL: Final = (
    "INSERT INTO episodes (source, episode_id, identity, provider_id, payer_route, care_form, admitted, discharged, "
    "main_diagnosis, procedures, batch) VALUES ('bok', ?, ?, ?, ?, 'inpatient', ?, ?, ?, ?, 1)"
)
_WORTH: Final = """
UPDATE links SET at_stake = abs(episode * 7919) % 15000000, claim_by = date(?, (episode % 400 - 100) || ' days')
WHERE index_ref IS NOT NULL AND episode % 3 > 0
"""


def make(path: Path) -> Workspace:
    """Make the store and link it; money and deadlines are put in as a link run with agreements would."""
    workspace = create_workspace(path, PASSPHRASE)
    store = workspace.store
    with store.transaction():
        begin(store, NewBatch("episodes", "påhittade.csv", "", "", ""))
        store.write_many("INSERT INTO providers (provider_id, name, kind, batch) VALUES (?, ?, ?, 1)", PROVIDERS)
        store.write_many("INSERT INTO identities (identity, personal_id) VALUES (?, ?)", _people())
        store.write_many(EPISODES_SQL, _episodes())
    linking.run_links(workspace)
    with store.transaction():
        store.write(_WORTH, (workspace.today.isoformat(),))
    return workspace


def _people() -> Iterator[tuple[int, str]]:
    for number in range(1, EVENTS // _PER_PERSON + 1):
        yield number, f"{1930 + number % 50}{1 + number % 12:02d}{1 + number % 28:02d}{number % 10_000:04d}{number}"


def _episodes() -> Iterator[tuple[object, ...]]:
    dice = random.Random(_SEED)
    for person in range(1, EVENTS // _PER_PERSON + 1):
        operated = _FIRST + timedelta(days=dice.randrange(2500))
        primary, side = dice.choice(list(_JOINTS)), dice.choice(_SIDES)
        yield _episode(f"{person}-0", person, "P01" if person % 3 else "P02", operated, "M169", primary + side)
        for place in range(_PER_PERSON):
            day = operated + timedelta(days=dice.randrange(20 + 400 * place, 400 + 400 * place))
            diagnosis, code = dice.choice(_JOINTS[primary])
            told = "" if side == " ZXA10" else side
            yield _episode(f"{person}-{place + 1}", person, "E01", day, diagnosis, code + told)


def _episode(ref: str, person: int, provider: str, day: date, diagnosis: str, codes: str) -> tuple[object, ...]:
    route = "own" if provider == "E01" else "contract"
    return ref, person, provider, route, day.isoformat(), (day + timedelta(days=3)).isoformat(), diagnosis, codes
