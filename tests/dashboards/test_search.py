"""The catalogue is found as people type: in any language or script, inflected, or with a slip."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboards.components.catalogue.documents import Catalogue
from dashboards.search import Document, Index, fold
from tests.tables import cells
from warehouse.catalog import LANGUAGES
from warehouse.engine import Warehouse
from warehouse.queries import catalogue

SMALL = Index.of(
    [
        Document("volume", ("Жүк көлемі", "Объём грузов", "Yük hacmi", "Cargo volume")),
        Document("volume-year", ("Объём грузов за год", "Cargo volume of a year")),
        Document("payments", ("Цифрлық төлемдер", "Dijital ödemeler"), ("e-payments",)),
        Document("trade", ("Сыртқы сауда", "Dış ticaret"), (), ("with cargo and payments",)),
        Document("press", ("Payments grow",), weight=0.5),
    ]
)
LONG_WORDS = [
    (own, word)
    for own, called in zip(SMALL.ids, SMALL.called, strict=True)
    for words in called
    for word in words
    if len(word) >= 5
]


@pytest.fixture(scope="module")
def catalogued(warehouse: Warehouse) -> Index:
    """The catalogue of the figures in data/."""
    return Catalogue.of(warehouse).index


def first(among: Index, query: str) -> str:
    """The id of the best hit, empty if nothing is found."""
    return next((hit.id for hit in among.search(query)), "")


def test_the_catalogue_is_found_in_four_languages(catalogued: Index):
    """What a reader types, and what comes first: by script, language, case, suffix and slip."""
    _, rows = cells("""
        | typed                        | finds                               | as                            |
        | тауар айналымы               | indicator:trade_turnover_ots        | Kazakh                        |
        | tauar ainalymy               | indicator:trade_turnover_ots        | Kazakh in Latin letters       |
        | tawar aynalimi               | indicator:trade_turnover_ots        | Kazakh in other Latin letters |
        | sauda ainalymy               | indicator:trade_turnover_ots        | Kazakh of two documents       |
        | тауарайналым                 | indicator:trade_turnover_ots        | two words as one              |
        | товарооборот                 | indicator:trade_turnover_ots        | Russian                       |
        | tovarooborot                 | indicator:trade_turnover_ots        | Russian in Latin letters      |
        | тавароборот                  | indicator:trade_turnover_ots        | Russian, two slips            |
        | vneshnyaya torgovlya         | indicator:trade_turnover_ots        | Russian, a synonym            |
        | товарооборота                | indicator:trade_turnover_ots        | Russian, inflected            |
        | внешней торговли             | source:kz-bns                       | words of a title as they are  |
        | dis ticaret hacmi            | indicator:trade_turnover_ots        | Turkish without diacritics    |
        | TİCARET HACMİ                | indicator:trade_turnover_ots        | Turkish capitals              |
        | trade_turnover_ots           | indicator:trade_turnover_ots        | an id                         |
        | сальдо                       | indicator:trade_balance_ots         | Russian                       |
        | ticaret dengesi              | indicator:trade_balance_ots         | Turkish, inflected            |
        | intra-OTS share              | indicator:trade_share_intra_ots     | words in another order        |
        | qazaqstan                    | trade:KAZ                           | an economy in Latin letters   |
        | kazakhstan                   | trade:KAZ                           | an economy in English         |
        | kazakstan                    | trade:KAZ                           | an economy, spelt otherwise   |
        | Казахстан                    | trade:KAZ                           | an economy in Russian         |
        | ӨЗБЕКСТАН                    | trade:UZB                           | an economy in capitals        |
        | Oʻzbekiston                  | trade:UZB                           | an economy in Uzbek           |
        | uzbekstan                    | trade:UZB                           | an economy with a slip        |
        | кыргызстан                   | trade:KGZ                           | an economy                    |
        | цифровые платежи             | indicator:digital_payments_adults   | Russian                       |
        | cifrovye platezhi            | indicator:digital_payments_adults   | another romanisation          |
        | tsifrlyq tolem               | indicator:digital_payments_adults   | Kazakh in Latin letters       |
        | digital paymants             | indicator:digital_payments_adults   | English with a slip           |
        | dijital odeme                | indicator:digital_payments_adults   | Turkish, beginnings of words  |
        | халық саны                   | indicator:population                | Kazakh                        |
        | khalyq sany                  | indicator:population                | Kazakh in Latin letters       |
        | население                    | indicator:population                | Russian, another case         |
        | nufus                        | indicator:population                | Turkish without diacritics    |
        | popluation                   | indicator:population                | English, letters swapped      |
        | ВВП                          | indicator:gdp_usd                   | a short form                  |
        | gsyh                         | indicator:gdp_usd                   | a short form in Turkish       |
        | enflasyon                    | indicator:consumer_inflation        | Turkish                       |
        | шетелдік инвестиция          | indicator:fdi_inflow_usd            | Kazakh                        |
        | пропускная способность       | indicator:titr_capacity             | Russian                       |
        | konteiner                    | indicator:titr_containers           | Kazakh in Latin letters       |
        | контейнерлер                 | indicator:titr_containers           | Kazakh, plural                |
        | tranzit merzimi              | indicator:transit_days_kazakhstan   | Kazakh in Latin letters       |
        | schet                        | indicator:account_ownership         | ё written as e                |
        | лагистика                    | indicator:logistics_performance     | Russian with a slip           |
        | комтрейд comtrade            | source:comtrade                     | one word that nobody has      |
        | Бюро национальной статистики | source:kz-bns                       | a publisher                   |
        | xyzzyqwv                     |                                     | nothing                       |
        | « – »                        |                                     | no word                       |
    """)
    wrong = {typed: found for typed, hit, _ in rows if (found := first(catalogued, typed)) != hit}
    assert not wrong


@pytest.mark.parametrize(
    ("texts", "folded"),
    [
        (("Қазақстан", "Qazaqstan", "kazakstan", "ҚАЗАҚСТАН"), "kazakstan"),
        (("сауда айналымы", "Sauda ainalymy", "sawda aynalımı"), "sauda ainalimi"),
        (("шығыс", "shyghys", "şığıs"), "sigis"),
        (("хлеб", "khleb", "hleb"), "hleb"),
        (("счёт", "счет", "schet"), "set"),
        (("объём", "объем", "ob'em"), "obem"),
        (("ödeme", "odeme", "ÖDEME"), "odeme"),
        (("İhracat", "ihracat", "IHRACAT", "ıhracat"), "ihracat"),
        (("Oʻzbekiston", "O‘zbekiston", "O'zbekiston"), "ozbekiston"),
        (("19–23 days", "19-23 DAYS"), "19 23 dais"),
    ],
)
def test_spellings_of_one_word_are_one(texts: tuple[str, ...], folded: str):
    """Scripts, romanisations, case and diacritics make no difference."""
    assert {" ".join(fold(text)) for text in texts} == {folded}


@pytest.mark.slow
def test_every_title_finds_itself(warehouse: Warehouse, catalogued: Index):
    """In whichever language, whatever other title begins with it or holds its words."""
    titles = {
        (f"indicator:{entry.indicator.id}", entry.indicator.title[language])
        for entry in catalogue.indicators(warehouse)
        for language in LANGUAGES
    }
    titles |= {(f"source:{e.source.id}", e.source.title) for e in catalogue.sources(warehouse)}
    called = dict(zip(catalogued.ids, catalogued.called, strict=True))
    for own, title in titles:
        # Two publications may have one title.
        assert own in {hit.id for hit in catalogued.search(title)}, title
        assert fold(title) in called[first(catalogued, title)], title


@given(st.text())
def test_any_text_is_an_answerable_query(text: str):
    """Hits are known documents, each once, and nothing is raised."""
    ids = [hit.id for hit in SMALL.search(text)]
    assert len(ids) == len(set(ids))
    assert set(ids) <= set(SMALL.ids)


@given(st.lists(st.text(min_size=1), min_size=1, max_size=6))
def test_any_title_finds_itself_first(titles: list[str]):
    """Of documents with any titles, each comes first where its title is asked for."""
    among = Index.of(Document(str(n), (title,)) for n, title in enumerate(titles))
    for title in titles:
        if fold(title):
            assert fold(titles[int(first(among, title))]) == fold(title)


@given(st.text())
def test_unicode_has_many_ways_but_we_have_one(text: str):
    """Composed or decomposed, a text is the same."""
    assert fold(normalize("NFD", text)) == fold(normalize("NFC", text))


@given(st.sampled_from(LONG_WORDS), st.integers(0, 11), st.sampled_from("abdeiklmnorstu"))
def test_a_slip_is_forgiven(titled: tuple[str, str], at: int, letter: str):
    """One letter wrong in a word of five or more still finds what has the word in its title."""
    own, word = titled
    slipped = word[: at % len(word)] + letter + word[at % len(word) + 1 :]
    assume(fold(slipped) == (slipped,))  # folding a doubled letter would make it a second slip
    assume(not any(known.startswith(slipped) for known in SMALL.weights))
    assert own in {hit.id for hit in SMALL.search(slipped)}


def test_a_shorter_title_stands_before_a_longer_one():
    """Both hold the words; the one that says little else is meant."""
    assert [hit.id for hit in SMALL.search("cargo")] == ["volume", "volume-year", "trade"]
    assert [hit.id for hit in SMALL.search("cargo volume")] == ["volume", "volume-year"]


def test_a_title_says_more_than_a_name_and_a_name_more_than_a_text():
    """Where weights do not say otherwise."""
    assert [hit.id for hit in SMALL.search("payments")] == ["payments", "press", "trade"]


def test_a_document_that_lacks_a_word_stays_away():
    """Unless no document has them all."""
    assert [hit.id for hit in SMALL.search("cargo year")] == ["volume-year"]
    assert [hit.id for hit in SMALL.search("сауда xyzzy")] == ["trade"]


def test_a_slip_is_looked_for_only_where_nothing_matches():
    """A word that somebody has is taken as it is typed; numbers and short words always are."""
    among = Index.of(
        [Document("a", ("table",)), Document("b", ("cable",)), Document("n", ("2024 ton",))]
    )
    assert [hit.id for hit in among.search("table")] == ["a"]
    assert {hit.id for hit in among.search("fable")} == {"a", "b"}
    assert among.search("2023") == []
    assert among.search("tin") == []
