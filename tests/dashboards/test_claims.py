"""Whether what was said is what the figures say: the arithmetic, the register, and its page."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pandas as pd
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from dashboards.claims import (
    VERDICTS,
    Candidate,
    Part,
    Reason,
    compare,
    judge,
    quantum,
    ratio,
)
from dashboards.components.claims.held import Judged, judged
from dashboards.selection import ClaimsSelection
from tests.dashboards.serving import Part as Component
from tests.dashboards.serving import ask, ids, page_of, part, parts, text
from tests.tables import assert_table, cells
from warehouse.catalog import LANGUAGES, Claim, Source, Span, Text
from warehouse.engine import Warehouse

SOURCE = Source("press", "Title", Text("", "", "", ""), "", None, "en", "", "press")
SPOKEN = """
    | said       | words     | figure        | verdict | how       |
    | 4500000000 | 4,5 млрд  | 4460258300    | agrees  | rounded   |
    | 4800000000 | US$4.8 bn | 4884448717    | agrees  | truncated |
    | 4800000000 | US$4.8 bn | 4460258300    | differs |           |
    | 12900000000| 12,9 млрд | 12980300756.29| agrees  | truncated |
    | 12900000000| 12,9 млрд | 13000000000   | close   |           |
    | 12900000000| 12,9 млрд | 9050356998.22 | differs |           |
    | 6000000000 | 6.0 bn    | 5984998336.72 | agrees  | rounded   |
    | 6000000000 | 6.0 bn    | 6348100430.68 | differs |           |
    | 6000000000 | 6 bn      | 6348100430.68 | agrees  | rounded   |
    | 6000000000 | 6 bn      | 6900000000    | agrees  | truncated |
    | 78         | 78        | 78            | agrees  | exact     |
    | 78         | 78        | 78.5          | agrees  | rounded   |
    | 78         | 78        | 82.1          | close   |           |
    | 78         | 78        | 82.2          | differs |           |
    | 19–23      | 19-23     | 19–23         | agrees  | exact     |
    | 19–23      | 19-23     | 19–24         | close   |           |
    | 19–23      | 19-23     | 13–15         | differs |           |
    | 3…         | at least  | 3             | agrees  | bound     |
    | 3…         | at least  | 2.9           | close   |           |
    | 3…         | at least  | 2.5–4         | differs |           |
    | …15        | at most   | 14–15         | agrees  | bound     |
    | …15        | at most   | 14–17         | differs |           |
