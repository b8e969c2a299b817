"""Endings of Kazakh and Turkish on numbers, units, names and years; other languages inflect by message.

Kazakh after «Қазақ грамматикасы» (Astana, 2002), Turkish after the spelling guide of Türk Dil Kurumu:
the last word as it is said gives the vowels of the ending (harmony) and its first consonant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboards.spoken import Spoken, spoken
from warehouse.catalog import Language

_KAZAKH: Mapping[str, tuple[str, str, str, str, str]] = {
    "ablative": ("дан", "нан", "дан", "тан", "нан"),
    "dative": ("ға", "ға", "ға", "қа", "на"),
    "locative": ("да", "да", "да", "та", "нда"),
    "genitive": ("ның", "ның", "дың", "тың", "ның"),
    "accusative": ("ны", "ды", "ды", "ты", "н"),
    "instrumental": ("мен", "мен", "мен", "пен", "мен"),
}
"""After a vowel, a nasal, another voiced sound, a voiceless one, a possessive; with back vowels."""

_TURKISH: Mapping[str, tuple[str, str, str]] = {
    "ablative": ("dan", "dan", "ndan"),
    "dative": ("ya", "a", "na"),
    "locative": ("da", "da", "nda"),
    "genitive": ("nın", "ın", "nın"),
    "accusative": ("yı", "ı", "nı"),
    "instrumental": ("yla", "la", "yla"),
}
"""After a vowel, a consonant, a possessive; with back unrounded vowels and voiced."""

CASES = tuple(_KAZAKH)
_KAZAKH_BACK, _KAZAKH_FRONT = "аоұыяё", "әеөүіэи"
_KAZAKH_NEUTRAL = "ую"
_KAZAKH_VOWELS = _KAZAKH_BACK + _KAZAKH_FRONT + _KAZAKH_NEUTRAL
_TURKISH_FRONT, _TURKISH_ROUND = "eiöü", "ouöü"
_TURKISH_VOWELS = "aeıioöuü"
_FRONT_ALL_THE_SAME = {
    *("беларусь", "баку"),
    *("nepal", "senegal", "seul", "saat", "petrol", "kontrol", "rol"),
}
"""Loans whose endings are front although their last vowel is not."""


@dataclass(frozen=True)
class Said:
    """A text that a message may ask for in a case, as `{first:ablative}`.

    `forms` are the cases that no rule gives: those of Russian, and any that are irregular.
    """

    text: str
    language: Language
    forms: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """The text as it stands in a dictionary."""
        return self.text

    def __format__(self, case: str) -> str:
        """The text in a case; without one as it is. Raises ValueError for a case that is not known."""
        if case and case not in CASES:
            raise ValueError(f"no case {case!r}")
        return self.forms.get(case) or inflected(self.text, self.language, case)


def inflected(text: str, language: Language, case: str) -> str:
    """Put a text into one of `CASES`: 2010-нан, 2010'dan; without a case, or of other languages, as it is."""
    if not case or not text or language not in {"kk", "tr"}:
        return text
    said = spoken(text, language)
    ending = _kazakh(said, case) if language == "kk" else _turkish(said, case)
    return f"{text}{said.joint}{ending}"


def is_front(word: str, language: Language) -> bool:
    """Whether the endings of a word, in small letters, have front vowels.

    In Kazakh у and ю are either, and leave it to the vowel before them.
    """
    if word in _FRONT_ALL_THE_SAME:
        return True
    if language == "tr":
        return _last_vowel(word, _TURKISH_VOWELS) in _TURKISH_FRONT
    deciding = _KAZAKH_BACK + _KAZAKH_FRONT
    return _last_vowel(word, deciding, otherwise="а") in _KAZAKH_FRONT


def _kazakh(said: Spoken, case: str) -> str:
    word = said.word.rstrip("ьъ")
    last, before = word[-1:], word[-2:-1]
    # Behind a vowel у is the consonant of тау, and ends as one.
    is_vowel = last in _KAZAKH_VOWELS and not (last == "у" and before in _KAZAKH_VOWELS)
    if said.is_possessed:
        ending = _KAZAKH[case][4]
    elif is_vowel:
        ending = _KAZAKH[case][0]
    elif last in "мнң":
        ending = _KAZAKH[case][1]
    elif last in "рлйузж":
        ending = "бен" if case == "instrumental" and last in "зж" else _KAZAKH[case][2]
    else:
        # Final б, в, г and д, which only loans have, are said without voice: миллиардтан.
        ending = _KAZAKH[case][3]
    return ending.translate(_TO_FRONT) if is_front(said.word, "kk") else ending


_TO_FRONT = str.maketrans("аығқ", "еігк")


def _turkish(said: Spoken, case: str) -> str:
    word = said.word.translate(_PLAIN)
    after_vowel, after_consonant, possessed = _TURKISH[case]
    if said.is_possessed:
        ending = possessed
    elif word[-1:] in _TURKISH_VOWELS:
        ending = after_vowel
    else:
        ending = after_consonant
        if word[-1:] in "fstkçşhp" and ending.startswith("d"):
            ending = f"t{ending[1:]}"
    front = is_front(word, "tr")
    is_round = _last_vowel(word, _TURKISH_VOWELS) in _TURKISH_ROUND
    close = {(False, False): "ı", (True, False): "i", (False, True): "u", (True, True): "ü"}
    return ending.replace("ı", close[front, is_round]).replace("a", "e" if front else "a")


_PLAIN = str.maketrans("âîûéèãåó", "aiueeaao")


def _last_vowel(word: str, vowels: str, otherwise: str = "e") -> str:
    return next((letter for letter in reversed(word) if letter in vowels), otherwise)
