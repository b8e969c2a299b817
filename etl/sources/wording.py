"""Units, periods and marks as statistical offices print them, in Kazakh, Kyrgyz, Russian, English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

FLOWS: Mapping[str, re.Pattern[str]] = {
    "turnover": re.compile("товарооборот|айналым|turnover"),
    "export": re.compile("экспорт|export"),
    "import": re.compile("импорт|import"),
}
"""The words of each flow, in Russian, Kazakh and English."""

MISSING = frozenset({"", "-", "–", "—", "−", "..", "...", "…"})
"""How a missing figure is printed. It stays missing: none of these is a zero."""

_DOLLARS = re.compile(r"долл|dollar|\busd\b|us ?\$")
_AMERICAN = re.compile(r"сша|а[қк]ш|\bus\b|u\. ?s\.|\busa\b|usd|united states")
_OTHER_MONEY = re.compile(r"тенге|теңге|евро|euro|\beur\b|рубл|\bсом|юан|фунт|tenge|som\b")
_SCALES = (
    (re.compile(r"тыс|мы[ңн]|ми[ңн]\b|thousand"), "thousand USD"),
    (re.compile(r"млн|миллион|million|\bmln"), "million USD"),
    (re.compile(r"млрд|миллиард|billion|\bbln|трлн|trillion"), ""),
)

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")
"""A day is when a table was printed, not what it is about."""

_MONTHS = (
    "январ қаңтар january",
    "феврал ақпан february",
    "март наурыз march",
    "апрел сәуір april",
    "май мая мамыр may",
    "июн маусым june",
    "июл шілде july",
    "август тамыз august",
    "сентябр қыркүйек september",
    "октябр қазан october",
    "ноябр қараша november",
    "декабр желтоқсан december",
)
_MONTH = re.compile(
    "|".join(
        rf"(?P<m{number}>\b(?:{'|'.join(names.split())}))"
        for number, names in enumerate(_MONTHS, start=1)
    )
)
_OTHER_PARTS = re.compile(
    r"квартал|тоқсан(?<!желтоқсан)|полугод|жартыжыл|жарты жыл|месяц|\bай\b|айлық|декад|недел"
    r"|quarter|half|months|weeks"
)
_SHEET_MONTH = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])(?!\d)")
_TOTAL = re.compile(
    r"(всего|итого|барлығы|бардыгы|жиыны|total)[\s,:]*(в том числе|соның ішінде|including)?[\s:]*"
)
_PRELIMINARY = re.compile("предварительн|алдын ала|preliminary")


def folded(text: str) -> str:
    """A text with small letters and single spaces, for comparing wordings."""
    return " ".join(text.casefold().replace("ё", "е").split())


def unit_of(texts: Iterable[str]) -> str | None:
    """The one unit that the texts name, "" for one that we do not know, None for none or several."""
    units = {_unit(folded(text)) for text in texts} - {None}
    return units.pop() if len(units) == 1 else None


def _unit(text: str) -> str | None:
    if _OTHER_MONEY.search(text):
        return "" if any(scale.search(text) for scale, _unit_name in _SCALES) else None
    if not _DOLLARS.search(text) or not _AMERICAN.search(text):
        return None
    named = [unit for scale, unit in _SCALES if scale.search(text)]
    if len(named) > 1:
        return ""
    return named[0] if named else "USD"


def is_total(name: str) -> bool:
    """Whether a printed name is that of the row with the total over all partners."""
    return _TOTAL.fullmatch(folded(name)) is not None


def is_missing(cell: object) -> bool:
    """Whether a cell is blank or holds a mark of a missing figure."""
    return isinstance(cell, str) and cell.strip() in MISSING


def is_preliminary(texts: Iterable[str]) -> bool:
    """Whether any of the texts says that the figures are preliminary."""
    return any(_PRELIMINARY.search(folded(text)) for text in texts)


def years(text: str) -> list[str]:
    """The different years that a text names, in their order."""
    return list(dict.fromkeys(_YEAR.findall(_DAY.sub(" ", text))))


def period_of(text: str) -> str | None:
    """The period of a title: "2019", "2024-03", "2024-01/2024-06"; None if it is not plain.

    Twelve months are the year. A quarter, a half or a count of months is not read: better refused
    than taken for the year.
    """
    plain = folded(text)
    named = years(plain)
    if len(named) != 1 or _OTHER_PARTS.search(plain):
        return None
    months = _months(plain)
    if not months:
        return named[0]
    first, last = months[0], months[-1]
    if len(months) > 2 or first > last:
        return None
    if (first, last) == (1, 12):
        return named[0]
    points = [f"{named[0]}-{month:02}" for month in dict.fromkeys((first, last))]
    return "/".join(points)


def agrees(sheet: str, period: str) -> bool:
    """Whether a sheet's name ("12_2019", "2022", "Лист1") can stand over figures of the period."""
    plain = folded(sheet)
    named = years(plain)
    if len(named) > 1:
        return False
    last = period.rpartition("/")[2]
    numbers = _SHEET_MONTH.findall(plain.replace(named[0], " ")) if named else []
    months = [*map(int, numbers), *_months(plain)[-1:]]
    return named in ([], [last[:4]]) and all(month == int(last[5:] or 12) for month in months)


def _months(plain: str) -> list[int]:
    return [int(str(match.lastgroup)[1:]) for match in _MONTH.finditer(plain)]
