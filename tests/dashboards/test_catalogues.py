"""Words: none is missing in any language, and none mixes two scripts."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from babel import Locale
from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import read_po
from babel.plural import PluralRule

from dashboards.grammar import CASES
from dashboards.i18n import CATALOGUES, load_locales
from tests.dashboards.serving import rows_of
from warehouse.catalog import LANGUAGES, Language
from warehouse.engine import Warehouse

ROOT = Path(__file__).parents[2]
TRANSLATED: tuple[Language, ...] = ("kk", "ru", "tr")
CYRILLIC = {"kk", "ru"}
FILES_OF_WORDS = [
    *sorted(CATALOGUES.glob("*/LC_MESSAGES/*.po")),
    *sorted((ROOT / "data").rglob("*.csv")),
    *sorted((ROOT / "data").rglob("*.yml")),
    ROOT / "dashboards" / "bundle" / "words.json",
]

WORD = re.compile(r"[^\W\d_]+")
MIXED = re.compile(r"(?=.*[A-Za-zÇĞİÖŞÜçğıöşü])(?=.*[\u0400-\u04ff])")
PLACEHOLDER = re.compile(r"\{(\w*)(?::(?:" + "|".join(CASES) + r"))?\}")
"""What is filled in; a translation may ask for it in a case: `{first:ablative}`."""

Message = str | tuple[str, ...]


def read(language: Language) -> Catalog:
    """The catalogue of a language."""
    with (CATALOGUES / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def in_the_code() -> set[Message]:
    """Every message that the code marks, by the settings of `make messages`."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    keywords = parse_keywords(re.findall(r" -k (\S+)", makefile))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    mappings = project["tool"]["babel"]["mappings"]
    found = extract_from_dir(
        ROOT / "dashboards",
        method_map=[(mapping["pattern"], mapping["method"]) for mapping in mappings],
        keywords=DEFAULT_KEYWORDS | keywords,
    )
    return {message for _file, _line, message, _comments, _context in found}


def forms(string: Message) -> tuple[str, ...]:
    """The forms of a text: one, or those of its plural."""
    return (string,) if isinstance(string, str) else tuple(string)


def mixed_words(text: str) -> list[str]:
    """The words of a text that mix Latin and Cyrillic letters."""
    bare = PLACEHOLDER.sub(" ", text)
    return [word for word in WORD.findall(bare) if MIXED.match(word)]


def spoken() -> set[Message]:
    """Every text that the code asks to be translated, wherever the call stands, in an f-string too."""
    found: set[Message] = set()
    for path in sorted((ROOT / "dashboards").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                called = getattr(call.func, "attr", getattr(call.func, "id", ""))
                texts = tuple(each.value for each in call.args if isinstance(each, ast.Constant))
                if called in ("text", "message") and texts and isinstance(texts[0], str):
                    found.add(texts[0])
                elif called in ("plural", "messages") and len(texts) >= 2:
                    found.add(texts[:2])
    return found


def test_no_text_is_asked_for_that_the_catalogues_do_not_get_to_know() -> None:
    assert spoken() <= in_the_code()


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_of_the_code_is_translated_and_no_other(language: Language) -> None:
    catalogue = read(language)
    translated = {message.id for message in catalogue if message.id}
    assert translated == in_the_code(), "run: make messages"
    assert not catalogue.obsolete
    assert not [message.id for message in catalogue if message.id and message.fuzzy]
    assert not [message.id for message in catalogue if not all(forms(message.string))]


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_filled_in_is_the_same_in_every_language(language: Language) -> None:
    for message in read(language):
        wanted = {frozenset(PLACEHOLDER.findall(form)) for form in forms(message.id)}
        if message.id:
            assert {
                frozenset(PLACEHOLDER.findall(form)) for form in forms(message.string)
            } == wanted


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_plural_forms_are_those_of_the_language(language: Language) -> None:
    catalogue = read(language)
    counted = [message for message in catalogue if message.pluralizable]
    assert counted
    assert all(len(forms(message.string)) == catalogue.num_plurals for message in counted)
    rule: PluralRule = Locale(language).plural_form
    index = load_locales()[language].translations.plural  # type: ignore[attr-defined]
    pairs = {(rule(count), index(count)) for count in range(1, 1000)}
    # Turkish nouns stay singular: one form may serve several categories, never the reverse.
    assert len(pairs) == len({category for category, _ in pairs})


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_language_has_its_script(language: Language) -> None:
    for message in read(language):
        words = [PLACEHOLDER.sub("", form) for form in (*forms(message.id), *forms(message.string))]
        if not message.id or re.fullmatch(r"[\W\d_]*|.*TEU.*", words[0]):
            continue
        for form in forms(message.string):
            # "{before} → {after}" is in no script.
            if WORD.search(PLACEHOLDER.sub("", form)):
                has_cyrillic = bool(re.search(r"[\u0400-\u04ff]", form))
                assert has_cyrillic == (language in CYRILLIC), form


@pytest.mark.parametrize("path", FILES_OF_WORDS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_latin_letter_hides_in_a_cyrillic_word(path: Path) -> None:
    assert not mixed_words(path.read_text(encoding="utf-8"))


def test_a_hidden_letter_would_be_found() -> None:
    assert mixed_words("Қaзақстан мен Түркия, TITR-дің {value}дің") == ["Қaзақстан"]


def test_everything_in_the_warehouse_has_its_four_names(warehouse: Warehouse) -> None:
    path = Path(warehouse.path)
    suffixes = tuple(f"_{language}" for language in LANGUAGES)
    seen = 0
    for (table,) in rows_of(path, "SELECT name FROM sqlite_master WHERE type = 'table'"):
        columns = [row[1] for row in rows_of(path, f"PRAGMA table_info({table})")]
        for column in (name for name in columns if name.endswith(suffixes)):
            seen += 1
            empty = f"SELECT * FROM {table} WHERE trim(coalesce({column}, '')) = ''"
            assert not rows_of(path, empty), (table, column)
    assert seen >= 4 * len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_written_in_the_script_of_their_language(
    language: Language, warehouse: Warehouse
) -> None:
    path = Path(warehouse.path)
    for table, prefix in (("indicator", "title"), ("indicator", "short"), ("indicator", "definition"),
                          ("indicator", "method"), ("scope", "name"), ("economy", "name")):  # fmt: skip
        for (words,) in rows_of(path, f"SELECT {prefix}_{language} FROM {table}"):
            has_cyrillic = bool(re.search(r"[\u0400-\u04ff]", words))
            assert has_cyrillic == (language in CYRILLIC), words
