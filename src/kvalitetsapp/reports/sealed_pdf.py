"""A PDF behind a password: AES-256 as in PDF 2.0, with files for programs attached inside."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pypdf import PdfWriter

if TYPE_CHECKING:
    from collections.abc import Mapping


def sealed(pdf: bytes, attached: Mapping[str, bytes], password: str) -> bytes:
    """Return a PDF encrypted with everything in it; the key's salt is random, so no two are the same bytes."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    writer.pdf_header = "%PDF-2.0"  # the version that knows this encryption
    for name, content in attached.items():
        writer.add_attachment(name, content)
    writer.encrypt(password, algorithm="AES-256")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()
