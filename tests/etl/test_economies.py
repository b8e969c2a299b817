"""Economies and groups: every name that a publisher prints leads to one of them, and to one only."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import pytest

from etl.economies import Economies, _folded
from etl.refusals import rows
from tests.data_folder import DATA
from warehouse.catalog import LANGUAGES

CATALOG = DATA / "catalog"
ISO_ECONOMIES = 249
CYRILLIC, LATIN = re.compile("[\u0400-\u04ff]"), re.compile("[A-Za-z]")


def _table(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def economies() -> Economies:
    """The whole catalogue."""
    files = (CATALOG / "economies.csv", CATALOG / "groups.csv")
    return Economies(*([*rows(_table(path))] for path in files))


def _names(listed: Sequence[Mapping[str, str]], columns: list[str]) -> list[tuple[str, str]]:
    """Whose (the first column) and which name, for every filled cell and every alias."""
    owner = next(iter(listed[0]))
    return [
        (row[owner], name)
        for row in listed
        for cell in columns
        for name in row[cell].split(";")
        if name
    ]


def test_a_name_belongs_to_one_economy_or_one_group(economies: Economies):
    """Neither two economies, nor an economy and a group, nor two groups answer to one name."""
    named = ["code", "alpha2", "aliases", *(f"name_{language}" for language in LANGUAGES)]
    owners: dict[str, set[str]] = defaultdict(set)
    for owner, name in _names(economies.economies, named):
        owners[_folded(name)].add(owner)
    for owner, name in _names(economies.groups, ["aliases"]):
        owners[_folded(name)].add(f"group {owner}")
    assert {name: who for name, who in owners.items() if len(who) > 1} == {}
    assert "" not in owners


def test_a_code_and_a_number_belong_to_one_economy(economies: Economies):
    """No alpha-3, alpha-2 or United Nations number stands twice; numbers have three digits."""
    for column in ("code", "alpha2", "m49"):
        listed = [part for _, part in _names(economies.economies, [column])]
        assert sorted(set(listed)) == sorted(listed), column
    assert all(re.fullmatch("[A-Z]{3}", row["code"]) for row in economies.economies)
    numbers = _names(economies.economies, ["m49"])
    assert all(re.fullmatch("[0-9]{3}", number) for _, number in numbers)


def test_every_economy_is_named_in_four_languages(economies: Economies):
    """Kazakh and Russian in Cyrillic only, Turkish and English in Latin letters only."""
    frame = pd.DataFrame(economies.economies)
    for language, foreign in (("kk", LATIN), ("ru", LATIN), ("tr", CYRILLIC), ("en", CYRILLIC)):
        names = frame[f"name_{language}"]
        assert [name for name in names if not name.strip() or foreign.search(name)] == []
        assert not names.duplicated().any(), language


def test_all_economies_of_iso_3166_are_there(economies: Economies):
    """Every alpha-2 code but Kosovo's, which is user-assigned, is an economy of ISO 3166-1."""
    codes = [row["alpha2"] for row in economies.economies]
    assert len([code for code in codes if code not in {"", "XK"}]) == ISO_ECONOMIES


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Российская Федерация", "RUS"),
        ("Иран, Исламская Республика", "IRN"),
        ("Босния И Герцеговина", "BIH"),
        ("Малые Тихоокеан. Отдаленные остроа США", "UMI"),
        ("ВСЕГО\nв том числе", "WLD"),
        ("Бардыгы", "WLD"),
        ("Bostwana", "BWA"),
        ("Butane", "BTN"),
        ("Котд Ивуар", "CIV"),
        ("Кот-д'Ивуар", "CIV"),
        ("Заир", "COD"),
        ("ЦАР", "CAF"),
        ("Конго", "COG"),
        ("Qirg`iziston", "KGZ"),
        ("Côte d’Ivoire", "CIV"),
        ("Korea, Dem. People's Rep.", "PRK"),
        ("Venezuela, República Bolivariana de", "VEN"),
        ("Serbia, FR(Serbia/Montenegro)", "SCG"),
        ("Other Asia, nes", "TWN"),
        ("Fmr USSR", "SUN"),
        ("Areas, nes", "XXN"),
        ("Micronesia, Fed. Sts.", "FSM"),
        ("Türkiye", "TUR"),
        ("na", "NAM"),
        ("Atlantis", None),
        ("Страны СНГ", None),
    ],
)
def test_printed_names(economies: Economies, name: str, code: str | None):
    """Whatever the publishers print: their spellings, misspellings, abbreviations and line breaks."""
    assert code == economies.code(name)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("398", "KAZ"),
        ("31", "AZE"),
        ("031", "AZE"),
        ("842", "USA"),
        ("840", "USA"),
        ("251", "FRA"),
        ("699", "IND"),
        ("757", "CHE"),
        ("490", "TWN"),
        ("0", None),
        ("999", None),
    ],
)
def test_numbers(economies: Economies, number: str, code: str | None):
    """ISO's and UN Comtrade's numbers; 0 is World to one publisher and the others to another."""
    assert code == economies.code_of_m49(number)


@pytest.mark.parametrize(
    "name",
    [
        "Страны СНГ", "страны еаэс", "Остальные страны мира", "Австралия и Океания", "ШОС",
        "ЕАЭБ", "European Union (EU)", "G110", "EMDEs by Source of Export Earnings: Fuel",
        "Europe & Central Asia (excluding high income)", "ECA", "ECS", "European Union",
    ],
)  # fmt: skip
def test_groups_are_not_economies(economies: Economies, name: str):
    """A row of a group is left out of sums, so it never is an economy as well."""
    assert economies.is_group(name)
    assert economies.code(name) is None


def test_no_printed_name_is_unknown(economies: Economies, real_data: Path):
    """Every partner in the files of Kazakhstan, Kyrgyzstan, Uzbekistan, the IMF and the World Bank."""
    printed = {
        "trade-kz-bns-by-country/kz_bns_by_country_all_vintages.csv": "country_ru",
        "trade-kg-nsc-by-country/kg_nsc_by_country_long.csv": "name_ky,name_ru,name_en",
        "trade-uz-stat-by-country/uz_stat_by_country_long.csv": "Klassifikator,Klassifikator_ru",
        "trade-imf-imts-russia/RU_trade.csv": "COUNTERPART_COUNTRY.ID,COUNTERPART_COUNTRY",
        "trade-comtrade-reference/partner.csv": "country",
        "trade-comtrade-reference/reporter.csv": "country",
        "findex-2021-edition/findex2021_ots_wide.csv": "Country name,Country code",
    }
    for file, columns in printed.items():
        frame = _table(real_data / file)
        for column in columns.split(","):
            unknown = {
                name
                for name in frame[column].unique()
                if (economies.code(name) is None) != economies.is_group(name)
            }
            assert set() == unknown, f"{file}, {column}"


def test_kazakh_names_lead_to_the_codes_that_their_file_gives(
    economies: Economies, real_data: Path
):
    """Each Russian name of the Bureau's editions is the economy that its alpha-3 code says."""
    file = real_data / "trade-kz-bns-by-country" / "kz_bns_by_country_all_vintages.csv"
    frame = _table(file).drop_duplicates(["iso3", "country_ru"])
    assert list(frame["iso3"]) == [economies.code(name) or "" for name in frame["country_ru"]]
