"""Asking an API everything that is wanted of it, and keeping each whole answer as a snapshot."""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from etl.fetch.apis.api import Answer, Api, Question, WantedError
from etl.fetch.hosts import Host
from etl.fetch.journal import Journal
from etl.fetch.manners import AskError, Manners, PassingError, Reply
from etl.refusals import Refusal
from etl.snapshots import Provenance, Snapshot, SnapshotBrokenError, Snapshots, write_whole

_FINISHED = "kept", "unchanged", "empty", "split"


@dataclass
class FetchReport:
    """What came of every question, by its address; a fetch is good only if nothing is missing."""

    kept: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    """The publisher has what the newest snapshot has."""
    empty: list[str] = field(default_factory=list)
    """There are no such figures yet, and need not be."""
    split: list[str] = field(default_factory=list)
    """Cut at the publisher's limit, thrown away, and asked again in parts."""
    refused: list[Refusal] = field(default_factory=list)
    """Answers that are none."""
    failed: list[Refusal] = field(default_factory=list)
    """Questions without an answer."""
    done_before: int = 0
    """Finished by an earlier run that was broken off."""
    left: int = 0
    """Not asked, as the host wanted no more questions; `failed` ends with why."""

    @property
    def is_good(self) -> bool:
        """Whether every question has its answer."""
        return not (self.refused or self.failed or self.left)


def fetch(
    api: Api,
    questions: Iterable[Question],
    store: Snapshots,
    *,
    base_url: str = "",
    key: str = "",
    manners: Manners | None = None,
    progress: Callable[[int, int], None] = lambda _done, _left: None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    sleep: Callable[[float], None] = time.sleep,
) -> FetchReport:
    """Ask, judge and keep; go on after a kill or a failure with what is missing.

    `base_url` replaces the scheme and host of the API, `progress` is told how many questions are
    done and how many are left. Raises WantedError for an address or key that cannot be used, and
    FetchRunningError while another process fetches the same.
    """
    base = base_url or api.base
    host = Host(
        manners or Manners(), api.pause, _secret(api, key), api.no_records, sleep=sleep, now=now
    )
    if urlsplit(base).scheme not in {"http", "https"} or not urlsplit(base).hostname:
        raise WantedError(f"{base!r} is not the address of a host: give https://host")
    journal_file = store.folder / "fetching" / f"{api.id}.jsonl"
    with Journal.opened(journal_file, now()) as journal, host:
        run = _Run(api, base, store, host, journal, now)
        run.ask_all(questions, progress)
        if run.report.is_good:
            journal.close()
    return run.report


def _secret(api: Api, key: str) -> tuple[str, str] | None:
    key = key.strip()
    if not (key and api.key_header):
        return None
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise WantedError(f"The key for {api.id} has characters that no key has: copy it again")
    return api.key_header, key


