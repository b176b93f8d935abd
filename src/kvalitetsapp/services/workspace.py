"""An open store together with the definitions it is read with: what every service works on."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final, Self

from kvalitetsapp import settings
from kvalitetsapp.domain import families
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import StoreError
from kvalitetsapp.services import access, entrance, remembering, saved_copies
from kvalitetsapp.store import audit, family_choices, lock, meta, replacing, veils

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kvalitetsapp.domain.adverse_event import AdverseEvent
    from kvalitetsapp.domain.codes import CodeTables
    from kvalitetsapp.domain.geography import Geography
    from kvalitetsapp.domain.infection import Criterion
    from kvalitetsapp.domain.provider_question import Ground
    from kvalitetsapp.domain.rights import Role
    from kvalitetsapp.domain.standard_population import StandardGroup
    from kvalitetsapp.services.entrance import Entered
    from kvalitetsapp.store.connection import Store

USER_SWITCHED: Final = "user_switched"


class _Definitions:
    """What the files of the program say of the families that are followed, each read when first asked for."""

    def __init__(self, followed: tuple[str, ...]) -> None:
        self.followed = followed

    @cached_property
    def code_tables(self) -> CodeTables:
        from kvalitetsapp.exchange.code_tables import read_code_tables

        return read_code_tables(settings.resources_dir(), self.followed)

    @cached_property
    def adverse_events(self) -> tuple[AdverseEvent, ...]:
        from kvalitetsapp.exchange.adverse_events import adverse_events_of

        return adverse_events_of(settings.resources_dir(), self.followed)


@dataclass
class Workspace:
    """An open store. It belongs to the thread that opened it; `close` it, or use it in a `with`."""

    store: Store
    writer_lock: lock.WriterLock | None
    user: str
    roles: frozenset[Role]
    unit: str = ""
    account: str = ""
    """The name under which the user has a slot in the file of keys; `user` is who signs."""
    findings: tuple[str, ...] = ()
    """What was found amiss on the way in, in sentences."""
    acting: bool = False
    """Whether a service is at work whose right was asked for (`services/access.py`)."""
    kept: dict[str, object] = field(default_factory=dict, repr=False)
    """What services have worked out and may use again, each with its own way to tell that it has become old."""
    _definitions_read: _Definitions | None = field(default=None, init=False, repr=False)

    @property
    def path(self) -> Path:
        """Return the store's file."""
        return self.store.path

    @property
    def read_only(self) -> bool:
        """Tell whether nothing can be changed."""
        return self.store.read_only

    @property
    def today(self) -> date:
        """Return the calendar day that imports and decisions are made on."""
        return date.today()  # noqa: DTZ011 - the day on the wall where the user sits

    @property
    def followed(self) -> tuple[str, ...]:
        """Return the families of procedures that this store follows, in their order."""
        chosen = family_choices.standing(self.store)
        return tuple(one.family for one in families.known() if one.from_start or chosen.get(one.family, False))

    @property
    def code_tables(self) -> CodeTables:
        """Return the code tables of the families that are followed, read when first asked for."""
        return self._definitions.code_tables

    @property
    def _definitions(self) -> _Definitions:
        followed = self.followed
        if self._definitions_read is None or self._definitions_read.followed != followed:
            self._definitions_read = _Definitions(followed)
        return self._definitions_read

    @cached_property
    def geography(self) -> Geography:
        """Return the counties and municipalities, read when first asked for."""
        from kvalitetsapp.exchange.geography import read_geography

        return read_geography(settings.resources_dir() / "codes")

    @cached_property
    def infection_criteria(self) -> tuple[Criterion, ...]:
        """Return the criteria of infection that a reviewer ticks, read when first asked for."""
        from kvalitetsapp.exchange.review_tables import read_infection_criteria

        return read_infection_criteria(settings.resources_dir() / "review" / "ebjis_2021.csv")

    @property
    def adverse_events(self) -> tuple[AdverseEvent, ...]:
        """Return the registers' instrument for adverse events, read when first asked for."""
        return self._definitions.adverse_events

    @cached_property
    def standard_population(self) -> tuple[StandardGroup, ...]:
        """Return the European standard population of 2013, read when first asked for."""
        from kvalitetsapp.exchange.standard_population import read_standard_population

        return read_standard_population(settings.resources_dir() / "codes" / "esp2013.csv")

    @cached_property
    def disclosure_grounds(self) -> tuple[Ground, ...]:
        """Return the grounds for disclosing that are offered, read when first asked for."""
        from kvalitetsapp.exchange.review_tables import read_disclosure_grounds

        return read_disclosure_grounds(settings.resources_dir() / "review" / "disclosure_grounds.csv")

    @property
    def is_sample(self) -> bool:
        """Tell whether the store holds invented data."""
        return meta.get(self.store, meta.SAMPLE) == "1"

    @contextlib.contextmanager
    def action(
        self, name: str, *, target: str = "", detail: str = "", patients: Iterable[str] = ()
    ) -> Iterator[Store]:
        """Do a user's action as one transaction that leaves its entry in the audit trail."""
        with self.store.transaction():
            yield self.store
            audit.append(self.store, self.user, name, target=target, detail=detail, patients=patients)

    def snapshot(self) -> contextlib.AbstractContextManager[None]:
        """Let everything read in the block be of one moment."""
        return self.store.snapshot()

    def is_passphrase(self, passphrase: str) -> bool:
        """Tell whether a passphrase is that of whoever has the store open; may be asked from any thread.

        Raises:
            StoreError: the file of keys cannot be read.
        """
        return entrance.is_passphrase_of(self.store, self.account, passphrase)

    def handed_over(self, user: str, passphrase: str) -> Workspace:
        """Return the open store as another user's workspace, with the right to write; this one is used no longer.

        Where it fails, this one stays as it was.

        Raises:
            StoreError: the passphrase does not fit.
            RefusedError: the user may no longer open the store, or the change cannot be noted in the trace.
        """
        before = self.store.at_work
        try:
            entered = entrance.change_over(self.store, user, passphrase)
            audit.note(self.store, entered.signs_as, USER_SWITCHED, target=self.user)
        except BaseException:
            self.store.at_work = before
            raise
        return _workspace(entered, self.writer_lock)

    def veil(self) -> None:
        """Hide personal numbers from the open connection just where the user's roles do not let them be seen.

        Whoever gives a workspace another connection or other roles does so anew; what was worked out is forgotten.
        """
        veils.lift(self.store)
        if not access.may(self, Right.SEE_IDENTITIES):
            veils.draw(self.store)
        self.kept.clear()

    def close(self) -> None:
        """Close the store and let go of the lock."""
        try:
            self.store.close()
        finally:
            if self.writer_lock is not None:
                self.writer_lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        self.close()


