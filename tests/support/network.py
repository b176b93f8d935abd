"""The program is offline: whoever tries to connect in a test is told so."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    import pytest


def refuse(*_arguments: object, **_named: object) -> NoReturn:
    """Stand in for every way out."""
    message = "the program opens no connection"
    raise AssertionError(message)


def forbid(patch: pytest.MonkeyPatch) -> None:
    """Close the ways out: connecting, sending and asking for an address."""
    for name in ("connect", "connect_ex", "sendto"):
        patch.setattr(socket.socket, name, refuse)
    patch.setattr(socket, "getaddrinfo", refuse)
