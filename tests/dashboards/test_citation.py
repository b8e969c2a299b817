"""How a view is cited: sentences in four languages, and entries that other programs can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import bibtexparser
import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from dashboards.citation import Citation, key, publishers
from dashboards.i18n import Locale
from warehouse.catalog import Build, Language, Source, Text

BUILD = Build("cca0f5a29217", "2026-11-23T07:49:11+00:00", "2bd02b07c0e3")


def source(name: str, **names: str) -> Source:
    """A source whose publisher has this name in the languages that are not given."""
    text = Text(**{language: names.get(language, name) for language in ("kk", "ru", "tr", "en")})
    return Source(name, f"{name} data", text, "https://x.test", None, "en", "CC BY 4.0", "api")


BANK = source("World Bank", kk="Дүниежүзілік банк", ru="Всемирный банк", tr="Dünya Bankası")
VIEW = Citation(
    key="altyn-kopir-trade-turnover-2026-11-23",
    title="Trade turnover, 2010–2025",
    language="en",
    sources=[BANK, source("Statistics Committee")],
    build=BUILD,
    address="https://kopir.test/en/trade?measure=exports&source=wits",
)


def test_a_sentence_says_whose_what_when_and_where(locales: Mapping[Language, Locale]) -> None:
    assert VIEW.sentence(locales["en"]) == (
        "World Bank; Statistics Committee. “Trade turnover, 2010–2025”."
        " Altyn Köpir, build cca0f5a29217, November 23, 2026."
        " https://kopir.test/en/trade?measure=exports&source=wits"
    )


@pytest.mark.parametrize(
    ("language", "publisher", "day"),
    [
        ("kk", "Дүниежүзілік банк", "2026 ж. 23 қараша"),
        ("ru", "Всемирный банк", "23 ноября 2026"),
        ("tr", "Dünya Bankası", "23 Kasım 2026"),
    ],
)
def test_every_language_cites_in_its_own_words(
    locales: Mapping[Language, Locale], language: Language, publisher: str, day: str
) -> None:
    """The title stays as it stands at the address, and the sentence says in which language it is."""
    said = VIEW.sentence(locales[language])
    assert said.startswith(publisher)
    assert day in said.replace("\u00a0", " ")
    assert VIEW.title in said
    assert "[" in said
    assert "[" not in VIEW.sentence(locales["en"])
    assert said.endswith(VIEW.address)


def test_a_view_of_a_past_day_says_which(locales: Mapping[Language, Locale]) -> None:
    past = replace(VIEW, asof="2023-09-28")
    assert "Data as known on September 28, 2023." in past.sentence(locales["en"])
    assert "data as known on 2023-09-28" in past.bibtex()
    assert "data as known on 2023-09-28" in past.ris()


def test_many_publishers_are_counted(locales: Mapping[Language, Locale]) -> None:
    many = [source(name) for name in ("A", "B", "B", "C", "D")]
    assert publishers(many, locales["en"], 4) == "A; B; C; D"
    assert publishers(many, locales["en"], 3) == "A; B; C and 1 other"
    assert publishers(many, locales["en"], 2) == "A; B and 2 others"
    assert publishers([], locales["en"]) == ""


def test_without_a_source_the_sentence_begins_with_the_title(
    locales: Mapping[Language, Locale],
) -> None:
    bare = replace(VIEW, sources=[])
    assert bare.sentence(locales["en"]).startswith("“Trade turnover")
    assert "author = {{Altyn Köpir}}" in bare.bibtex()


def test_the_key_tells_the_view_and_never_the_clock() -> None:
    assert key("trade", "turnover", BUILD, "") == "altyn-kopir-trade-turnover-2026-11-23"
    assert key("", "headlines", BUILD, "") == "altyn-kopir-headlines-2026-11-23"
    assert (
        key("trade/kaz-kgz", "kaz-kgz", BUILD, "2023-09-28")
        == "altyn-kopir-trade-kaz-kgz-kaz-kgz-2026-11-23-as-of-2023-09-28"
    )


def test_bibtex_is_read_by_another_program() -> None:
    library = bibtexparser.parse_string(VIEW.bibtex())
    (entry,) = library.entries
    fields = {name: field.value for name, field in entry.fields_dict.items()}
    assert not library.failed_blocks
    assert (entry.entry_type, entry.key) == ("misc", VIEW.key)
    assert fields == {
        "author": "{World Bank} and {Statistics Committee}",
        "title": "{Trade turnover, 2010–2025}",
        "publisher": "Altyn Köpir",
        "year": "2026",
        "month": fields["month"],
        "version": BUILD.id,
        "note": f"Altyn Köpir, build {BUILD.id}, 2026-11-23",
        "langid": "english",
        "url": VIEW.address,
    }


def test_ris_is_read_by_another_program() -> None:
    (entry,) = rispy.loads(VIEW.ris())
    assert entry == {
        "type_of_reference": "DATA",
        "id": VIEW.key,
        "authors": ["World Bank", "Statistics Committee"],
        "title": VIEW.title,
        "publisher": "Altyn Köpir",
        "year": "2026",
        "date": "2026/11/23",
        "edition": BUILD.id,
        "language": "en",
        "notes": [f"Altyn Köpir, build {BUILD.id}, 2026-11-23"],
        "urls": [VIEW.address],
    }


SAID = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=60
).map(lambda text: " ".join(text.split()))


@given(title=SAID.filter(bool))
@settings(max_examples=150)
def test_no_title_breaks_an_entry(title: str) -> None:
    """Whatever TeX would take for a command comes back as the sign that it was."""
    view = replace(VIEW, title=title)
    library = bibtexparser.parse_string(view.bibtex())
    (entry,) = library.entries
    assert not library.failed_blocks
    written = entry.fields_dict["title"].value.removeprefix("{").removesuffix("}")
    plain = LatexNodes2Text(keep_comments=True).latex_to_text(written)
    assert plain.split() == _as_tex_reads(title).split()
    (record,) = rispy.loads(view.ris())
    assert record["title"] == title


def _as_tex_reads(text: str) -> str:
    """The signs that TeX prints for some that are typed."""
    for typed, printed in _PRINTED:
        text = text.replace(typed, printed)
    return text


_PRINTED = (
    *(("---", "—"), ("--", "–"), ("``", "“"), ("''", "”")),
    *(("?`", "¿"), ("!`", "¡"), ("^", "ˆ")),
)
