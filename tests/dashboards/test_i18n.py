"""Numbers, ranges, quantities, changes and periods as four languages write them.

In the tables `~` stands for a space at which a line must not break.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from babel.numbers import parse_decimal
from hypothesis import given
from hypothesis import strategies as st

from dashboards.i18n import Locale, load_locales, negotiate
from tests.dashboards.serving import rows_of
from tests.tables import cells
from warehouse.catalog import LANGUAGES, Language

LOCALES = load_locales()
amounts = st.floats(-1e12, 1e12)


def assert_written(table: str, write: Callable[..., str]) -> None:
    """Each row: what `write` is asked for, then what it must say in the languages of the header."""
    header, rows = cells(table)
    for row in rows:
        asked = [cell for cell, head in zip(row, header, strict=True) if head not in LANGUAGES]
        said = {language: write(LOCALES[language], *asked) for language in LANGUAGES}
        found = {language: words.replace("\u00a0", "~") for language, words in said.items()}
        assert found == dict(zip(header[len(asked) :], row[len(asked) :], strict=True)), asked


def test_numbers() -> None:
    assert_written(
        """
        | value       | decimals | kk           | ru           | tr           | en           |
        | 12.98       | 2        | 12,98        | 12,98        | 12,98        | 12.98        |
        | 12.98       | 0        | 13           | 13           | 13           | 13           |
        | 12          | 1        | 12,0         | 12,0         | 12,0         | 12.0         |
        | 4119        | 0        | 4~119        | 4~119        | 4.119        | 4,119        |
        | 1234567.891 | 2        | 1~234~567,89 | 1~234~567,89 | 1.234.567,89 | 1,234,567.89 |
        | -1234.5     | 1        | −1~234,5     | −1~234,5     | −1.234,5     | −1,234.5     |
        | -0.04       | 1        | 0,0          | 0,0          | 0,0          | 0.0          |
        """,
        lambda locale, value, decimals: locale.number(float(value), int(decimals)),
    )


def test_ranges_close_where_both_ends_read_the_same() -> None:
    assert_written(
        """
        | low   | high  | decimals | kk      | ru      | tr      | en      |
        | 19    | 23    | 0        | 19–23   | 19–23   | 19–23   | 19–23   |
        | 5     | 5     | 0        | 5       | 5       | 5       | 5       |
        | 5.01  | 5.04  | 1        | 5,0     | 5,0     | 5,0     | 5.0     |
        | 2.35  | 2.75  | 2        | 2,35–2,75 | 2,35–2,75 | 2,35–2,75 | 2.35–2.75 |
        """,
        lambda locale, low, high, decimals: locale.range(float(low), float(high), int(decimals)),
    )


def test_a_range_with_one_end_says_which() -> None:
    def write(locale: Locale, low: str, high: str, unit: str) -> str:
        ends = (float(end) if end else None for end in (low, high))
        return locale.quantity(*ends, unit)

    assert_written(
        """
        | low | high | unit    | kk         | ru            | tr         | en          |
        |     | 45   | days    | ≤~45~күн   | ≤~45~суток    | ≤~45~gün   | ≤~45 days   |
        | 2.5 |      | percent | ≥~2,5~%    | ≥~2,5~%       | %≥~2,5     | ≥~2.5%      |
        """,
        write,
    )


def test_quantities_carry_their_unit() -> None:
    assert_written(
        """
        | low         | high        | unit    | kk                      | ru                   | tr                     | en                    |
        | 12980000000 | 12980000000 | USD     | 12,98~млрд АҚШ доллары  | 12,98~млрд долл.~США | 12,98~milyar ABD doları | US$ 12.98 bn          |
        | 4119        | 4119        | kt      | 4~119~мың тонна         | 4~119~тыс.~тонн      | 4.119~bin ton          | 4,119 thousand tonnes |
        | 85.04       | 85.04       | percent | 85,0~%                  | 85,0~%               | %85,0                  | 85.0%                 |
        | 300000      | 300000      | TEU     | 300~000~ЖФЭ             | 300~000~ДФЭ          | 300.000~TEU            | 300,000 TEU           |
        | 1.5         | 1.5         | km      | 1,5~км                  | 1,5~км               | 1,5~km                 | 1.5 km                |
        """,
        lambda locale, low, high, unit: locale.quantity(float(low), float(high), unit),
    )


def test_what_is_counted_takes_its_plural() -> None:
    assert_written(
        """
        | low | high | unit   | kk         | ru          | tr        | en         |
        | 1   | 1    | trains | 1~пойыз    | 1~поезд     | 1~tren    | 1 train    |
        | 2   | 2    | trains | 2~пойыз    | 2~поезда    | 2~tren    | 2 trains   |
        | 5   | 5    | trains | 5~пойыз    | 5~поездов   | 5~tren    | 5 trains   |
        | 11  | 11   | trains | 11~пойыз   | 11~поездов  | 11~tren   | 11 trains  |
        | 21  | 21   | trains | 21~пойыз   | 21~поезд    | 21~tren   | 21 trains  |
        | 1   | 1    | days   | 1~күн      | 1~сутки     | 1~gün     | 1 day      |
        | 2   | 2    | days   | 2~күн      | 2~суток     | 2~gün     | 2 days     |
        | 5   | 5    | days   | 5~күн      | 5~суток     | 5~gün     | 5 days     |
        | 5.5 | 5.5  | days   | 5,5~күн    | 5,5~суток   | 5,5~gün   | 5.5 days   |
        | 19  | 23   | days   | 19–23~күн  | 19–23~суток | 19–23~gün | 19–23 days |
        """,
        lambda locale, low, high, unit: locale.quantity(float(low), float(high), unit),
    )


def test_changes_have_a_sign_and_zero_has_none() -> None:
    assert_written(
        """
        | low   | high  | kk         | ru         | tr        | en        |
        | 1.917 | 1.917 | +192~%     | +192~%     | +%192     | +192%     |
        | -0.5  | -0.5  | −50~%      | −50~%      | −%50      | −50%      |
        | -0.64 | -0.57 | −64…−57~%  | −64…−57~%  | −%64…−%57 | −64…−57%  |
        | -0.1  | 0.2   | −10…+20~%  | −10…+20~%  | −%10…+%20 | −10…+20%  |
        | 0     | 0.004 | 0~%        | 0~%        | %0        | 0%        |
        """,
        lambda locale, low, high: locale.change(float(low), float(high)),
    )


def test_percentages_differ_by_points() -> None:
    assert_written(
        """
        | low  | high | kk                     | ru         | tr                | en                       |
        | 37.6 | 37.6 | +38~пайыздық тармақ    | +38~п.~п.  | +38~yüzde puan    | +38 percentage points    |
        | -1   | 0.4  | −1…0~пайыздық тармақ   | −1…0~п.~п. | −1…0~yüzde puan   | −1…0 percentage points   |
        """,
        lambda locale, low, high: locale.points(float(low), float(high)),
    )


def test_shares() -> None:
    assert_written(
        """
        | low   | high  | kk      | ru      | tr      | en      |
        | 0.857 | 0.857 | 86~%    | 86~%    | %86     | 86%     |
        | 0.5   | 0.857 | 50–86~% | 50–86~% | %50–86  | 50–86%  |
        """,
        lambda locale, low, high: locale.share(float(low), float(high)),
    )


def test_periods() -> None:
    assert_written(
        """
        | period          | kk                                      | ru                            | tr                                      | en                            |
        | 2023            | 2023                                    | 2023                          | 2023                                    | 2023                          |
        | 2023-05         | 2023~ж. мамыр                           | май 2023~г.                   | Mayıs 2023                              | May 2023                      |
        | 2023-05-19      | 2023~ж. 19 мамыр                        | 19 мая 2023~г.                | 19 Mayıs 2023                           | May 19, 2023                  |
        | 2019/2021       | 2019–2021                               | 2019–2021                     | 2019–2021                               | 2019–2021                     |
        | 2022-01/2022-09 | 2022~ж. қаңтар–қыркүйек                 | январь–сентябрь 2022~г.       | Ocak–Eylül 2022                         | January–September 2022        |
        | 2023-11/2024-02 | 2023~ж. қараша–2024~ж. ақпан            | ноябрь 2023~г.–февраль 2024~г. | Kasım 2023–Şubat 2024                  | November 2023–February 2024   |
        | 2024-03/2024-03 | 2024~ж. наурыз                          | март 2024~г.                  | Mart 2024                               | March 2024                    |
        | ../2023-05      | бұрын (мәлімделген кезі: 2023~ж. мамыр) | ранее (заявлено: май 2023~г.) | önceki değer (beyan tarihi: Mayıs 2023) | previously (stated: May 2023) |
        """,
        Locale.period,
    )


def test_a_span_of_years_may_go_on() -> None:
    assert_written(
        """
        | first | last | kk              | ru               | tr                 | en           |
        | 1995  | 2017 | 1995–2017          | 1995–2017   | 1995–2017              | 1995–2017    |
        | 2018  |      | 2018 жылдан бастап | с 2018 года | 2018 yılından itibaren | from 2018 on |
        """,
        Locale.years,
    )


def test_plotly_is_told_the_same_signs() -> None:
    found = {language: locale.separators for language, locale in LOCALES.items()}
    assert found == {"kk": ",\u00a0", "ru": ",\u00a0", "tr": ",.", "en": ".,"}


def test_a_pair_of_economies_is_named_by_both() -> None:
    names = LOCALES["en"].name
    economies = {"KAZ": {"en": "Kazakhstan"}, "TUR": {"en": "Türkiye"}}
    assert names(economies, "KAZ-TUR") == "Kazakhstan–Türkiye"  # type: ignore[arg-type]


def test_every_period_and_status_of_the_warehouse_can_be_written(
    warehouse: object, locales: Mapping[Language, Locale]
) -> None:
    path = Path(warehouse.path)  # type: ignore[attr-defined]
    for period, status in rows_of(path, "SELECT DISTINCT period, status FROM observation"):
        for locale in locales.values():
            written = locale.period(period)
            assert written
            assert locale.status(status)
            assert not re.search(r"\d{4}-\d|/|\.\.", written), written


@pytest.mark.parametrize("language", LANGUAGES)
@given(value=amounts, decimals=st.integers(0, 4))
def test_a_number_can_be_read_back(language: Language, value: float, decimals: int) -> None:
    written = LOCALES[language].number(value, decimals)
    read = parse_decimal(written.replace("−", "-"), locale=language)
    assert read == Decimal(str(round(value, decimals)))


@given(value=amounts | st.just(114.965), decimals=st.integers(0, 4))
def test_a_number_of_a_frame_is_written_as_the_same_number_elsewhere(
    value: float, decimals: int
) -> None:
    english = LOCALES["en"]
    assert english.number(np.float64(value), decimals) == english.number(value, decimals)
    assert english.signed(np.float64(value), decimals) == english.signed(value, decimals)


@pytest.mark.parametrize("language", LANGUAGES)
@given(low=amounts, high=amounts, decimals=st.integers(0, 3))
def test_a_range_holds_both_its_ends(
    language: Language, low: float, high: float, decimals: int
) -> None:
    locale = LOCALES[language]
    written = locale.range(low, high, decimals)
    assert written.startswith(locale.number(low, decimals))
    assert written.endswith(locale.number(high, decimals))
    assert "-" not in written


@pytest.mark.parametrize("unit", ["USD", "days", "trains", "kt", "TEU", "percent", "km", "ratio"])
@given(value=amounts)
def test_a_unit_never_changes_the_number(unit: str, value: float) -> None:
    for locale in LOCALES.values():
        number = locale.number(locale.shown(value, unit), 1)
        assert number in locale.quantity(value, value, unit, decimals=1)


def test_the_browser_chooses_the_language() -> None:
    _, rows = cells(
        """
        | Accept-Language          | language |
        | tr-TR,tr;q=0.9,en;q=0.8  | tr       |
        | KK-Cyrl-KZ               | kk       |
        | ru;q=0.5, kk;q=0.9       | kk       |
        | de, en;q=0.5             | en       |
        | en; q=0.5, ru; q=0.8     | ru       |
        | en;q=0, ru;q=0.1         | ru       |
        | en;q=0                   | kk       |
        | de, fr                   | kk       |
        | *                        | kk       |
        |                          | kk       |
        """
    )
    assert [[accepted, negotiate(accepted)] for accepted, _ in rows] == rows


@given(st.text() | st.text(alphabet="enrutkk-*,;=q.019 "))
def test_whatever_the_header_says_the_answer_is_one_of_ours(accepted: str) -> None:
    assert negotiate(accepted) in LANGUAGES
