"""Edits of an e-invoice as text on one line, to break it in one place."""

from __future__ import annotations

import re
from collections.abc import Callable

Edit = Callable[[str], str]


def on_one_line(xml: bytes) -> str:
    """Return a document without the space between its elements."""
    return re.sub(r">\s+<", "><", xml.decode("utf-8"))


def _once(text: str, pattern: str, replacement: Callable[[re.Match[str]], str], within: str) -> str:
    """Replace the first match of a pattern after the first opening tag of `within`."""
    start = text.index(f"<cac:{within}>") if within else 0
    changed, times = re.subn(pattern, replacement, text[start:], count=1)
    assert times == 1, f"{pattern} is not there"
    return text[:start] + changed


def drop(tag: str, within: str = "") -> Edit:
    """Return an edit that takes away the first element of a name."""
    return lambda text: _once(text, rf"<{tag}(?: [^>]*)?>.*?</{tag}>", lambda _found: "", within)


def put(tag: str, value: str, within: str = "") -> Edit:
    """Return an edit that gives the first element of a name another text."""
    return lambda text: _once(text, rf"(<{tag}(?: [^>]*)?>)[^<]*", lambda found: found[1] + value, within)


def mark(tag: str, attributes: str, within: str = "") -> Edit:
    """Return an edit that gives the first element of a name other attributes."""
    return lambda text: _once(text, rf"<{tag}(?: [^>]*)?>", lambda _found: f"<{tag} {attributes}>", within)


def before(tag: str, more: str, within: str = "") -> Edit:
    """Return an edit that puts XML before the first element of a name."""
    return lambda text: _once(text, rf"<{tag}[ >]", lambda found: more + found[0], within)


def swap(old: str, new: str) -> Edit:
    """Return an edit of every place where a text stands."""

    def edit(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    return edit


def every(*edits: Edit) -> Edit:
    """Return several edits as one."""

    def edit(text: str) -> str:
        for one in edits:
            text = one(text)
        return text

    return edit


def group(tag: str, *inside: str) -> str:
    """Return an element around others as XML."""
    return f"<cac:{tag}>{''.join(inside)}</cac:{tag}>"


def value(tag: str, text: str, attributes: str = "") -> str:
    """Return an element with a text as XML."""
    return f"<cbc:{tag} {attributes}>{text}</cbc:{tag}>" if attributes else f"<cbc:{tag}>{text}</cbc:{tag}>"


def kronor(tag: str, text: str) -> str:
    """Return an amount as XML."""
    return value(tag, text, 'currencyID="SEK"')
