"""UN Comtrade's tables: three layouts, one meaning; only whole flows of goods are rows."""

from __future__ import annotations

import csv
import gzip
import io
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given

from etl.formats.document import Document
from etl.sources.comtrade_csv import COMTRADE_CSV
from etl.sources.source import Reading
from tests.etl.sources.answers import CATALOGUE, assert_sound, damaged, real_catalogue
from tests.tables import assert_refusals, assert_table, cells

_RECORD = {
    "typeCode": "C",
    "freqCode": "A",
    "refYear": "2018",
    "refMonth": "52",
    "period": "2018",
    "reporterCode": "398",
    "reporterISO": "KAZ",
    "reporterDesc": "Kazakhstan",
    "flowCode": "X",
    "flowDesc": "Export",
    "partnerCode": "792",
    "partnerISO": "TUR",
    "partnerDesc": "Türkiye",
    "partner2Code": "0",
    "classificationCode": "H5",
    "cmdCode": "TOTAL",
    "cmdDesc": "All Commodities",
    "aggrLevel": "0",
    "customsCode": "C00",
    "mosCode": "0 ",
    "motCode": "0",
    "cifvalue": "",
    "fobvalue": "10.5",
    "primaryValue": "10.5",
    "legacyEstimationFlag": "4",
    "isReported": "True",
    "isAggregate": "False",
}
_LEGACY = """year,flow,reporter,partner,cmdCode,cmdDescE,tradeValueUSD
2010,Export,Azerbaijan,World,1.0,Animals; live,30.0
2010,Export,Azerbaijan,Turkey,1.0,Animals; live,10.0
2010,Re-Import,Azerbaijan,Azerbaijan,27.0,"Fuels, oils",0.0
"""


def _record(**changed: str) -> str:
    """A file of one record with some fields changed."""
    return _records([{**_RECORD, **changed}])


def _records(records: list[dict[str, str]]) -> str:
    written = io.StringIO()
    file = csv.DictWriter(written, list(records[0]))
    file.writeheader()
    file.writerows(records)
    return written.getvalue()


def _several(text: str) -> str:
    """A file of the `| field | … |` records of a table, their other fields as in `_RECORD`."""
    header, rows = cells(text)
    return _records([{**_RECORD, **dict(zip(header, row, strict=True))} for row in rows])


def _read(text: str) -> Reading:
    document = Document("a.csv", text.encode())
    assert COMTRADE_CSV.recognises(document)
    reading = COMTRADE_CSV.read(document, CATALOGUE)
    assert_sound(reading)
    return reading


def test_the_fields_of_the_api():
    """Flows, months, products and valuations; whole numbers with a blank after them are the same."""
    reading = _read(
        _several("""
            | flowCode | flowDesc  | period | refMonth | freqCode | cmdCode | aggrLevel | cifvalue | fobvalue | primaryValue | isReported | isAggregate |
            | X        | Export    | 2018   | 52       | A        | TOTAL   | 0         |          | 10.5     | 10.5         | False      | True        |
            | M        | Import    | 201805 | 5        | M        | 030613  | 6         | 8.0      | 7        | 8            | True       | False       |
            | RX       | Re-export | 2018   | 52       | A        | 0306    | 4         |          |          | 0.0          | False      | False       |
            | RM       | Re-import | 2018   | 52       | A        | 03      | 2         |          |          |              | True       | False       |
            | M        | Import    | 2018   | 52       | A        | 9999AA  | 6         |          |          | 3            | True       | False       |
            | DX       | Domestic export | 2018 | 52   | A        | 03      | 2         |          |          | 3            | True       | False       |
        """)
    )
    assert_table(
        reading.rows,
        """
        | reporter | partner | flow      | product | classification | period  | value | unit | source   | valuation  | status   | place | note                                                           | row |
        | KAZ      | TUR     | export    | TOTAL   |                | 2018    | 10.5  | USD  | comtrade | FOB        | final    | row 2 | added up by the UN Statistics Division from the detail reported | 2   |
        | KAZ      | TUR     | import    | 030613  | H5             | 2018-05 | 8     | USD  | comtrade | CIF        | final    | row 3 |                                                                | 3   |
        | KAZ      | TUR     | re-export | 0306    | H5             | 2018    | 0.0   | USD  | comtrade | not stated | estimate | row 4 |                                                                | 4   |
        """,
    )
    assert reading.passed_over == (
        "Left out: 1 records of parts of flows (domestic, foreign, processing).",
        "Left out: 1 records of commodities without a code of the HS.",
        "Left out: 1 records of no value.",
    )


