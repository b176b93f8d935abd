"""What can go wrong and be explained; everything else is a bug."""

from __future__ import annotations

from enum import IntEnum


class ExitStatus(IntEnum):
    """How a command ends (data contract, section 3)."""

    OK = 0
    BUG = 1
    BAD_INPUT = 2
    SOME_REJECTED = 3
    STORE_NOT_OPENED = 4
    REFUSED = 5


class UserError(Exception):
    """Something the user can do something about, said in one Swedish sentence."""

    exit_status = ExitStatus.BAD_INPUT

    def __init__(self, message: str, *, help_topic: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help_topic = help_topic


class InputError(UserError):
    """A file, an option or a value that cannot be used at all."""


class StoreError(UserError):
    """The store cannot be opened, is damaged, or is newer than the program."""

    exit_status = ExitStatus.STORE_NOT_OPENED


class RefusedError(UserError):
    """Not allowed here or now: rights, or someone else holds the store."""

    exit_status = ExitStatus.REFUSED


class HeldError(RefusedError):
    """Someone else has the right to write to the store.

    `by_own_window` says that it is another window of the same user on this computer, which can be called forward;
    `may_be_taken_over` that it is the note of another computer, of which nothing here can tell whether it still holds.
    """

    def __init__(self, message: str, *, by_own_window: bool = False, may_be_taken_over: bool = False) -> None:
        super().__init__(message)
        self.by_own_window = by_own_window
        self.may_be_taken_over = may_be_taken_over


class CancelledError(Exception):
    """The user cancelled; the transaction is rolled back and nothing remains."""
