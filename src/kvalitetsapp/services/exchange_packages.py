"""Packages for exchange: decisions and claims written for another store, and those of another store taken in here."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import kvalitetsapp
from kvalitetsapp.domain import exchange_shapes, exchange_tables, exchanged, file_password
from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changed, Changes
from kvalitetsapp.domain.dates import this_moment, to_the_minute
from kvalitetsapp.domain.exchanged import DECIDED, TAKEN, Exchange, MalformedError, Package, ThingKind, canonical
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import exchange_merge, kept_files
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import audit, exchanged_refs, exchanges, meta, migrations, package_file
from kvalitetsapp.store.keys import WrongKeyError
from kvalitetsapp.store.package_file import SUFFIX, NotAPackageError
from kvalitetsapp.texts import NOTHING, _, ngettext, number

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.exchange_merge import Held
    from kvalitetsapp.services.workspace import Workspace

MADE: Final = "exchange_made"
READ: Final = "exchange_read"
TAKEN_IN: Final = "exchange_taken"
MONEY: Final = frozenset(ThingKind) - DECIDED
TAKEN_CHANGES: Final[Changes] = frozenset(
    {
        *(Changed.LINKS, Changed.VERDICTS, Changed.FINDINGS, Changed.MISSED_EVENTS),
        *(Changed.CLAIMS, Changed.BASES, Changed.PAYMENTS, Changed.EXCHANGES),
    }
)


@dataclass(frozen=True, slots=True)
class MadeOutcome:
    """The file that was written, and what to say of it."""

    path: Path
    said: str
    changes: Changes = frozenset({Changed.EXCHANGES})


@dataclass(frozen=True, slots=True)
class TakenOutcome:
    """What came of a package: where it came from, how its things stood, and what could not be taken.

    `applied` is False of a preview, and of a package that was taken before.
    """

    package: Package
    table: Table
    taken: int
    held: tuple[Held, ...]
    applied: bool
    said: str
    changes: Changes = NOTHING_CHANGED

    @property
    def brings_something(self) -> bool:
        """Tell whether taking the package changes anything, if only what waits to be settled."""
        return bool(self.taken or self.held)

    @property
    def origin(self) -> str:
        """Return who made the package, when, and how far its data went."""
        return _("Paketet är gjort av {who} {at}, med data inlästa till {through}.").format(
            who=self.package.user,
            at=to_the_minute(self.package.made_at),
            through=to_the_minute(self.package.data_through) or NOTHING,
        )


@needs(Right.EXCHANGE)
def make(workspace: Workspace, out: Path, passphrase: str) -> MadeOutcome:
    """Write every decision and claim as a package under a name that ends as packages do.

    Raises:
        InputError: the passphrase is easy to guess, or there is nothing to write.
        RefusedError: something here is written in a way that nobody could take, the file cannot be written, or the
            store is open to be read only.
    """
    if weak := file_password.weakness(passphrase):
        raise InputError(weak)
    path = out if out.name.endswith(SUFFIX) else out.with_name(out.name + SUFFIX)
    package = _package(workspace)
    if not package.things:
        raise InputError(_("Det finns inga beslut och inga krav att lägga i ett paket."))
    if (one := exchange_shapes.unfit(package)) is not None:
        raise RefusedError(_("{name} kan inte läggas i ett paket: något i det saknas.").format(name=one.name))
    content = package_file.sealed(canonical(exchanged.as_dict(package)).encode(), passphrase)
    kept_files.keep_all(
        workspace, {path: lambda file: file.write_bytes(content)}, lambda: _note_made(workspace, package, content)
    )
    said = _("Paketet {file} är skrivet: {decisions} beslut, {money} krav, underlag och betalningar.")
    counts = {"decisions": number(package.count(DECIDED)), "money": number(package.count(MONEY))}
    return MadeOutcome(path, said.format(file=path.name, **counts))


@needs(Right.EXCHANGE)
def preview(workspace: Workspace, path: Path, passphrase: str, progress: Progress | None = None) -> TakenOutcome:
    """Tell what would come of taking a package; nothing is changed but the trace, which tells that it was read.

    Raises:
        InputError: the file is no package, or the passphrase does not fit.
        RefusedError: something imported here is not linked yet, or the store is open to be read only.
    """
    package, content = _read(path, passphrase)
    with workspace.store.trial():
        outcome = _merged(workspace, package, content, progress or Progress(), applied=False)
    patients = _patients(workspace, package)
    audit.note(workspace.store, workspace.user, READ, target=package.package_id, patients=patients)
    return outcome


@needs(Right.EXCHANGE)
def take(workspace: Workspace, path: Path, passphrase: str, progress: Progress | None = None) -> TakenOutcome:
    """Take what is new in a package and what has gone further there; what cannot be taken waits as conflicts.

    Raises:
        InputError: the file is no package, or the passphrase does not fit.
        RefusedError: something imported here is not linked yet, or the store is open to be read only.
        CancelledError: the user cancelled; nothing was taken.
    """
    package, content = _read(path, passphrase)
    with workspace.store.transaction():
        return _merged(workspace, package, content, progress or Progress(), applied=True)


@needs(Right.EXCHANGE)
def all_exchanges(workspace: Workspace) -> tuple[Exchange, ...]:
    """Return every package that was made or taken here, the latest first."""
    return exchanges.all_exchanges(workspace.store)


def _package(workspace: Workspace) -> Package:
    store = workspace.store
    with store.one_moment():
        return Package(
            secrets.token_hex(16),
            meta.get(store, meta.STORE_ID) or "",
            workspace.user,
            this_moment(),
            kvalitetsapp.__version__,
            migrations.NEWEST,
            exchanged_refs.data_through(store),
            exchange_merge.things_here(workspace),
        )


def _note_made(workspace: Workspace, package: Package, content: bytes) -> None:
    _note(workspace, package, exchanges.MADE, content, MADE)


def _patients(workspace: Workspace, package: Package) -> tuple[str, ...]:
    """Return the personal numbers of those patients of a package who are known here."""
    refs = {ref for one in package.things for ref in one.episodes}
    return exchange_merge.patients_of(workspace, exchanged_refs.episodes_of(workspace.store, refs))


def _note(workspace: Workspace, package: Package, direction: str, content: bytes, action: str) -> int:
    """Note a package with all its patients, and return the number of the note."""
    sha256 = hashlib.sha256(content).hexdigest()
    counts = package.count(DECIDED), package.count(MONEY)
    new = Exchange(
        *(0, package.package_id, direction, package.store, package.user, this_moment(), workspace.user), *counts
    )
    detail = json.dumps({"sha256": sha256, "decisions": counts[0], "claims": counts[1], "from": package.user})
    audit.append(
        workspace.store,
        workspace.user,
        action,
        target=package.package_id,
        detail=detail,
        patients=_patients(workspace, package),
    )
    return exchanges.add(workspace.store, new, sha256)


def _read(path: Path, passphrase: str) -> tuple[Package, bytes]:
    """Return a package with the bytes of its file.

    Raises:
        InputError: it is none, it is newer than this program, or the passphrase does not fit.
    """
    try:
        content = package_file.read(path)
        package = exchanged.from_dict(json.loads(package_file.opened(content, passphrase)))
        if exchange_shapes.unfit(package) is not None:
            raise MalformedError
    except OSError as error:
        raise InputError(_("Paketet {path} går inte att läsa. Finns filen?").format(path=path)) from error
    except WrongKeyError as error:
        raise InputError(
            _("Lösenordet passar inte till paketet {path}, eller så är filen skadad.").format(path=path)
        ) from error
    except (NotAPackageError, MalformedError, ValueError, RecursionError) as error:
        raise InputError(
            _("{path} är inte ett utbytespaket som den här versionen kan läsa.").format(path=path)
        ) from error
    if package.schema > migrations.NEWEST:
        raise InputError(
            _("Paketet är gjort av en nyare version, {version}. Uppdatera programmet först.").format(
                version=package.program
            )
        )
    return package, content


def _merged(
    workspace: Workspace, package: Package, content: bytes, progress: Progress, *, applied: bool
) -> TakenOutcome:
    """Merge inside the transaction that is open; a package that was taken before changes nothing."""
    before = exchanges.taken_at(workspace.store, package.package_id)
    if before is not None:
        said = _("Paketet togs emot {at}. Inget ändras.").format(at=to_the_minute(before))
        return TakenOutcome(package, exchange_tables.account({}), 0, (), applied=False, said=said)
    merged = exchange_merge.merge(workspace, package, progress)
    waiting = [one for one in merged.held if not exchanges.is_known(workspace.store, one.theirs)]
    _note_taken(workspace, package, content, waiting)
    taken = merged.count(ThingKind, TAKEN)
    told = exchange_tables.account(merged.counts)
    changes = TAKEN_CHANGES if applied else NOTHING_CHANGED
    return TakenOutcome(package, told, taken, tuple(waiting), applied, _said(taken, waiting, applied=applied), changes)


def _note_taken(workspace: Workspace, package: Package, content: bytes, waiting: list[Held]) -> None:
    exchange = _note(workspace, package, exchanges.TAKEN, content, TAKEN_IN)
    for one in waiting:
        told = (one.kind, one.subject, one.reason)
        exchanges.add_conflict(workspace.store, exchange, *told, one.ours, one.theirs)


def _said(taken: int, waiting: list[Held], *, applied: bool) -> str:
    if applied:
        text = ngettext(
            "{n} är mottaget. {waiting} väntar på avgörande.", "{n} är mottagna. {waiting} väntar på avgörande.", taken
        )
    else:
        text = ngettext(
            "{n} skulle tas emot. {waiting} skulle vänta på avgörande.",
            "{n} skulle tas emot. {waiting} skulle vänta på avgörande.",
            taken,
        )
    return text.format(n=number(taken), waiting=number(len(waiting)))