"""
"""What was said in which words, and what a figure makes of it."""

VALUES = st.integers(1, 10**6).map(lambda number: number / 1000)
"""Figures with three decimals."""


def said(
    value: float | None = None,
    low: float | None = None,
    high: float | None = None,
    words: str = "",
    kind: str = "level",
) -> Claim:
    """A claim about Kazakhstan in 2022, of which only the number and the words matter."""
    return Claim(
        value=value,
        low=low,
        high=high,
        id="claim",
        kind=kind,
        indicator_id="indicator",
        scope="KAZ",
        unit="USD",
        period="2022",
        base_period="2010",
        stated_by=Text("", "", "", ""),
        stated_on="2023",
        language="en",
        words=words,
        source=SOURCE,
        place="",
        note=None,
        text=Text("", "", "", ""),
    )


def held(now: Span, base: Span | None = None, scope: str = "KAZ", reason: Reason = "") -> Candidate:
    """A figure of 2022, or two of which the ratio is asked for."""
    since = Part(base, "2010", "a") if base else None
    return Candidate(scope, Part(now, "2022", "a"), since, reason=reason)


def one(value: float) -> Span:
    """A single number as a range."""
    return value, value


def _span(written: str) -> Span:
    """Read `19–23`, `3…` for at least, `…3` for at most, or one number."""
    low, sign, high = written.partition("–" if "–" in written else "…")
    if not sign:
        return one(float(low))
    return (float(low) if low else None), (float(high) if high else None)


def _said(written: str, words: str) -> Claim:
    low, high = _span(written)
    if low == high and low is not None:
        return said(low, words=words)
    return said(low=low, high=high, words=words)


@pytest.mark.parametrize(("claimed", "words", "figure", "verdict", "how"), cells(SPOKEN)[1])
def test_a_number_is_compared_at_the_precision_at_which_it_was_spoken(
    claimed: str, words: str, figure: str, verdict: str, how: str
) -> None:
    found = compare(_said(claimed, words), held(_span(figure)))
    assert (found.verdict, found.how) == (verdict, how)


@pytest.mark.parametrize(
    ("value", "words", "step"),
    [
        (4_500_000_000, "4,5 млрд доллардан 12,9 млрд долларға", "100000000"),
        (6_000_000_000, "", "1000000000"),
        (6_000_000_000, "6.0 billion in 2023", "100000000"),
        (77_000, "about 77,000 TEU", "1000"),
        (172_200_000, "172.2 million", "100000"),
        (78, "78 пайызы", "1"),
        (433.2, "433.2", "0.1"),
        (10, "10.5, then 10", "10"),
    ],
)
def test_zeros_count_only_where_they_were_spoken(value: float, words: str, step: str) -> None:
    """Of a kept 4 500 000 000 two digits were said; of 6.0 billion two, of 6 billion one."""
    assert quantum(value, words) == Decimal(step)


@given(VALUES, st.sampled_from(["0.001", "0.01", "0.1", "1"]))
def test_what_was_rounded_or_cut_short_agrees(figure: float, step: str) -> None:
    """A second way to the same verdict: write the figure with fewer digits and say that."""
    for rounding in (ROUND_HALF_UP, ROUND_DOWN):
        spoken = Decimal(str(figure)).quantize(Decimal(step), rounding)
        # "100" may be said of 87 or of 99.6; a number is told apart by its own digits.
        if spoken and quantum(float(spoken)) <= Decimal(step):
            assert compare(said(float(spoken)), held(one(figure))).verdict == "agrees"


@given(VALUES, VALUES, st.sampled_from([10.0, 1000.0, 1e9]))
def test_the_unit_does_not_change_the_verdict(claimed: float, figure: float, factor: float) -> None:
    """Dollars or billions of them: the digits are the same."""

    def scaled(value: float) -> float:
        return float(Decimal(str(value)) * Decimal(str(factor)))

    small = compare(said(claimed), held(one(figure)))
    large = compare(said(scaled(claimed)), held(one(scaled(figure))))
    assert (small.verdict, small.how) == (large.verdict, large.how)


@given(VALUES, st.floats(0, 1), st.floats(0, 1))
def test_what_is_nearer_is_never_judged_worse(claimed: float, near: float, far: float) -> None:
    """Below what was said, where nothing is cut short."""
    shares = sorted((near, far))
    nearer, further = (
        compare(said(claimed), held(one(claimed * (1 - share * 0.9)))) for share in shares
    )
    assert VERDICTS.index(nearer.verdict) <= VERDICTS.index(further.verdict)


@given(VALUES, VALUES, VALUES)
def test_a_ratio_turns_over_with_the_direction(base: float, low: float, more: float) -> None:
    """Grew three times or fell three times: the later through the earlier, or the other way."""
    span = low, low + more
    least, most = ratio(span, one(base), "up")
    fell = ratio(one(base), span, "down")
    assert (least, most) == pytest.approx(fell)
    assert least <= most


def test_three_times_is_checked_on_its_own() -> None:
    """12.9 ÷ 4.5 is 2.87 and rounds to 3; 53 to 19–23 days is 2.3 to 2.8, not "at least 3"."""
    trade = said(3, kind="ratio")
    assert compare(trade, held(one(12.9), one(4.5))).how == "rounded"
    days = said(low=3, kind="ratio")
    found = compare(days, held((19, 23), one(53)), "down")
    assert found.ours == pytest.approx((53 / 23, 53 / 19))
    assert found.verdict == "differs"


def test_the_best_verdict_speaks_and_of_equals_the_scope_that_was_meant() -> None:
    other, own = held(one(12.94), scope="TUR"), held(one(12.98))
    judgement = judge(said(12.9), [held(one(9.05)), other, own])
    assert judgement.best
    assert (judgement.how, judgement.best.candidate) == ("truncated", own)
    assert [each.candidate.now.span[0] for each in judgement.tried] == [12.98, 12.94, 9.05]


def test_what_is_about_something_else_is_shown_and_does_not_judge() -> None:
    """The same days to other ports are no confirmation."""
    judgement = judge(said(19), [held(one(19), reason="end_points")])
    assert (judgement.verdict, judgement.reason) == ("not_comparable", "end_points")
    assert judgement.best is None
    assert judge(said(19), []).reason == "no_figure"
    assert judge(said(19), [], without="scope").reason == "scope"


def test_where_no_figure_is_held_a_ratio_is_judged_by_the_numbers_of_the_speaker() -> None:
    judgement = judge(said(3, kind="ratio"), [], own=held(one(12.9), one(4.5)))
    assert (judgement.verdict, judgement.how) == ("agrees", "rounded")
    assert judgement.best == judgement.spoken


@pytest.fixture(scope="module")
def register(warehouse: Warehouse) -> Mapping[str, Judged]:
    """Every claim of our tables, judged."""
    return {each.claim.id: each for each in judged(warehouse)}


def test_what_was_said_at_the_conference_and_since(register: Mapping[str, Judged]) -> None:
    """The verdicts with the definition or reporter, and the source, that give the number."""
    expected = """
        | id                    | verdict        | how                | scope            | source                   |
        | trade-2010            | agrees         | rounded            | members_current  | wits                     |
        | trade-2010-estimate   | agrees         | truncated          | with_observers   | wits                     |
        | trade-2022            | agrees         | truncated          | members_current  | kz-bns                   |
        | trade-threefold       | agrees         | rounded            | members_current  | kz-bns                   |
        | trade-2024-11bn       | agrees         | bound              | members_current  | kz-bns                   |
        | transit-53-19-23      | agrees         | exact              | china-europe     | kazinform-2023-05-19     |
        | transit-threefold     | differs        |                    | china-europe     | kazinform-2023-05-19     |
        | kazakhstan-12-6       | agrees         | exact              | kazakhstan       | kazinform-2023-05-19     |
        | kazakhstan-halved     | agrees         | exact              | kazakhstan       | kazinform-2023-05-19     |
        | digital-78            | agrees         | exact              | KAZ              | findex-2021              |
        | black-sea-38-53-before| agrees         | exact              | china-black-sea  | caspian-energy-2023-03-03|
        | titr-58-60-13-15      | not_comparable | end_points_unnamed |                  |                          |
        | titr-2022-1500kt      | agrees         | rounded            | ministry         | report-2026-03-10        |
        | titr-2022-1700kt      | differs        |                    | ministry         | report-2026-03-10        |
        | titr-2024-3300kt      | agrees         | exact              | association      | wnam-2025                |
        | titr-fivefold         | agrees         | rounded            | ministry         | report-2026-03-10        |
        | kaz-kgz-2022          | agrees         | rounded            | KGZ              | kg-nsc                   |
        | kaz-aze-2023          | close          |                    | KAZ              | wits                     |
        | kaz-tur-2021          | differs        |                    | KAZ              | kz-bns                   |
        | intra-ots-2023-42bn   | not_comparable | no_figure          |                  |                          |
    """
    rows = [
        {
            "id": name,
            "verdict": (found := register[name].judgement).verdict,
            "how": found.how or found.reason,
            "scope": found.best.candidate.scope if found.best else "",
            "source": found.best.candidate.now.source_id if found.best else "",
        }
        for name in (row[0] for row in cells(expected)[1])
    ]
    assert_table(pd.DataFrame(rows), expected)


def test_every_definition_and_source_is_tried(register: Mapping[str, Judged]) -> None:
    """Three definitions by two sources: BNS truncates to 12.9, WITS has 9.05 and differs."""
    tried = register["trade-2022"].judgement.tried
    found = {(each.candidate.scope, each.candidate.now.source_id): each.verdict for each in tried}
    assert len(found) == len(tried) == 6
    assert found["members_current", "wits"] == "differs"
    assert found["with_observers", "kz-bns"] == "differs"


def test_the_numbers_of_the_speaker_and_ours_give_the_ratio(register: Mapping[str, Judged]) -> None:
    threefold = register["trade-threefold"].judgement
    assert threefold.spoken
    assert threefold.best
    assert threefold.spoken.ours[0] == pytest.approx(12.9 / 4.5)
    assert threefold.best.ours[0] == pytest.approx(12980300756.29 / 4460258300)


def test_a_publication_does_not_vouch_for_itself(register: Mapping[str, Judged]) -> None:
    for each in register.values():
        used = {one.candidate.now.source_id for one in each.judgement.tried}
        assert each.claim.source.id not in used, each.claim.id


def test_others_who_said_something_else_of_the_same_are_named(
    register: Mapping[str, Judged],
) -> None:
    """42 billion by one minister, 22 by a president; 53 days here, 38–53 there."""
    found = {name: [other.id for other in each.others] for name, each in register.items()}
    assert found["intra-ots-2023-42bn"] == ["intra-ots-2023-22bn"]
    assert found["transit-53-before"] == ["black-sea-38-53-before"]
    assert found["trade-2010"] == ["trade-2010-estimate"]


def view(client: FlaskClient, query: str = "", language: str = "en") -> Component:
    """The page of the register."""
    return page_of(ask(client, f"/{language}/claims", query))


def part_in(language: str, tree: Component) -> Component:
    """The first part of a tree that is in a language."""
    return next(one for one in parts(tree) if one["props"].get("lang") == language)


def listed(page: Component) -> list[str]:
    """The claims on a page, in their order."""
    return [each.removeprefix("claim-") for each in ids(page) if each.startswith("claim-")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_claim_stands_with_its_words_its_verdict_and_its_evidence(
    client: FlaskClient, register: Mapping[str, Judged], language: str
) -> None:
    page = view(client, language=language)
    assert listed(page) == list(register)
    for name, each in register.items():
        article = part(page, f"claim-{name}")
        assert article["type"] == "Article"
        assert article["props"]["data-verdict"] == each.judgement.verdict
        # A report of what was said is told in the reader's language; words are quoted in their own.
        if each.claim.words.endswith(" (paraphrase)"):
            assert text(article).count(each.claim.text[language].removesuffix(".")) > 1
        else:
            assert text(part_in(each.claim.language, article)) == each.claim.words
        links = [one["props"]["href"] for one in parts(article) if one["type"] == "A"]
        assert each.claim.source.url in links
        if best := each.judgement.best:
            assert f"table-tried-{name}" in ids(article)
            assert best.candidate.now.place in text(article)


def test_the_page_says_how_it_agrees_and_what_stands_in_the_way(client: FlaskClient) -> None:
    page = view(client)
    for name, words in (
        (
            "trade-2010-estimate",
            "US$ 4.884 bn, cut short gives it; rounded, it would be US$ 4.9 bn",
        ),
        (
            "trade-2010-estimate",
            "Four member states, constant membership” it would be US$ 4.460 bn",
        ),
        ("trade-threefold", "In the speaker's own numbers: 12.9 ÷ 4.5 = 2.87."),
        ("trade-threefold", "In our figures: 12.980 ÷ 4.460 = 2.91."),
        ("transit-threefold", "53 ÷ 19–23 = 2.30–2.79"),
        ("transit-threefold", "falls short of it"),
        ("digital-78", "adults aged 15 and over"),
        ("transit-53-19-23", "itself a statement, not a measurement"),
        ("kaz-tur-2021", "+28.9% off our figure"),
        ("kaz-kgz-2022", "reported by Kyrgyzstan"),
    ):
        assert words in text(part(page, f"claim-{name}")), name


def test_a_choice_of_verdict_topic_and_speaker_stands_in_the_address(client: FlaskClient) -> None:
    differing = view(client, "?verdict=differs")
    assert listed(differing) == ["kaz-tur-2021", "transit-threefold", "titr-2022-1700kt"]
    assert listed(view(client, "?verdict=differs&topic=trade")) == ["kaz-tur-2021"]
    of_one = view(client, "?speaker=yerkin-tukumov&verdict=differs")
    assert listed(of_one) == ["transit-threefold"]
    nobody = view(client, "?speaker=nobody&verdict=differs")
    assert "speaker=nobody" in text(nobody)
    none = view(client, "?topic=digital&verdict=differs")
    assert not listed(none)
    assert "No recorded statement fits these choices." in text(none)


def test_on_a_past_day_only_what_had_been_said_is_judged(client: FlaskClient) -> None:
    """By the end of September 2023 the President had not yet spoken, nor had the figures of 2024."""
    then = listed(view(client, "?asof=2023-09-30"))
    assert "trade-2022" in then
    assert "kaz-tur-2023" not in then
    assert not listed(view(client, "?asof=2015-01-01"))


def test_the_register_is_a_file(client: FlaskClient, register: Mapping[str, Judged]) -> None:
    answer = client.get("/en/claims/claims.csv?verdict=close")
    rows = answer.get_data(as_text=True)
    close = [name for name, each in register.items() if each.judgement.verdict == "close"]
    assert all(name in rows for name in close)
    assert "trade-2010" not in rows


@pytest.mark.slow
def test_random_selections_give_pages_without_holes(client: FlaskClient) -> None:
    """Twenty views in four languages, each round-tripping, impossible combinations among them."""
    chance = random.Random(20261123)
    known = {"speaker": ("yerkin-tukumov", "xinhua", "kassym-jomart-tokayev")}
    for turn in range(20):
        options = {**ClaimsSelection.options, "speaker": ("", *known["speaker"])}
        chosen = {name: chance.choice(values) for name, values in options.items()}
        selection = ClaimsSelection(**chosen)
        assert ClaimsSelection.from_query(selection.to_query(), known) == (selection, ())
        query = f"?{selection.to_query()}&asof=2024-0{chance.randint(1, 9)}-01"
        answer = ask(client, f"/{LANGUAGES[turn % 4]}/claims", query)
        body = answer.get_data(as_text=True)
        assert answer.status_code == 200, query
        assert not re.search(r"\b(NaN|nan|None|Infinity)\b", body), query
