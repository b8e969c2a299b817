"""JSON as published: every number keeps its digits, and what a lenient reader would hide is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard

from etl.formats.document import Document
from etl.refusals import Refusal

Json = Any
"""A parsed answer: mappings, lists, texts, True, False and None; a number is its printed text."""

LIMIT = 256 * 1024 * 1024
"""Bytes of the largest answer that is read; parsed it takes some ten times as much memory."""

_MOST_VALUES = 20_000_000
"""Values of the largest answer, counted by commas: 250,000 records of Comtrade have 12 million.
Each takes some sixty bytes, so that a line of nothing but `1,1,1` would take thirty times its size."""

_AGAIN = "Fetch the answer again; if it comes back the same, ask the publisher."
_ALONE = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
"""Escapes that may stand for a NUL or half a character, which no text of ours may hold."""


class _UnfitError(ValueError):
    """What the grammar of JSON allows and a table of figures cannot."""


def parsed(document: Document) -> Json | Refusal:
    """The document as JSON, or why it is none; no bytes make it raise.

    Refused are also NaN and Infinity, a key that stands twice in one object, of which a lenient
    reader silently keeps the last, and nesting too deep to be an answer.
    """
    if size := _too_large(document.content):
        return _refusal(document, size, "Ask for fewer periods or partners at a time.")
    try:
        return _parsed(document.content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return _refusal(document, f"is not UTF-8 at byte {error.start + 1}", _AGAIN)
    except json.JSONDecodeError as error:
        return _refusal(document, _why_not(document.content, error), _AGAIN)
    except _UnfitError as error:
        return _refusal(document, str(error), _AGAIN)
    except RecursionError:
        return _refusal(document, "is nested too deeply to be an answer", _AGAIN)


def is_object(value: Json) -> TypeGuard[Mapping[str, Json]]:
    """Whether the value is an object of JSON."""
    return isinstance(value, Mapping)


def is_list(value: Json) -> TypeGuard[Sequence[Json]]:
    """Whether the value is an array of JSON."""
    return isinstance(value, list)


def items(value: Json) -> Sequence[Json]:
    """The members of an array; none of anything else."""
    return value if is_list(value) else ()


def member(value: Json, *path: str) -> Json:
    """What stands under the keys in turn; None where anything on the way is absent."""
    for key in path:
        value = value.get(key) if is_object(value) else None
    return value


def text(value: Json) -> str:
    """A text or number as text; "" for anything else."""
    return value.strip() if isinstance(value, str) else ""


def shown(value: Json) -> str:
    """A value as a refusal shows it: a text as it stands, anything else as short JSON."""
    if isinstance(value, str):
        return value
    try:
        return json.dumps(value, ensure_ascii=False)[:200]
    except RecursionError:  # What was barely shallow enough to be read may be too deep to write.
        return "[…]"


def _too_large(content: bytes) -> str:
    if len(content) > LIMIT:
        return f"is larger than {LIMIT // 2**20} MiB"
    return f"holds more than {_MOST_VALUES:,} values" if content.count(b",") > _MOST_VALUES else ""


def _parsed(content: str) -> Json:
    value = json.loads(
        content,
        parse_float=str,
        parse_int=str,
        parse_constant=_no_number,
        object_pairs_hook=_unambiguous,
    )
    if _ALONE.search(content):
        written = json.dumps(value, ensure_ascii=False)
        if "\\u0000" in written or not _encodes(written):
            raise _UnfitError("holds a character that is none")
    return value


def _encodes(content: str) -> bool:
    try:
        content.encode()
    except UnicodeEncodeError:
        return False
    return True


def _no_number(name: str) -> Json:
    raise _UnfitError(f"holds {name} in place of a number")


def _unambiguous(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise _UnfitError("holds an object in which a key stands twice")
    return members


def _why_not(content: bytes, error: json.JSONDecodeError) -> str:
    start = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        return "is empty"
    if start.startswith((b"<!doctype", b"<html")):
        return "is a web page, not JSON"
    if start.startswith(b"<"):
        return "is XML, not JSON"
    if error.pos >= len(error.doc.rstrip()) or "Unterminated" in error.msg:
        return "breaks off before its end"
    return f"is not JSON: {error.msg} at line {error.lineno}, column {error.colno}"


def _refusal(document: Document, reason: str, remedy: str) -> Refusal:
    value = document.content[:60].decode("ascii", "replace")
    return Refusal(document.name, 1, "file", value, reason, remedy)
