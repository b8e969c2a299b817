"""Strict JSON: digits are kept, and what is no whole answer is refused by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.formats.document import Document
from etl.formats.strict_json import member, parsed, shown
from etl.refusals import Refusal


def _parsed(content: bytes) -> object:
    return parsed(Document("answer", content))


def test_a_number_keeps_its_digits():
    """No number passes through a float: what was printed is what is read."""
    answer = _parsed(b'\xef\xbb\xbf{"value": 18.449209145315500001, "count": 12, "big": 1e400}')
    assert answer == {"value": "18.449209145315500001", "count": "12", "big": "1e400"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"<!DOCTYPE html><html>", "is a web page, not JSON"),
        (b"<?xml version='1.0'?><wb:error/>", "is XML, not JSON"),
        (b'{"data": [1, 2', "breaks off before its end"),
        (b'{"data": "abc', "breaks off before its end"),
        (b'{"data": 1,}', "is not JSON: Illegal trailing comma before end of object"),
        (b'{"value": NaN}', "holds NaN in place of a number"),
        (b'{"value": -Infinity}', "holds -Infinity in place of a number"),
        (b'{"a": 1, "a": 2}', "holds an object in which a key stands twice"),
        (b'{"name": "\xff"}', "is not UTF-8 at byte 11"),
        (b'{"name": "\\ud800"}', "holds a character that is none"),
        (b'{"name": "\\u0000"}', "holds a character that is none"),
        (b"[" * 200_000, "is nested too deeply to be an answer"),
    ],
)
def test_what_is_no_answer_is_refused(content, reason):
    """Each kind of broken answer is named in a sentence."""
    refusal = _parsed(content)
    assert isinstance(refusal, Refusal)
    assert refusal.row == 1
    assert reason.partition(":")[0] in refusal.reason


def test_an_emoji_is_a_character():
    """Two escapes that make one character together are fine."""
    assert _parsed(b'["\\ud83d\\ude00"]') == ["\N{GRINNING FACE}"]


def test_looking_into_what_is_not_there():
    """A path through absent or other values ends in None, and anything can be shown."""
    assert member({"a": {"b": "c"}}, "a", "b") == "c"
    assert member({"a": ["b"]}, "a", "b") is None
    assert [shown("a"), shown(None), shown(["1"])] == ["a", "null", '["1"]']


@given(st.binary(max_size=200))
def test_no_bytes_make_it_raise(content):
    """Whatever arrives is a value or a refusal."""
    _parsed(content)
