"""The bytes of a text as UTF-8 with LF line ends, or why they are none."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from etl.formats.document import Document
from etl.refusals import Refusal

UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LARGEST = 1 << 30
_LONGEST_LINE = 1 << 20
_ANEW = "Take the file from the publisher anew."
_SAVE = "Save the table as CSV in UTF-8, or take the file from the publisher anew."


def plain_text(document: Document) -> tuple[bytes, list[Refusal]]:
    """The text in UTF-8 with LF line ends, the last line ended; or why it is none.

    UTF-8 with or without its mark and UTF-16 with its mark are read; LF and CRLF. No other encoding
    is guessed. NULs, lone carriage returns, lines over 1 MiB and texts over 1 GiB are refused.
    """
    name, content = document.name, document.content
    if not content or content.isspace():
        return b"", [Refusal(name, 1, "file", "", "is empty", _ANEW)]
    if len(content) > _LARGEST:
        size = f"{len(content):,} bytes"
        return b"", [Refusal(name, 1, "file", size, "is over 1 GiB", "Split it by years.")]
    try:
        if content.startswith(UTF16):
            content = content.decode("utf-16").encode()
        elif not content.isascii():
            content.decode("utf-8")
    except UnicodeError as error:
        return b"", [_encoding_fault(name, content, error)]
    content = content.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").rstrip(b"\n") + b"\n"
    return content, [*_byte_faults(name, content)]


def _encoding_fault(name: str, content: bytes, error: UnicodeError) -> Refusal:
    start = error.start if isinstance(error, UnicodeDecodeError) else 0
    coding = "UTF-16, as its first two bytes say" if content.startswith(UTF16) else "UTF-8"
    value = content[start : start + 8].hex(" ").upper()
    row = content.count(b"\n", 0, start) + 1
    return Refusal(name, row, "encoding", value, f"is not {coding}", _SAVE)


def _byte_faults(name: str, content: bytes) -> Iterator[Refusal]:
    for byte, what in ((b"\0", "a NUL byte"), (b"\r", "a carriage return inside a line")):
        place = content.find(byte)
        if place >= 0:
            row = content.count(b"\n", 0, place) + 1
            more = content.count(byte) - 1
            reason = f"holds {what}" + (f", and {more} more" if more else "")
            yield Refusal(name, row, "row", byte.hex().upper(), reason, _SAVE)
    start = 0
    while len(content) - start > _LONGEST_LINE:
        end = content.rfind(b"\n", start, start + _LONGEST_LINE)
        if end < 0:
            row = content.count(b"\n", 0, start) + 1
            shown = content[start : start + 60].decode(errors="replace")
            yield Refusal(name, row, "row", shown, "is longer than 1 MiB", _SAVE)
            return
        start = end + 1
