"""Bytes that reach a page over the wire, counted by Chromium."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import CDPSession

_BINARY = 2


@dataclass
class Meter:
    """Counts what a page of a DevTools session loads from now on, headers included, compressed as it came.

    Frames of web sockets, by which Streamlit sends its figures, count by the length of what they hold.
    """

    session: CDPSession
    bytes_in: float = 0.0
    requests: int = 0
    _addresses: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin to count."""
        self.session.on("Network.requestWillBeSent", self._asked)
        self.session.on("Network.loadingFinished", self._finished)
        self.session.on("Network.webSocketFrameReceived", self._received)
        self.session.send("Network.enable")

    @property
    def kilobytes(self) -> float:
        """Thousands of bytes that arrived."""
        return self.bytes_in / 1000

    def _asked(self, event: dict[str, Any]) -> None:
        self._addresses[event["requestId"]] = event["request"]["url"]

    def _finished(self, event: dict[str, Any]) -> None:
        address = self._addresses.get(event["requestId"], "")
        # From the cache nothing arrives, and data: addresses are no requests.
        if urlsplit(address).scheme in {"http", "https"} and event["encodedDataLength"]:
            self.bytes_in += event["encodedDataLength"]
            self.requests += 1

    def _received(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        held = frame["payloadData"]
        self.bytes_in += len(b64decode(held) if frame["opcode"] == _BINARY else held.encode())
