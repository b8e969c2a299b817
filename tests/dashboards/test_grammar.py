"""Endings in Kazakh and Turkish: what an educated reader would write behind a number, a unit or a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.grammar import CASES, Said, inflected, is_front
from dashboards.spoken import spoken
from tests.dashboards.serving import rows_of
from tests.tables import cells
from warehouse.catalog import Language
from warehouse.engine import Warehouse

KAZAKH = """
| text                   | ablative                  | dative                  | locative                 | genitive                  | accusative             |
| 12,9                   | 12,9-дан                  | 12,9-ға                 | 12,9-да                  | 12,9-дың                  | 12,9-ды                |
| 4,5                    | 4,5-тен                   | 4,5-ке                  | 4,5-те                   | 4,5-тің                   | 4,5-ті                 |
| 0,0                    | 0,0-ден                   | 0,0-ге                  | 0,0-де                   | 0,0-дің                   | 0,0-ді                 |
| 19–23                  | 19–23-тен                 | 19–23-ке                | 19–23-те                 | 19–23-тің                 | 19–23-ті               |
| 50                     | 50-ден                    | 50-ге                   | 50-де                    | 50-нің                    | 50-ні                  |
| 600                    | 600-ден                   | 600-ге                  | 600-де                   | 600-дің                   | 600-ді                 |
| 300 000                | 300 000-нан               | 300 000-ға              | 300 000-да               | 300 000-ның               | 300 000-ды             |
| 78 %                   | 78 %-дан                  | 78 %-ға                 | 78 %-да                  | 78 %-дың                  | 78 %-ды                |
| 12,9 млрд доллар       | 12,9 млрд доллардан       | 12,9 млрд долларға      | 12,9 млрд долларда       | 12,9 млрд доллардың       | 12,9 млрд долларды     |
| 23,00 млрд АҚШ доллары | 23,00 млрд АҚШ долларынан | 23,00 млрд АҚШ долларына| 23,00 млрд АҚШ долларында| 23,00 млрд АҚШ долларының | 23,00 млрд АҚШ долларын|
| 23 млрд                | 23 млрд-тан               | 23 млрд-қа              | 23 млрд-та               | 23 млрд-тың               | 23 млрд-ты             |
| 6 күн                  | 6 күннен                  | 6 күнге                 | 6 күнде                  | 6 күннің                  | 6 күнді                |
| 4 119 мың тонна        | 4 119 мың тоннадан        | 4 119 мың тоннаға       | 4 119 мың тоннада        | 4 119 мың тоннаның        | 4 119 мың тоннаны      |
| 85 ЖФЭ                 | 85 ЖФЭ-ден                | 85 ЖФЭ-ге               | 85 ЖФЭ-де                | 85 ЖФЭ-нің                | 85 ЖФЭ-ні              |
| 5 км                   | 5 км-ден                  | 5 км-ге                 | 5 км-де                  | 5 км-дің                  | 5 км-ді                |
| 2022 жыл               | 2022 жылдан               | 2022 жылға              | 2022 жылда               | 2022 жылдың               | 2022 жылды             |
| 5 пойыз                | 5 пойыздан                | 5 пойызға               | 5 пойызда                | 5 пойыздың                | 5 пойызды              |
| Қазақстан              | Қазақстаннан              | Қазақстанға             | Қазақстанда              | Қазақстанның              | Қазақстанды            |
| Түркия                 | Түркиядан                 | Түркияға                | Түркияда                 | Түркияның                 | Түркияны               |
| Әзербайжан             | Әзербайжаннан             | Әзербайжанға            | Әзербайжанда             | Әзербайжанның             | Әзербайжанды           |
| Өзбекстан              | Өзбекстаннан              | Өзбекстанға             | Өзбекстанда              | Өзбекстанның              | Өзбекстанды            |
| Қырғызстан             | Қырғызстаннан             | Қырғызстанға            | Қырғызстанда             | Қырғызстанның             | Қырғызстанды           |
| Мажарстан              | Мажарстаннан              | Мажарстанға             | Мажарстанда              | Мажарстанның              | Мажарстанды            |
| Түрікменстан           | Түрікменстаннан           | Түрікменстанға          | Түрікменстанда           | Түрікменстанның           | Түрікменстанды         |
| Солтүстік Кипр         | Солтүстік Кипрден         | Солтүстік Кипрге        | Солтүстік Кипрде         | Солтүстік Кипрдің         | Солтүстік Кипрді       |
| Грузия                 | Грузиядан                 | Грузияға                | Грузияда                 | Грузияның                 | Грузияны               |
| Қытай                  | Қытайдан                  | Қытайға                 | Қытайда                  | Қытайдың                  | Қытайды                |
| Ресей                  | Ресейден                  | Ресейге                 | Ресейде                  | Ресейдің                  | Ресейді                |
| Беларусь               | Беларусьтен               | Беларуське              | Беларусьте               | Беларусьтің               | Беларусьті             |
| Израиль                | Израильден                | Израильге               | Израильде                | Израильдің                | Израильді              |
| Вьетнам                | Вьетнамнан                | Вьетнамға               | Вьетнамда                | Вьетнамның                | Вьетнамды              |
| Гвинея-Бисау           | Гвинея-Бисаудан           | Гвинея-Бисауға          | Гвинея-Бисауда           | Гвинея-Бисаудың           | Гвинея-Бисауды         |
| Бангладеш              | Бангладештен              | Бангладешке             | Бангладеште              | Бангладештің              | Бангладешті            |
| Сауд Арабиясы          | Сауд Арабиясынан          | Сауд Арабиясына         | Сауд Арабиясында         | Сауд Арабиясының          | Сауд Арабиясын         |
| Америка Құрама Штаттары| Америка Құрама Штаттарынан| Америка Құрама Штаттарына| Америка Құрама Штаттарында| Америка Құрама Штаттарының| Америка Құрама Штаттарын|
| Алматы                 | Алматыдан                 | Алматыға                | Алматыда                 | Алматының                 | Алматыны               |
| Баку                   | Бакуден                   | Бакуге                  | Бакуде                   | Бакунің                   | Бакуні                 |
| АҚШ                    | АҚШ-тан                   | АҚШ-қа                  | АҚШ-та                   | АҚШ-тың                   | АҚШ-ты                 |
| ТМҰ                    | ТМҰ-дан                   | ТМҰ-ға                  | ТМҰ-да                   | ТМҰ-ның                   | ТМҰ-ны                 |
| «ҚТЖ»                  | «ҚТЖ»-дан                 | «ҚТЖ»-ға                | «ҚТЖ»-да                 | «ҚТЖ»-ның                 | «ҚТЖ»-ны               |
"""
TURKISH = """
| text                     | ablative                     | dative                     | locative                    | genitive                     | accusative                 |
| 12,9                     | 12,9'dan                     | 12,9'a                     | 12,9'da                     | 12,9'un                      | 12,9'u                     |
| 4,5                      | 4,5'ten                      | 4,5'e                      | 4,5'te                      | 4,5'in                       | 4,5'i                      |
| 0,0                      | 0,0'dan                      | 0,0'a                      | 0,0'da                      | 0,0'ın                       | 0,0'ı                      |
| 19–23                    | 19–23'ten                    | 19–23'e                    | 19–23'te                    | 19–23'ün                     | 19–23'ü                    |
| 50                       | 50'den                       | 50'ye                      | 50'de                       | 50'nin                       | 50'yi                      |
| 600                      | 600'den                      | 600'e                      | 600'de                      | 600'ün                       | 600'ü                      |
| 300.000                  | 300.000'den                  | 300.000'e                  | 300.000'de                  | 300.000'in                   | 300.000'i                  |
| %78                      | %78'den                      | %78'e                      | %78'de                      | %78'in                       | %78'i                      |
| 12,9 milyar dolar        | 12,9 milyar dolardan         | 12,9 milyar dolara         | 12,9 milyar dolarda         | 12,9 milyar doların          | 12,9 milyar doları         |
| 23 milyar ABD doları     | 23 milyar ABD dolarından     | 23 milyar ABD dolarına     | 23 milyar ABD dolarında     | 23 milyar ABD dolarının      | 23 milyar ABD dolarını     |
| 6 gün                    | 6 günden                     | 6 güne                     | 6 günde                     | 6 günün                      | 6 günü                     |
| 4.119 bin ton            | 4.119 bin tondan             | 4.119 bin tona             | 4.119 bin tonda             | 4.119 bin tonun              | 4.119 bin tonu             |
| 300.000 TEU              | 300.000 TEU'dan              | 300.000 TEU'ya             | 300.000 TEU'da              | 300.000 TEU'nun              | 300.000 TEU'yu             |
| 2 milyon kişi            | 2 milyon kişiden             | 2 milyon kişiye            | 2 milyon kişide             | 2 milyon kişinin             | 2 milyon kişiyi            |
| 5 km                     | 5 km'den                     | 5 km'ye                    | 5 km'de                     | 5 km'nin                     | 5 km'yi                    |
| 2 kat                    | 2 kattan                     | 2 kata                     | 2 katta                     | 2 katın                      | 2 katı                     |
| Kazakistan               | Kazakistan'dan               | Kazakistan'a               | Kazakistan'da               | Kazakistan'ın                | Kazakistan'ı               |
| Türkiye                  | Türkiye'den                  | Türkiye'ye                 | Türkiye'de                  | Türkiye'nin                  | Türkiye'yi                 |
| Azerbaycan               | Azerbaycan'dan               | Azerbaycan'a               | Azerbaycan'da               | Azerbaycan'ın                | Azerbaycan'ı               |
| Özbekistan               | Özbekistan'dan               | Özbekistan'a               | Özbekistan'da               | Özbekistan'ın                | Özbekistan'ı               |
| Kırgızistan              | Kırgızistan'dan              | Kırgızistan'a              | Kırgızistan'da              | Kırgızistan'ın               | Kırgızistan'ı              |
| Macaristan               | Macaristan'dan               | Macaristan'a               | Macaristan'da               | Macaristan'ın                | Macaristan'ı               |
| Türkmenistan             | Türkmenistan'dan             | Türkmenistan'a             | Türkmenistan'da             | Türkmenistan'ın              | Türkmenistan'ı             |
| Kuzey Kıbrıs             | Kuzey Kıbrıs'tan             | Kuzey Kıbrıs'a             | Kuzey Kıbrıs'ta             | Kuzey Kıbrıs'ın              | Kuzey Kıbrıs'ı             |
| Gürcistan                | Gürcistan'dan                | Gürcistan'a                | Gürcistan'da                | Gürcistan'ın                 | Gürcistan'ı                |
| Çin                      | Çin'den                      | Çin'e                      | Çin'de                      | Çin'in                       | Çin'i                      |
| Rusya                    | Rusya'dan                    | Rusya'ya                   | Rusya'da                    | Rusya'nın                    | Rusya'yı                   |
| Irak                     | Irak'tan                     | Irak'a                     | Irak'ta                     | Irak'ın                      | Irak'ı                     |
| Mısır                    | Mısır'dan                    | Mısır'a                    | Mısır'da                    | Mısır'ın                     | Mısır'ı                    |
| Nepal                    | Nepal'den                    | Nepal'e                    | Nepal'de                    | Nepal'in                     | Nepal'i                    |
| Bangladeş                | Bangladeş'ten                | Bangladeş'e                | Bangladeş'te                | Bangladeş'in                 | Bangladeş'i                |
| Mali                     | Mali'den                     | Mali'ye                    | Mali'de                     | Mali'nin                     | Mali'yi                    |
| Ürdün                    | Ürdün'den                    | Ürdün'e                    | Ürdün'de                    | Ürdün'ün                     | Ürdün'ü                    |
| Birleşik Arap Emirlikleri| Birleşik Arap Emirlikleri'nden| Birleşik Arap Emirlikleri'ne| Birleşik Arap Emirlikleri'nde| Birleşik Arap Emirlikleri'nin| Birleşik Arap Emirlikleri'ni|
| Türk Devletleri Teşkilatı| Türk Devletleri Teşkilatından| Türk Devletleri Teşkilatına| Türk Devletleri Teşkilatında| Türk Devletleri Teşkilatının | Türk Devletleri Teşkilatını|
| TDT                      | TDT'den                      | TDT'ye                     | TDT'de                      | TDT'nin                      | TDT'yi                     |
| ABD                      | ABD'den                      | ABD'ye                     | ABD'de                      | ABD'nin                      | ABD'yi                     |
"""
YEARS: dict[Language, str] = {
    "kk": """
        1995-тен 1996-дан 1997-ден 1998-ден 1999-дан 2000-нан 2001-ден 2002-ден 2003-тен 2004-тен
        2005-тен 2006-дан 2007-ден 2008-ден 2009-дан 2010-нан 2011-ден 2012-ден 2013-тен 2014-тен
        2015-тен 2016-дан 2017-ден 2018-ден 2019-дан 2020-дан 2021-ден 2022-ден 2023-тен 2024-тен
        2025-тен 2026-дан 2027-ден 2028-ден 2029-дан 2030-дан 2031-ден 2032-ден 2033-тен 2034-тен
        2035-тен 2036-дан 2037-ден 2038-ден 2039-дан 2040-тан""",
    "tr": """
        1995'ten 1996'dan 1997'den 1998'den 1999'dan 2000'den 2001'den 2002'den 2003'ten 2004'ten
        2005'ten 2006'dan 2007'den 2008'den 2009'dan 2010'dan 2011'den 2012'den 2013'ten 2014'ten
        2015'ten 2016'dan 2017'den 2018'den 2019'dan 2020'den 2021'den 2022'den 2023'ten 2024'ten
        2025'ten 2026'dan 2027'den 2028'den 2029'dan 2030'dan 2031'den 2032'den 2033'ten 2034'ten
        2035'ten 2036'dan 2037'den 2038'den 2039'dan 2040'tan""",
}
BACK = {"kk": set("аоұыя"), "tr": set("aıou")}
VOWELS = {"kk": set("аәеоөұүыіэияюё"), "tr": set("aeıioöuü")}
LETTERS = {"kk": "аәбғдеіжзйкқлмнңоөпрстұүшы", "tr": "abcçdefgğhıijklmnoöprsştuüvyz"}

both = pytest.mark.parametrize("language", ["kk", "tr"])


@pytest.mark.parametrize(("language", "text"), [("kk", KAZAKH), ("tr", TURKISH)])
def test_forms_are_those_of_an_educated_writer(language: Language, text: str) -> None:
    header, rows = cells(text)
    for word, *expected in rows:
        found = [inflected(word, language, case) for case in header[1:]]
        assert found == expected


@both
def test_years_are_read_aloud_to_be_inflected(language: Language) -> None:
    found = [inflected(str(year), language, "ablative") for year in range(1995, 2041)]
    assert found == YEARS[language].split()


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("kk", "Түркия", "Түркиямен"),
        ("kk", "ТМҰ", "ТМҰ-мен"),
        ("kk", "Ирак", "Иракпен"),
        ("kk", "78 %", "78 %-бен"),
        ("kk", "300\u00a0000", "300\u00a0000-мен"),
        ("tr", "Türkiye", "Türkiye'yle"),
        ("tr", "Özbekistan", "Özbekistan'la"),
        ("tr", "23 milyar ABD doları", "23 milyar ABD dolarıyla"),
    ],
)
def test_with_whom_is_told_too(language: Language, text: str, expected: str) -> None:
    assert inflected(text, language, "instrumental") == expected


@both
def test_every_economy_ends_in_harmony(language: Language, warehouse: Warehouse) -> None:
    for (name,) in rows_of(warehouse.path, f"SELECT name_{language} FROM economy"):
        ending = inflected(name, language, "locative")[len(name) :].strip("'-")
        is_back = not is_front(spoken(name, language).word, language)
        assert ending in (
            {"да", "та", "нда", "da", "ta", "nda"}
            if is_back
            else {"де", "те", "нде", "de", "te", "nde"}
        )


@both
@given(data=st.data())
def test_the_vowels_of_an_ending_agree_with_the_last_of_the_word(
    language: Language, data: st.DataObject
) -> None:
    word = data.draw(st.text(LETTERS[language], min_size=2, max_size=12))
    vowels = [letter for letter in word if letter in VOWELS[language]]
    if not vowels or word in {"saat", "rol"}:
        return
    for case in CASES[:-1]:
        ending = inflected(word, language, case)[len(word) :]
        assert ending
        for letter in (each for each in ending if each in VOWELS[language]):
            assert (letter in BACK[language]) == (vowels[-1] in BACK[language])


@both
@given(number=st.integers(0, 10**13))
def test_any_number_takes_an_ending_that_is_joined(language: Language, number: int) -> None:
    sign = {"kk": "-", "tr": "'"}[language]
    for case in CASES:
        written, _, ending = inflected(str(number), language, case).partition(sign)
        assert written == str(number)
        assert ending


def test_other_languages_and_no_text_stay_as_they_are() -> None:
    assert inflected("12 суток", "ru", "ablative") == "12 суток"
    assert inflected("Kazakhstan", "en", "genitive") == "Kazakhstan"
    assert inflected("", "kk", "dative") == ""


def test_a_message_asks_for_the_case_that_it_needs() -> None:
    values = {"first": "12 күн", "last": "6 күн"}
    said = {name: Said(text, "kk") for name, text in values.items()}
    template = "{first:ablative} {last:dative} дейін ({last})"
    assert template.format(**said) == "12 күннен 6 күнге дейін (6 күн)"


def test_russian_gives_its_cases_itself() -> None:
    day = Said("1 сутки", "ru", {"genitive": "1 суток"})
    assert f"{day}: до {day:genitive}" == "1 сутки: до 1 суток"
    with pytest.raises(ValueError, match="no case 'vocative'"):
        f"{day:vocative}"