def test_the_same_fields_in_snake_case():
    """What a client renames to primary_value and partner2code reads as what the API gives."""
    renamed = "".join(
        f"_{letter.lower()}" if letter.isupper() else letter
        for letter in _record().split("\r\n")[0]
    )
    text = _record().replace(_record().split("\r\n")[0], renamed)
    assert "primary_value" in renamed
    assert _read(text).rows.equals(_read(_record()).rows)


def test_records_of_before_2022():
    """Chapters are float text without leading nought; an economy may re-import from itself."""
    assert_table(
        _read(_LEGACY).rows,
        """
        | reporter | partner | flow      | product | classification | period | value | valuation  | status | row |
        | AZE      | WLD     | export    | 01      | HS             | 2010   | 30.0  | not stated | final  | 2   |
        | AZE      | TUR     | export    | 01      | HS             | 2010   | 10.0  | not stated | final  | 3   |
        | AZE      | AZE     | re-import | 27      | HS             | 2010   | 0.0   | not stated | final  | 4   |
        """,
    )


def test_records_that_break_a_flow_down_are_left_out():
    """Second partners, customs procedures and transports repeat what the total holds."""
    reading = _read(
        _several("""
            | partner2Code | customsCode | motCode | fobvalue | primaryValue |
            | 0            | C00         | 0       | 10.5     | 10.5         |
            | 156          | C00         | 0       | 4        | 4            |
            | 0            | C01         | 0       | 5        | 5            |
            | 0            | C00         | 2100    | 6        | 6            |
        """)
    )
    assert_table(reading.rows, "| value | row |\n| 10.5 | 2 |")
    assert reading.passed_over == (
        "Left out: 3 records that break flows down (by second partner, customs procedure or transport).",
    )


def test_economies_by_number_where_names_are_missing():
    """The keyless API gives null names; 0 is the world; ISO codes of Comtrade's own are no names."""
    reading = _read(
        _several("""
            | reporterISO | reporterDesc | partnerCode | partnerISO | partnerDesc |
            |             |              | 0           |            |             |
            |             |              | 792         |            |             |
            | KAZ         |              | 860         | _UZ        |             |
            | KAZ         | Kazakhstan   | 031         | XYZ        | Azerbaijan  |
        """)
    )
    assert list(reading.rows["partner"]) == ["WLD", "TUR", "UZB", "AZE"]


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"typeCode": "S"}, "typeCode", "is no type of goods"),
        ({"classificationCode": "S4"}, "classificationCode", "is another classification"),
        ({"classificationCode": "B5"}, "classificationCode", "is another classification"),
        ({"flowCode": "Y"}, "flowCode", "is the code of one flow and the name of another"),
        ({"flowDesc": "Import"}, "flowCode", "is the code of one flow and the name of another"),
        ({"period": "2019"}, "period", "is another period than"),
        ({"period": "201801"}, "period", "is another period than"),
        ({"period": "201813"}, "period", "is neither a year nor a month"),
        ({"freqCode": "Q"}, "period", "is another period than"),
        ({"cmdCode": "30613", "aggrLevel": "6"}, "cmdCode", "is neither TOTAL nor a code"),
        ({"cmdCode": "0306", "aggrLevel": "6"}, "cmdCode", "has another number of digits"),
        ({"partnerDesc": "Uzbekistan"}, "partner", "is the name or the code of more than one"),
        ({"partnerCode": "999"}, "partner", "has a number of no economy"),
        ({"partnerDesc": "Atlantis"}, "partner", "is no economy known here"),
        ({"reporterCode": "0", "reporterDesc": "World"}, "reporter", "is the world"),
        ({"primaryValue": "11.5"}, "primaryValue", "is neither the CIF nor the FOB value"),
        ({"primaryValue": "10,5"}, "primaryValue", "is not an amount"),
        ({"primaryValue": "-10.5"}, "primaryValue", "is not an amount"),
        ({"isReported": "perhaps"}, "isReported", "is neither true nor false"),
        ({"motCode": "2100"}, "file", "holds no flow"),
    ],
)
def test_what_is_not_understood(changed, field, reason):
    """A field that is unknown, or contradicts its neighbours, is refused by name."""
    refusals = _read(_record(**changed)).refusals
    assert any(
        refusal.field == field and refusal.reason.startswith(reason) for refusal in refusals
    ), refusals


