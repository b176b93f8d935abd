"""Loaded by every Python that a test starts: it may open no connection either."""

import os
import sys

_ALLOWED = {"socket.gethostname"}


def _watch(event: str, _told: tuple[object, ...]) -> None:
    if event[:7] == "socket." and event not in _ALLOWED:
        place = os.environ.get("KVALITETSAPP_TEST_ATTEMPTS")
        if place:
            descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.write(descriptor, f"{event}\n".encode())
            os.close(descriptor)
        raise AssertionError("the program opens no connection")


sys.addaudithook(_watch)
