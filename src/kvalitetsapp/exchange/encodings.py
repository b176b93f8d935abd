"""Which character encoding a text file is in, and what its bytes tell before anybody reads them."""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from kvalitetsapp.errors import InputError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.progress import Progress

AUTO: Final = "auto"
UTF_8: Final = "utf-8-sig"  # reads files with and without a byte order mark
_KNOWN: Final = {
    "utf-8": UTF_8,
    "utf-8-sig": UTF_8,
    "ascii": UTF_8,
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "cp1252": "cp1252",
    "iso8859-1": "iso8859-1",
    "iso8859-15": "iso8859-15",
    "cp850": "cp850",
    "mac-roman": "mac-roman",
}
_ONE_BYTE: Final = ("cp1252", "cp850", "mac-roman")
_SWEDISH: Final = dict.fromkeys("åäöÅÄÖ", 3) | dict.fromkeys("\u00a0", 2) | dict.fromkeys("éèüÉÜ", 1)
_ASCII: Final = bytes(range(128))
_BLOCK: Final = 1 << 20
_ENOUGH: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Survey:
    """What a whole file's bytes tell: its hash and size, how it begins, and which bytes stand in it."""

    sha256: str
    size: int
    beginning: bytes
    first_nul: int
    is_utf_8: bool
    is_ascii: bool
    high_bytes: bytes


def known_encoding(name: str) -> str | None:
    """Return Python's name for an encoding that a profile may state, None for one we do not read."""
    if name == AUTO:
        return AUTO
    try:
        return _KNOWN.get(codecs.lookup(name).name)
    except (LookupError, ValueError):  # the latter where a name holds what no name can
        return None


def names() -> str:
    """Return the encodings that a profile may state, for a message."""
    return ", ".join([AUTO, *(name for name in _KNOWN if name not in {"ascii", "utf-8-sig"})])


def survey(file: BinaryIO, total: int, progress: Progress) -> Survey:
    """Read a file once from its beginning and say what its bytes tell."""
    hashed, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    size, first_nul, beginning, high = 0, -1, b"", b""
    is_utf_8 = is_ascii = True
    while block := file.read(_BLOCK):
        hashed.update(block)
        beginning = beginning or block[:4096]
        if first_nul < 0 and (found := block.find(b"\0")) >= 0:
            first_nul = size + found
        if not block.isascii():
            is_ascii = False
            if len(high) < _ENOUGH:
                high += block.translate(None, _ASCII)[:_ENOUGH]
        is_utf_8 = is_utf_8 and _decodes(decoder, block)
        size += len(block)
        progress.step(size, 2 * total, _("Läser filen"))
    is_utf_8 = is_utf_8 and _decodes(decoder, b"", final=True)
    return Survey(hashed.hexdigest(), size, beginning, first_nul, is_utf_8, is_ascii, high)


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def of_beginning(beginning: bytes) -> str:
    """Return the encoding that the beginning of a file has, as `auto` would find it for the whole."""
    seen = Survey("", len(beginning), beginning, beginning.find(b"\0"), is_utf_8=False, is_ascii=False, high_bytes=b"")
    if wide := _wide(seen):
        return wide
    cut = codecs.getincrementaldecoder("utf-8")()
    return UTF_8 if _decodes(cut, beginning) else guessed(beginning.translate(None, _ASCII))


def encoding_of(stated: str, seen: Survey, file_name: str) -> str:
    """Return the encoding to read with: the stated one, or for `auto` the one that fits.

    Raises:
        InputError: the bytes contradict the stated encoding, or are no text at all.
    """
    wide = _wide(seen)
    if stated.startswith("utf-16") or (stated == AUTO and wide):
        return stated if stated != AUTO else wide
    if wide:
        raise InputError(
            _(
                "{file} är sparad som UTF-16 (Unicode-text). Spara den som ”CSV UTF-8”, "
                'eller skriv encoding = "utf-16" i mappningsprofilen.'
            ).format(file=file_name)
        )
    if seen.first_nul >= 0:
        raise InputError(
            _("{file} är ingen textfil: byte {place} är ett NUL-tecken. Exportera filen på nytt som CSV.").format(
                file=file_name, place=seen.first_nul + 1
            )
        )
    return _narrow(stated, seen, file_name)


def _wide(seen: Survey) -> str:
    if seen.beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if seen.first_nul not in {0, 1}:
        return ""
    zeros = [i for i, byte in enumerate(seen.beginning) if byte == 0]
    odd = sum(i % 2 for i in zeros)
    if len(zeros) < len(seen.beginning) // 3:
        return ""
    return "utf-16-le" if odd * 2 > len(zeros) else "utf-16-be"


def _narrow(stated: str, seen: Survey, file_name: str) -> str:
    looks_utf_8 = seen.beginning.startswith(codecs.BOM_UTF8) or (seen.is_utf_8 and not seen.is_ascii)
    if stated == AUTO:
        return UTF_8 if seen.is_utf_8 else guessed(seen.high_bytes)
    if stated != UTF_8 and looks_utf_8:
        raise InputError(
            _('{file} är sparad som UTF-8, men profilen säger {stated}. Skriv encoding = "utf-8" i profilen.').format(
                file=file_name, stated=stated
            )
        )
    return stated


def guessed(high_bytes: bytes) -> str:
    """Return the one-byte encoding in which the bytes above 127 look most like Swedish, cp1252 where it is even.

    Counting å, ä, ö and no-break spaces tells cp1252, cp850 and Mac Roman apart in exports with a handful of
    letters, where charset-normalizer, limited to the same three, took half of them for one another.
    """
    return equally_good(high_bytes)[0]


def equally_good(high_bytes: bytes) -> tuple[str, ...]:
    """Return the one-byte encodings in which the bytes above 127 look most like Swedish, cp1252 first among equals."""
    scores = {encoding: _swedish(high_bytes, encoding) for encoding in _ONE_BYTE}
    return tuple(encoding for encoding, score in scores.items() if score == max(scores.values()))


def _swedish(high_bytes: bytes, encoding: str) -> int:
    text = high_bytes.decode(encoding, errors="replace")
    return sum(_SWEDISH.get(letter, 0 if letter.isalpha() else -1) for letter in text)
