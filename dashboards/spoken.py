"""How the end of a text is said in Kazakh and Turkish: a numeral, a unit or a name as its last word."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from warehouse.catalog import Language

_NUMERAL = re.compile(r"(?:\d{1,3}(?:[\s.]\d{3})+|\d+)(?:,(?P<decimals>\d+))?$")
_CLOSING = '»”"’)'
_FEWEST_LETTERS = 2
_DIGITS: Mapping[Language, Sequence[str]] = {
    "kk": ("нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз"),
    "tr": ("sıfır", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz"),
}
_TENS: Mapping[Language, Sequence[str]] = {
    "kk": ("он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан"),
    "tr": ("on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan"),
}
_POWERS: Mapping[Language, Sequence[tuple[int, str]]] = {
    "kk": ((12, "триллион"), (9, "миллиард"), (6, "миллион"), (3, "мың"), (2, "жүз")),
    "tr": ((12, "trilyon"), (9, "milyar"), (6, "milyon"), (3, "bin"), (2, "yüz")),
}
_MAGNITUDES = {"млрд", "млн", "мың", "миллиард", "миллион", "milyar", "milyon", "bin"}
_READ: Mapping[Language, Mapping[str, str]] = {
    # What is not said as it is written; АҚШ is said as one syllable, not by its letters.
    "kk": {"%": "пайыз", "млрд": "миллиард", "млн": "миллион", "км": "километр", "АҚШ": "қаш"},
    "tr": {"%": "yüzde", "km": "kilometre", "kg": "kilogram"},
}
_LETTERS: Mapping[Language, Mapping[str, str]] = {
    "kk": {"К": "ка", "Қ": "қа", "Х": "ха", "Ш": "ша"}
    | {letter: f"э{letter.lower()}" for letter in "ЛМНРСФ"}
    | {letter: f"{letter.lower()}ы" for letter in "БВГҒДЖЗПТЦЧ"},
    "tr": {letter: f"{letter.lower()}e" for letter in "BCÇDFGHJKLMNPRSŞTVYZ"},
}
"""Names of the letters by which an abbreviation is read; vowels are their own."""

_INSTITUTIONS = re.compile(
    "(teşkilat|banka|bakanlı|birliğ|kurum|enstitü|büro|merkez|örgüt|ajans|hük[ûü]met|konsey)"
)
"""Turkish sets no apostrophe behind the names of institutions."""


@dataclass(frozen=True)
class Spoken:
    """The last word of a text as it is said, and how an ending is joined to what is written.

    A `possessed` word, as the last of "АҚШ доллары" or "Cook Adaları", takes its endings with an n.
    """

    word: str
    joint: str
    is_possessed: bool = False


def spoken(text: str, language: Language) -> Spoken:
    """Read the end of a text in Kazakh or Turkish: 12,9 ends as nine, 78 % as percent, km as kilometre."""
    sign = {"kk": "-", "tr": "'"}[language]
    bare = text.rstrip(_CLOSING)
    numeral = _NUMERAL.search(bare)
    if numeral:
        return Spoken(_last_of(numeral, language), sign)
    *before, last = re.split(r"[\s\u00a0\u202f–—]+|(?<=\d)(?=%)", bare)
    if last in _READ[language]:
        return Spoken(_READ[language][last], sign)
    letters = re.sub(r"[\W\d_]", "", last)
    if len(letters) >= _FEWEST_LETTERS and letters.isupper():
        return Spoken(_letter(letters[-1], language), sign)
    word = lower(last, language)
    is_possessed = word[-1:] in {"kk": "ыі", "tr": "ıiuü"}[language] and any(map(_is_word, before))
    if bare != text:
        return Spoken(word, sign, is_possessed)
    is_name = language == "tr" and last[:1].isupper()
    has_sign = is_name and not (is_possessed and _INSTITUTIONS.match(word))
    return Spoken(word, sign if has_sign else "", is_possessed)


def lower(word: str, language: Language) -> str:
    """Write a word in small letters; in Turkish I and İ are two letters."""
    return (word.replace("I", "ı").replace("İ", "i") if language == "tr" else word).lower()


def _last_of(numeral: re.Match[str], language: Language) -> str:
    """The last word of a numeral; decimals are read as a number, after a whole one."""
    digits = numeral["decimals"] or re.sub(r"\D", "", numeral[0])
    number = int(digits)
    if number == 0 or number % 10:
        return _DIGITS[language][number % 10]
    if number % 100:
        return _TENS[language][number % 100 // 10 - 1]
    zeros = len(digits) - len(digits.rstrip("0"))
    return next(word for power, word in _POWERS[language] if zeros >= power)


def _letter(letter: str, language: Language) -> str:
    return _LETTERS[language].get(letter, lower(letter, language))


def _is_word(word: str) -> bool:
    """Whether a word makes a compound with the next one; numerals and magnitudes only count it."""
    return bool(re.search(r"[^\W\d_]", word)) and word not in _MAGNITUDES
