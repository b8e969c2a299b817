"""How a host is asked, and why there may be no answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ASK_AGAIN = "Run the same command again later: it asks only for what is missing"


class AskError(Exception):
    """There is no answer, and asking once more now would not bring one."""

    def __init__(
        self, reason: str, remedy: str = ASK_AGAIN, *, is_final_for_host: bool = False
    ) -> None:
        super().__init__(reason)
        self.remedy = remedy
        self.is_final_for_host = is_final_for_host
        """Whether nothing else should be asked of the host in this run."""


class PassingError(AskError):
    """There is no answer yet, for a reason that may pass."""

    wait: float | None = None
    """How many seconds the host asks us to wait."""
    is_unreachable = False
    """Whether the host said nothing at all."""


@dataclass(frozen=True)
class Manners:
    """How patiently and how politely a host is asked; times in seconds."""

    contact: str = ""
    """An address at which the publisher can reach whoever fetches."""
    connect: float = 10.0
    read: float = 60.0
    total: float = 300.0
    """For one attempt, however steadily its bytes trickle."""
    attempts: int = 5
    first_wait: float = 1.0
    """Before the second attempt; each further wait is twice as long."""
    longest_wait: float = 120.0
    """A host that asks for a longer one is asked no more in this run."""
    jitter: float = 1.0
    pause: float | None = None
    """Between two requests, in place of the one that the API's limits set."""
    most_bytes: int = 128 * 2**20
    """Of one answer, unpacked."""
    most_redirects: int = 5
    most_unreached: int = 5
    """So many questions in a row without a connection, and the host is taken to be out of reach."""


@dataclass(frozen=True)
class Reply:
    """What a host answered: 200 with a body, or 204, 304, 404 without one."""

    status: int
    content: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
