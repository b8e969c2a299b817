"""Search in the catalogue: in any of its languages, in Latin spelling, inflected, or with a typo.

Words are compared by how they are folded: transliterated to ASCII, then with one spelling for each
sound that romanisations spell differently. See docs/decisions/0019-search.md.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from unicodedata import normalize

from anyascii import anyascii
from rapidfuzz import process
from rapidfuzz.distance import OSA

_WORD = re.compile("[a-z0-9]+")
_MARKS = re.compile("['`]")
_REPEATED = re.compile(r"([a-z])\1+")
_ROMANISATIONS = (
    *(("shch", "s"), ("sch", "s"), ("sh", "s"), ("ch", "c"), ("zh", "j"), ("kh", "h")),
    *(("gh", "g"), ("ng", "n"), ("x", "ks"), ("q", "k"), ("w", "u"), ("y", "i")),
)
"""Spellings of one sound: Қазақстан is Qazaqstan, Kazakstan; сауда is sauda, sawda; шығыс is shyghys, şığıs."""

_MOST_WORDS = 32
_LONGEST_WORD = 40
_MOST_LOOKED_UP = 12
"""What follows in a text is not looked at; nobody types as much, and each word takes its time."""

_NEAREST = 0.8
"""Hits have at least this share of the query's weight that the best hit has."""


@dataclass(frozen=True)
class Document:
    """What can be found, in all languages at once: what it is called, also called, and said of it.

    `weight` lets one document stand before another that matches as well.
    """

    id: str
    titles: tuple[str, ...]
    names: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    weight: float = 1


@dataclass(frozen=True)
class Hit:
    """A document found; scores compare hits of one query only."""

    id: str
    score: float


@dataclass(frozen=True)
class Index:
    """Documents made ready to be searched; made once for a build."""

    ids: tuple[str, ...]
    called: tuple[frozenset[tuple[str, ...]], ...]
    """Folded titles and names by document."""
    weights: Mapping[str, Mapping[int, float]]
    """By folded word, how much it says of the documents that hold it."""

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Index:
        """Fold and weigh the words: of a title most, the shorter the more; of a text least."""
        ids, called = [], []
        weights: dict[str, dict[int, float]] = defaultdict(dict)
        for number, document in enumerate(documents):
            titles, names, texts = (
                [words for each in among if (words := fold(each))]
                for among in (document.titles, document.names, document.texts)
            )
            ids.append(document.id)
            called.append(frozenset((*titles, *names)))
            weighed = [
                *((words, 4 + 1 / len(words)) for words in titles),
                *((words, 3.0) for words in names),
                *((words, 1.0) for words in texts),
            ]
            for words, weight in weighed:
                for word in words:
                    known = weights[word].get(number, 0)
                    weights[word][number] = max(weight * document.weight, known)
        return cls(tuple(ids), tuple(called), dict(weights))

    def search(self, query: str) -> list[Hit]:
        """Rank the documents that match, those with all words of the query before others.

        A title or name asked for word by word comes first. No words in the query find nothing.
        """
        asked = fold(query)
        found = [self._documents(word) for word in [*dict.fromkeys(asked)][:_MOST_LOOKED_UP]]
        # What few documents have says more about which one is meant.
        rarity = [log(1 + len(self.ids) / len(each)) if each else 0 for each in found]
        score: dict[int, float] = defaultdict(float)
        share: dict[int, float] = defaultdict(float)
        for each, weight in zip(found, rarity, strict=True):
            for number, match in each.items():
                score[number] += weight * match
                share[number] += weight
        least = _NEAREST * max(share.values(), default=0)
        hits = [number for number in score if share[number] >= least]

        def rank(number: int) -> tuple[bool, float, str]:
            return (
                asked not in self.called[number],
                -score[number] * share[number],
                self.ids[number],
            )

        return [Hit(self.ids[number], score[number]) for number in sorted(hits, key=rank)]

    def _documents(self, word: str) -> dict[int, float]:
        """How well each document that matches a folded word of the query does so."""
        best: dict[int, float] = {}
        for known, likeness in _alike(word, self.weights).items():
            for number, weight in self.weights[known].items():
                best[number] = max(likeness * weight, best.get(number, 0))
        return best


def fold(text: str) -> tuple[str, ...]:
    """Spell the words of a text as they are compared: Сауда айналымы is (sauda, ainalimi)."""
    # ё is mostly written е; the dot that lower-casing leaves on a Turkish İ goes with the rest.
    plain = anyascii(normalize("NFC", text).casefold().replace("ё", "е")).casefold()
    words = _WORD.findall(_MARKS.sub("", plain))[:_MOST_WORDS]
    return tuple(_one_spelling(word[:_LONGEST_WORD]) for word in words)


def _one_spelling(word: str) -> str:
    for written, sound in _ROMANISATIONS:
        word = word.replace(written, sound)
    return _REPEATED.sub(r"\1", word)


def _alike(word: str, vocabulary: Mapping[str, object]) -> dict[str, float]:
    """Find the words that may be meant, with a likeness of up to 1 for the word itself.

    Words that begin with it, and other forms of it, always; words that differ by a slip of the
    finger only where nothing is, or begins with, what was typed.
    """
    alike = {
        known: likeness
        for known in vocabulary
        if known[0] == word[0] and (likeness := _kinship(word, known))
    }
    if not any(known.startswith(word) for known in alike):
        for known, likeness in _misspelt(word, list(vocabulary)).items():
            alike[known] = max(likeness, alike.get(known, 0))
    return alike


def _kinship(word: str, known: str) -> float:
    """How surely two words are forms of one: they begin alike, and suffixes follow."""
    if known == word:
        return 1
    if known.startswith(word) and len(word) > 1:
        return 0.7 + 0.2 * len(word) / len(known)
    same = _common_start(word, known)
    is_stem = same == len(known) and same >= 0.4 * len(word)
    if same < 4 or not (is_stem or same >= 0.65 * max(len(word), len(known))):
        return 0
    return 0.75 * same / max(len(word), len(known))


def _common_start(a: str, b: str) -> int:
    return next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )


def _misspelt(word: str, vocabulary: Sequence[str]) -> dict[str, float]:
    """Find words at a distance of one slip, or two for long words; also as beginnings of words.

    A slip is a letter left out, added, replaced, or swapped with the next. Numbers have none.
    """
    slips = 0 if len(word) < 4 or not word.isalpha() else 1 if len(word) < 8 else 2
    if not slips:
        return {}
    starts = [known[: len(word)] for known in vocabulary]
    found: dict[str, float] = {}
    for choices, trust in ((list(vocabulary), 0.6), (starts, 0.45)):
        for _choice, distance, at in process.extract(
            word, choices, scorer=OSA.distance, score_cutoff=slips, limit=None
        ):
            likeness = trust * (1 - distance / len(word))
            found[vocabulary[at]] = max(likeness, found.get(vocabulary[at], 0))
    return found