def create_workspace(
    path: Path, passphrase: str, *, sample: bool = False, user: str | None = None, unit: str = ""
) -> Workspace:
    """Make a new store and open it for writing; `sample` marks it as holding invented data.

    Its first user is `user`, else whoever is logged in at this workstation.

    Raises:
        RefusedError: something lies at `path` already, or it cannot be written to.
        StoreError: the passphrase is empty.
    """
    with _writing(path) as writer_lock:
        return _workspace(entrance.make(path, passphrase, user, unit, sample=sample), writer_lock)


def open_workspace(
    path: Path,
    passphrase: str,
    *,
    write: bool,
    user: str | None = None,
    window: bool = False,
    take_over: bool = False,
) -> Workspace:
    """Open a store for `user`, who need not be told where there is only one; with `write` as its only writer.

    `window` says that a window has it open, which can be called forward; `take_over` that a lock left behind by
    another computer is taken over, which is noted in the trace. Without a passphrase what the
    workstation remembers is tried. What does not fit writes nothing, not even who tries to write.

    Raises:
        StoreError: there is no store, the passphrase does not fit, or the store is newer than the program.
        HeldError: someone else is writing to it.
        RefusedError: there is no right to.
    """
    try:
        _finish_restoring(path)
        visitor = entrance.knock(path, passphrase, user) if passphrase else remembering.knock(path, user)
        if not write:
            return _workspace(entrance.enter(path, visitor, write=False), None)
        with _writing(path, window=window, take_over=take_over) as writer_lock:
            entered = entrance.enter(path, visitor, write=True)
            if take_over and writer_lock.left_by is not None:
                audit.note(entered.store, entered.signs_as, "lock_taken_over", detail=writer_lock.left_by.in_words())
            return _workspace(entered, writer_lock)
    except StoreError as error:
        told = saved_copies.naming_the_newest(error, path)
        if told is error:
            raise
        raise told from error


def _finish_restoring(path: Path) -> None:
    """Finish a restoring that was decided on and cut short, before anything of the store is read."""
    if replacing.is_decided(path):
        with _writing(path):
            replacing.finish(path)


@contextlib.contextmanager
def _writing(path: Path, *, window: bool = False, take_over: bool = False) -> Iterator[lock.WriterLock]:
    """Take the right to write, and let go of it if the block fails."""
    writer_lock = lock.WriterLock(path, window=window, take_over=take_over)
    writer_lock.acquire()
    try:
        yield writer_lock
    except BaseException:
        writer_lock.give_back()
        raise


def _workspace(entered: Entered, writer_lock: lock.WriterLock | None) -> Workspace:
    user = entered.user
    opened = Workspace(
        entered.store,
        writer_lock,
        entered.signs_as,
        user.roles,
        user.unit,
        account=user.name,
        findings=entered.findings,
    )
    opened.veil()
    return opened
