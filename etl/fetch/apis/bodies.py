"""The bytes of an answer that should be JSON."""

from __future__ import annotations

import json
from typing import Any

from etl.fetch.apis.api import Answer, Question, refused

_ASK_LATER = "Open the address in a browser; if it shows an error there too, ask again tomorrow"


def is_cut(content: bytes) -> bool:
    """Whether bytes begin as JSON and do not end as such: the rest was lost on the way."""
    if content.lstrip()[:1] not in {b"{", b"["}:
        return False
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return True
    return False


def parsed(question: Question, content: bytes) -> Any | Answer:
    """The JSON of an answer, or the Answer that refuses it; an empty Answer for no bytes."""
    if not content:
        return Answer(is_empty=True)
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return refused(question, f"the answer is {_form(content)}, not JSON", _ASK_LATER)


def _form(content: bytes) -> str:
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:100].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "a web page (HTML)"
    if start.startswith(b"<"):
        return "XML"
    return "JSON cut short" if start[:1] in {b"{", b"["} else "text of another form"


def shape(question: Question, expected: str) -> Answer:
    """Refuse JSON that is not built as the publisher's documentation has it."""
    return refused(
        question,
        f"the answer is JSON, but not {expected}",
        "The publisher may have changed its API: compare the answer with its documentation",
    )


def said(question: Question, words: str) -> Answer:
    """Refuse an error that arrived as a good answer, in the publisher's words."""
    return refused(
        question,
        f"the publisher answered with an error: {' '.join(words.split())[:300]}",
        "Mend what it names, or ask again later if it is an error of theirs",
    )