@dataclass
class _Run:
    api: Api
    base: str
    store: Snapshots
    host: Host
    journal: Journal
    now: Callable[[], datetime]
    report: FetchReport = field(default_factory=FetchReport)
    unreached: int = 0
    is_over: bool = False
    """Whether the host wants no more questions."""

    def ask_all(self, questions: Iterable[Question], progress: Callable[[int, int], None]) -> None:
        waiting, done = deque(questions), 0
        progress(0, len(waiting))
        while waiting and not self.is_over:
            question = waiting.popleft()
            waiting.extendleft(reversed(self._further(question)))
            done += 1
            progress(done, len(waiting))
        self.report.left = len(waiting)

    def _further(self, question: Question) -> tuple[Question, ...]:
        """Finish one question; what must be asked because of it."""
        address = question.address(self.base)
        outcome = self.journal.done.get(address)
        if outcome in _FINISHED:
            self.report.done_before += 1
            return self._known_further(question, address, outcome)
        try:
            reply = self._ask(address)
        except AskError as error:
            self._fail(question, error)
            return ()
        self.unreached = 0
        return self._take(question, address, reply)

    def _known_further(
        self, question: Question, address: str, outcome: str
    ) -> tuple[Question, ...]:
        if outcome == "split":
            return self.api.parts(question)
        content = self._stored(address)
        return self.api.judge(question, content).further if content else ()

    def _ask(self, address: str) -> Reply:
        stored = self.store.latest(self.api.kind, address)
        conditions = _conditions(stored) if stored and self._stored(address) else {}
        reply = self.host.ask(address, conditions)
        if reply.status == 304 and not conditions:
            raise AskError("the host answered 304, unchanged, to a question without conditions")
        return reply

    def _stored(self, address: str) -> bytes:
        """The newest kept answer; nothing if there is none or its bytes are not those kept."""
        stored = self.store.latest(self.api.kind, address)
        try:
            return stored.content() if stored else b""
        except SnapshotBrokenError:
            return b""

    def _fail(self, question: Question, error: AskError) -> None:
        address = question.address(self.base)
        self.report.failed.append(Refusal(address, 1, "", "", str(error), error.remedy))
        is_unreached = isinstance(error, PassingError) and error.is_unreachable
        self.unreached = self.unreached + 1 if is_unreached else 0
        is_out_of_reach = self.unreached >= self.host.manners.most_unreached
        self.is_over = error.is_final_for_host or is_out_of_reach

    def _take(self, question: Question, address: str, reply: Reply) -> tuple[Question, ...]:
        """Keep a whole answer and judge what is kept; keep nothing of any other."""
        if reply.status == 304:
            self._finish(self.report.unchanged, address, "unchanged")
            return self.api.judge(question, self._stored(address)).further
        answer = self.api.judge(question, reply.content)
        if answer.is_capped:
            return self._split(question, address)
        if answer.is_empty:
            answer = self._nothing(question, answer)
        if answer.refusals:
            self._refuse(address, answer, reply.content)
        elif answer.is_empty:
            self._finish(self.report.empty, address, "empty")
        else:
            self._keep(address, reply)
        return answer.further

    def _keep(self, address: str, reply: Reply) -> None:
        asked = self.now().astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds")
        record = Provenance(self.api.kind, address, f"{asked}Z", headers=dict(reply.headers))
        before = self.store.latest(self.api.kind, address)
        snapshot = self.store.keep(reply.content, record)
        is_new = before is None or before.id != snapshot.id
        if is_new:
            self._finish(self.report.kept, address, "kept")
        else:
            self._finish(self.report.unchanged, address, "unchanged")

    def _split(self, question: Question, address: str) -> tuple[Question, ...]:
        parts = self.api.parts(question)
        if parts:
            self._finish(self.report.split, address, "split")
            return parts
        reason = "the answer is cut at the publisher's limit of rows and cannot be asked in parts"
        remedy = "Ask for single products, or with a key, which has a higher limit"
        self.report.refused.append(Refusal(address, 1, "", "", reason, remedy))
        return ()

    def _nothing(self, question: Question, answer: Answer) -> Answer:
        if question.may_be_empty:
            return answer
        reason = "the publisher answered that there are no such figures, where there should be some"
        remedy = "It may have changed its codes: compare the address with its lists of codes"
        return replace(answer, refusals=(Refusal("", 1, "", "", reason, remedy),))

    def _refuse(self, address: str, answer: Answer, content: bytes) -> None:
        where = ""
        if content:
            # For whoever wants to see what came; no build reads it.
            name = f"refused/{hashlib.sha256(content).hexdigest()[:12]}"
            write_whole(self.store.folder / name, content)
            where = f" (what came is in {name}, beside the snapshots)"
        for refusal in answer.refusals:
            shown = replace(refusal, file=address, remedy=refusal.remedy + where)
            self.report.refused.append(shown)

    def _finish(self, outcomes: list[str], address: str, outcome: str) -> None:
        outcomes.append(address)
        self.journal.note(address, outcome)


def _conditions(stored: Snapshot) -> dict[str, str]:
    """The headers that ask only for what has changed since a snapshot was taken."""
    headers = stored.provenance.headers
    asked = {"If-None-Match": "etag", "If-Modified-Since": "last-modified"}
    return {name: headers[known] for name, known in asked.items() if known in headers}
