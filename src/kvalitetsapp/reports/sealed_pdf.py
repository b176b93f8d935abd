"""A PDF behind a password: AES-256 as in PDF 2.0, with files for programs attached inside.

reportlab asks the document's `encrypt` for every string and stream that it writes, so what is sealed never lies in
plain text as a file, nor is it read and written a second time. Its own encryption stops at revision 5, which was
withdrawn; this is revision 6 (ISO 32000-2, 7.6.4).
"""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Any, Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from reportlab.pdfbase import pdfdoc

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportlab.pdfgen.canvas import Canvas

_PDF_2: Final = (2, 0)
_BLOCK: Final = 16
_NO_VECTOR: Final = bytes(_BLOCK)
_SALT: Final = 8
_HASHES: Final = (hashlib.sha256, hashlib.sha384, hashlib.sha512)
_LEAST_ROUNDS: Final = 64
_EVERYTHING_ALLOWED: Final = -4  # who has the password may do all that a reader can


def seal(canvas: Canvas, *, attached: Mapping[str, bytes], password: str) -> None:
    """Let a document that is about to be saved be encrypted, with files in it; no two are the same bytes."""
    inner: Any = canvas
    document = inner._doc  # noqa: SLF001 - what reportlab writes a document by
    document._pdfVersion = _PDF_2  # noqa: SLF001 - the canvas can only be told at its beginning
    document.encrypt = _Encryption(password.encode())
    _attach(document, attached)


class _Encryption:
    """What reportlab asks to encrypt a document; the key is random, and the password opens it."""

    def __init__(self, password: bytes) -> None:
        self._key = secrets.token_bytes(32)
        user, user_key = _wrapped(self._key, password, b"")
        owner, owner_key = _wrapped(self._key, password, user)
        self._told = {"U": user, "UE": user_key, "O": owner, "OE": owner_key, "Perms": _permissions(self._key)}

    def prepare(self, document: object) -> None:
        """Be told that the document will be written now: nothing hangs on its content."""

    def register(self, number: int, version: int) -> None:
        """Be told which object is written: all have the same key since AES-256."""

    def info(self) -> pdfdoc.PDFObject:
        """Return the dictionary that tells readers how the document is encrypted."""
        return _Dictionary(self._told)

    def encode(self, content: bytes) -> bytes:
        """Return a string or a stream encrypted, its random vector first."""
        vector = secrets.token_bytes(_BLOCK)
        missing = _BLOCK - len(content) % _BLOCK
        return vector + _in_chain(self._key, vector, content + bytes([missing]) * missing)


class _Dictionary(pdfdoc.PDFObject):
    """The encryption dictionary, the one thing with strings in it that are not encrypted."""

    __RefOnly__ = 1

    def __init__(self, told: Mapping[str, bytes]) -> None:
        self._told = told

    def format(self, _document: object) -> bytes:
        """Return it as it is written."""
        name = pdfdoc.PDFName
        way = {"CFM": name("AESV3"), "AuthEvent": name("DocOpen"), "Length": 32}
        entries = {
            "Filter": name("Standard"),
            "V": 5,
            "R": 6,
            "Length": 256,
            "P": _EVERYTHING_ALLOWED,
            "StmF": name("StdCF"),
            "StrF": name("StdCF"),
            "CF": pdfdoc.PDFDictionary({"StdCF": pdfdoc.PDFDictionary(way)}),
            **{key: f"<{value.hex()}>" for key, value in self._told.items()},
        }
        return bytes(pdfdoc.PDFDictionary(entries).format(pdfdoc.DummyDoc()))


def _attach(document: Any, attached: Mapping[str, bytes]) -> None:  # noqa: ANN401 - reportlab's
    """Put files into a document, listed in the order of their names as readers look them up."""
    listed: list[object] = []
    for name, content in sorted(attached.items()):
        file = pdfdoc.PDFStream(content=content, filters=[pdfdoc.PDFZCompress])
        file.dictionary["Type"] = pdfdoc.PDFName("EmbeddedFile")
        file.dictionary["Params"] = pdfdoc.PDFDictionary({"Size": len(content)})
        told = pdfdoc.PDFString(name)
        embedded = pdfdoc.PDFDictionary({"F": document.Reference(file)})
        listed += [
            told,
            pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("Filespec"), "F": told, "UF": told, "EF": embedded}),
        ]
    tree = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray(listed)})
    document.Catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": tree})


def _wrapped(key: bytes, password: bytes, user: bytes) -> tuple[bytes, bytes]:
    """Return what a password is recognised by, and the key as the password opens it (algorithms 8 and 9)."""
    check, opening = secrets.token_bytes(_SALT), secrets.token_bytes(_SALT)
    recognised = _hashed(password, check, user) + check + opening
    return recognised, _in_chain(_hashed(password, opening, user), _NO_VECTOR, key)


def _hashed(password: bytes, salt: bytes, user: bytes) -> bytes:
    """Return the hash of a password, slow so that guesses cost (algorithm 2.B)."""
    told = hashlib.sha256(password + salt + user).digest()
    done, last = 0, 0
    while done < _LEAST_ROUNDS or last > done - 32:
        chained = _in_chain(told[:16], told[16:32], (password + told + user) * 64)
        told = _HASHES[int.from_bytes(chained[:_BLOCK], "big") % 3](chained).digest()
        done, last = done + 1, chained[-1]
    return told[:32]


def _permissions(key: bytes) -> bytes:
    """Return what is allowed, locked with the key so that nobody changes it (algorithm 10)."""
    allowed = _EVERYTHING_ALLOWED.to_bytes(8, "little", signed=True)
    cipher = Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305 - one block, as the standard has it
    return cipher.encryptor().update(allowed + b"Tadb" + secrets.token_bytes(4))


def _in_chain(key: bytes, vector: bytes, content: bytes) -> bytes:
    """Return whole blocks encrypted with AES in CBC mode."""
    return Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor().update(content)