def test_a_header_without_a_field_is_refused():
    """Each missing field is named; what has another header is no table of Comtrade."""
    text = _LEGACY.replace("cmdCode", "code").replace("flow,", "direction,")
    document = Document("a.csv", text.encode())
    assert not COMTRADE_CSV.recognises(document)
    assert_refusals(
        COMTRADE_CSV.read(document, CATALOGUE).refusals,
        "| row | field |\n| 1 | cmdCode |\n| 1 | flowCode |",
    )


def test_partners_do_not_exceed_the_world():
    """Roundings are forgiven, more is refused at the world's figure."""
    assert not _read(_LEGACY.replace(",10.0", ",230.0")).refusals
    assert_refusals(
        _read(_LEGACY.replace(",10.0", ",231.0")).refusals,
        """
        | row | field        | value | reason                                                                                        |
        | 2   | primaryValue | 30.00 | is the world's figure (AZE, export, 01, 2010), but the partners add up to 231.00 |
        """,
    )


def test_a_record_twice():
    """The same record twice is one, with another value it is refused."""
    again = "2010,Export,Azerbaijan,Turkey,1.0,Animals,{}\n"
    assert len(_read(_LEGACY + again.format("10")).rows) == 3
    assert_refusals(_read(_LEGACY + again.format("11")).refusals, "| row | value |\n| 5 | 11 |")


@pytest.mark.slow
@given(damaged(_LEGACY.encode()) | damaged(_record().encode()))
def test_no_bytes_raise(content):
    """Damaged bytes give rows in our layout or refusals."""
    document = Document("a.csv", content)
    COMTRADE_CSV.recognises(document)
    assert_sound(COMTRADE_CSV.read(document, CATALOGUE))


_FILES = {
    "trade-comtrade-v1-records/eu_imports_173358rows.csv.gz": 173358,
    "trade-comtrade-v1-records/eu_imports_world_5004rows_47fields.csv.gz": 5004,
    "trade-comtrade-v1-records/example_1_usa_20rows_47fields.csv": 20,
    "trade-comtrade-v1-records/example_2_chn_33rows_47fields.csv": 33,
    "trade-comtrade-v1-records/example_3_tha_shrimp_1586rows_47fields.csv.gz": 1586,
    "trade-comtrade-hs2-23-reporters/subset_partner_ots7.csv.gz": 76168,
    "trade-comtrade-hs2-23-reporters/comtrade_hs2_23reporters_1991_2021.csv.gz": 2050346,
}


def _bytes(real_data, name: str) -> bytes:
    content = (real_data / name).read_bytes()
    return gzip.decompress(content) if name.endswith(".gz") else content


@pytest.mark.slow
@pytest.mark.parametrize("name", _FILES)
def test_comtrades_own_files(real_data, name):
    """Every record is a row, and the values add up to what a plain sum of the file gives."""
    content = _bytes(real_data, name)
    document = Document(name, content)
    assert COMTRADE_CSV.recognises(document)
    reading = COMTRADE_CSV.read(document, real_catalogue())
    assert (reading.refusals, len(reading.rows)) == ((), _FILES[name])
    column = "primary_value" if b"primary_value" in content[:2000] else "tradeValueUSD"
    plain = pd.read_csv(io.BytesIO(content), usecols=[column])[column].sum()
    assert reading.rows["value"].astype(float).sum() == pytest.approx(plain, rel=1e-12)


@pytest.mark.slow
def test_no_swapped_columns_go_unseen(real_data):
    """Two neighbouring columns exchanged under their headers give the same figures or refusals.

    Not seen are fobvalue for cifvalue, and isReported for isAggregate: each could be meant.
    """
    unseen = ["valuation", "note"]
    content = _bytes(real_data, list(_FILES)[4]).decode()
    catalogue = real_catalogue()
    whole = COMTRADE_CSV.read(Document("", content.encode()), catalogue).rows
    records = list(csv.reader(io.StringIO(content)))
    for first, second in pairwise(range(len(records[0]))):
        spoilt = [list(record) for record in records]
        for record in spoilt[1:]:
            record[first], record[second] = record[second], record[first]
        written = io.StringIO()
        csv.writer(written).writerows(spoilt)
        reading = COMTRADE_CSV.read(Document("", written.getvalue().encode()), catalogue)
        is_same = reading.rows.drop(columns=unseen).equals(whole.drop(columns=unseen))
        assert reading.refusals or is_same, records[0][first]
