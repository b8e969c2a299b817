"""Two-sided trade: both sides as reported, their gap, how reliable each is, and one estimate."""

from __future__ import annotations

from itertools import permutations
from math import exp, log

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.transforms.two_sided import CIF_FACTOR, PREFERRED, two_sided
from tests.tables import assert_table, table

GROUP = ("AZE", "KAZ", "KGZ", "TUR", "UZB")
_CONSTANT = {
    "product_code": "TOTAL",
    "source_id": "stat",
    "vintage": "2024",
    "valuation": "FOB",
    "classification": "",
    "newest_until": "",
    "preferred_until": "",
}
_MAY_BE_MISSING = ("classification", "newest_until", "preferred_until")


def _flows(text: str | pd.DataFrame) -> pd.DataFrame:
    """Flows as the warehouse holds them, what is not shown being the same in all."""
    shown = table(text) if isinstance(text, str) else text
    frame = shown.assign(**{key: to for key, to in _CONSTANT.items() if key not in shown})
    for column in _MAY_BE_MISSING:
        frame[column] = frame[column].mask(frame[column] == "")
    return frame.assign(value_usd=frame["value_usd"].astype(float))


def _preferred(flows: pd.DataFrame) -> pd.DataFrame:
    compared, _measured = two_sided(flows, GROUP)
    return compared[compared["basis"] == PREFERRED].reset_index(drop=True)


def test_both_sides_stand_as_reported():
    """The gap, its ratio and index are of the reported figures; the estimate is of those made FOB."""
    compared = _preferred(
        _flows("""
            | reporter_code | partner_code | flow_code | period | value_usd | valuation |
            | UZB           | KGZ          | export    | 2020   | 300       | FOB       |
            | KGZ           | UZB          | import    | 2020   | 106       | CIF       |
        """)
    )
    assert_table(
        compared,
        """
        | exporter_code | importer_code | period | exporter_value_usd | importer_value_usd | gap_usd | low_usd | high_usd | reconciled_usd | exporter_weight | method        |
        | UZB           | KGZ           | 2020   | 300                | 106                | -194    | 100     | 300      | 200            | 0.5             | equal weights |
        """,
    )
    assert list(zip(compared["ratio"], compared["gap_index"], strict=True)) == [
        (106 / 300, 194 / 406)
    ]


def test_one_side_alone_is_the_estimate():
    """An import is freed of freight unless it is FOB; what a source does not state is assumed aloud."""
    compared = _preferred(
        _flows("""
            | reporter_code | partner_code | flow_code | period | value_usd | valuation  |
            | KGZ           | UZB          | export    | 2019   | 100       | FOB        |
            | KGZ           | UZB          | export    | 2020   | 100       | not stated |
            | KGZ           | UZB          | import    | 2020   | 212       | CIF        |
            | KGZ           | UZB          | import    | 2021   | 212       | not stated |
            | KGZ           | UZB          | import    | 2022   | 212       | FOB        |
        """)
    )
    assert_table(
        compared,
        """
        | exporter_code | importer_code | period | exporter_value_usd | importer_value_usd | gap_usd | ratio | low_usd | reconciled_usd | exporter_weight | method        | assumed      |
        | KGZ           | UZB           | 2019   | 100                |                    |         |       |         | 100            | 1               | exporter only |              |
        | KGZ           | UZB           | 2020   | 100                |                    |         |       |         | 100            | 1               | exporter only | exporter FOB |
        | UZB           | KGZ           | 2020   |                    | 212                |         |       |         | 200            | 0               | importer only |              |
        | UZB           | KGZ           | 2021   |                    | 212                |         |       |         | 200            | 0               | importer only | importer CIF |
        | UZB           | KGZ           | 2022   |                    | 212                |         |       |         | 212            | 0               | importer only |              |
        """,
    )


def test_a_reported_zero_is_a_figure():
    """Zero against something is the widest gap there is; a ratio to nothing is none."""
    assert_table(
        _preferred(
            _flows("""
                | reporter_code | partner_code | flow_code | period | value_usd |
                | KGZ           | UZB          | export    | 2020   | 0         |
                | UZB           | KGZ          | import    | 2020   | 50        |
                | KGZ           | UZB          | export    | 2021   | 0         |
                | UZB           | KGZ          | import    | 2021   | 0         |
            """)
        ),
        """
        | period | gap_usd | ratio | gap_index | low_usd | high_usd | reconciled_usd |
        | 2020   | 50      |       | 1         | 0       | 50       | 25             |
        | 2021   | 0       |       |           | 0       | 0        | 0              |
        """,
    )


def test_each_basis_has_its_own_rows():
    """The preferred sources face each other, and each source faces itself; editions never mix."""
    compared, _measured = two_sided(
        _flows("""
            | reporter_code | partner_code | flow_code | period | source_id | vintage | value_usd | newest_until | preferred_until |
            | KAZ           | UZB          | export    | 2020   | bns       | 2023    | 1         | 2024-01-01   | 2024-01-01      |
            | KAZ           | UZB          | export    | 2020   | bns       | 2024    | 10        |              |                 |
            | KAZ           | UZB          | export    | 2020   | wits      | 2022    | 20        |              | 2024-01-01      |
            | UZB           | KAZ          | import    | 2020   | stat      | 2021    | 30        |              |                 |
            | UZB           | KAZ          | import    | 2020   | wits      | 2022    | 40        |              | 2024-01-01      |
        """),
        GROUP,
    )
    assert_table(
        compared,
        """
        | basis     | exporter_source_id | exporter_vintage | importer_source_id | importer_vintage | exporter_value_usd | importer_value_usd |
        | bns       | bns                | 2024             |                    |                  | 10                 |                    |
        | preferred | bns                | 2024             | stat               | 2021             | 10                 | 30                 |
        | stat      |                    |                  | stat               | 2021             |                    | 30                 |
        | wits      | wits               | 2022             | wits               | 2022             | 20                 | 40                 |
        """,
    )


def test_what_is_not_compared():
    """Re-exports, months, the world, outsiders and a country with itself have no two sides here."""
    compared = _preferred(
        _flows("""
            | reporter_code | partner_code | flow_code | period  | value_usd |
            | KGZ           | UZB          | export    | 2020    | 1         |
            | KGZ           | UZB          | re-export | 2020    | 2         |
            | KGZ           | UZB          | export    | 2020-01 | 3         |
            | KGZ           | WLD          | export    | 2020    | 4         |
            | CHN           | UZB          | export    | 2020    | 5         |
            | KGZ           | KGZ          | import    | 2020    | 6         |
        """)
    )
    assert list(compared["reconciled_usd"]) == [1.0]


def test_products_of_two_editions_are_not_compared():
    """A chapter is the same in every HS edition; a subheading may be another good, a total never."""
    assert_table(
        _preferred(
            _flows("""
                | reporter_code | partner_code | flow_code | period | product_code | classification | value_usd |
                | KGZ           | UZB          | export    | 2020   | 27           | H4             | 2         |
                | UZB           | KGZ          | import    | 2020   | 27           | H5             | 4         |
                | KGZ           | UZB          | export    | 2020   | 270900       | H4             | 2         |
                | UZB           | KGZ          | import    | 2020   | 270900       | H5             | 4         |
                | KGZ           | UZB          | export    | 2020   | 271000       | H5             | 2         |
                | UZB           | KGZ          | import    | 2020   | 271000       | H5             | 4         |
            """)
        ),
        """
        | product_code | exporter_value_usd | importer_value_usd | gap_usd | reconciled_usd | method          |
        | 27           | 2                  | 4                  | 2       | 3              | equal weights   |
        | 270900       | 2                  | 4                  |         |                | editions differ |
        | 271000       | 2                  | 4                  | 2       | 3              | equal weights   |
        """,
    )


def test_nothing_in_nothing_out():
    """A source without any pair of the group gives two empty tables."""
    compared, measured = two_sided(_flows(_reports({})), GROUP)
    assert (len(compared), len(measured)) == (0, 0)


Truths = dict[tuple[str, str, int], tuple[float, float]]
"""What exporter and importer say, by exporter, importer and year."""


def _reports(truths: Truths) -> pd.DataFrame:
    exports = [(i, j, "export", str(year), said) for (i, j, year), (said, _) in truths.items()]
    imports = [(j, i, "import", str(year), said) for (i, j, year), (_, said) in truths.items()]
    names = ["reporter_code", "partner_code", "flow_code", "period", "value_usd"]
    return pd.DataFrame(exports + imports, columns=names)


def _measured(truths: Truths) -> pd.DataFrame:
    _compared, measured = two_sided(_flows(_reports(truths)), GROUP)
    return measured[measured["basis"] == PREFERRED]


def test_who_disagrees_with_all_weighs_less():
    """Two agree, the third says double: with effects that add up its distance is ln 2, theirs a third.

    mean + 2a = 0 and mean − a = ln 2 give a = −ln 2 / 3 for the two, hence their distance ln 2 / 3;
    that of the third, 4/3 ln 2, is more than anybody saw and stays at ln 2. Weights are 1 to 3.
    """
    says = {"KAZ": 100.0, "KGZ": 200.0, "UZB": 100.0}
    truths = {
        (i, j, year): (says[i], says[j])
        for i, j in permutations(says, 2)
        for year in range(2015, 2020)
    }
    assert_table(
        _measured(truths),
        """
        | product_level | reporter_code | role     | figures | partners | distance | reliability |
        | TOTAL         | KAZ           | exporter | 10      | 2        | 0.231049 | 0.793701    |
        | TOTAL         | KAZ           | importer | 10      | 2        | 0.231049 | 0.793701    |
        | TOTAL         | KGZ           | exporter | 10      | 2        | 0.693147 | 0.5         |
        | TOTAL         | KGZ           | importer | 10      | 2        | 0.693147 | 0.5         |
        | TOTAL         | UZB           | exporter | 10      | 2        | 0.231049 | 0.793701    |
        | TOTAL         | UZB           | importer | 10      | 2        | 0.231049 | 0.793701    |
        """,
    )
    compared = _preferred(_flows(_reports(truths)))
    assert_table(
        compared[compared["period"] == "2019"],
        """
        | exporter_code | importer_code | exporter_weight | reconciled_usd | method   |
        | KAZ           | KGZ           | 0.75            | 125            | weighted |
        | KAZ           | UZB           | 0.5             | 100            | weighted |
        | KGZ           | KAZ           | 0.25            | 125            | weighted |
        | KGZ           | UZB           | 0.25            | 125            | weighted |
        | UZB           | KAZ           | 0.5             | 100            | weighted |
        | UZB           | KGZ           | 0.75            | 125            | weighted |
        """,
    )


@pytest.mark.parametrize(
    ("partners", "years"),
    [(("KGZ",), 20), (("KGZ", "UZB"), 4)],
    ids=["one partner", "eight figures"],
)
def test_too_little_to_judge_by(partners: tuple[str, ...], years: int):
    """One partner, or few figures, tell not who is wrong: no index, and equal weights that say so."""
    group = ("KAZ", *partners)
    truths = {(i, j, 2000 + n): (1.0, 2.0) for i, j in permutations(group, 2) for n in range(years)}
    measured = _measured(truths)
    assert {len(partners) * years} == set(measured["figures"])
    assert measured[["distance", "reliability"]].isna().all(axis=None)
    assert {"equal weights"} == set(_preferred(_flows(_reports(truths)))["method"])


def test_groups_that_nobody_joins_are_analysed_apart():
    """Where AZE and KAZ only ever sell to KGZ and UZB, those flows say nothing of the way back."""
    west, east = ("AZE", "KAZ"), ("KGZ", "UZB")
    truths = {(i, j, 2000 + n): (1.0, exp(0.1)) for i in west for j in east for n in range(9)}
    truths |= {(j, i, 2000 + n): (1.0, exp(0.4)) for i in west for j in east for n in range(9)}
    measured = _measured(truths)
    assert {
        **{(code, "exporter"): 0.1 for code in west},
        **{(code, "importer"): 0.1 for code in east},
        **{(code, "exporter"): 0.4 for code in east},
        **{(code, "importer"): 0.4 for code in west},
    } == {(row["reporter_code"], row["role"]): row["distance"] for _, row in measured.iterrows()}


def test_a_year_counts_once_however_many_its_products():
    """Small chapters that disagree much do not outvote the large one that agrees."""
    text = ["| reporter_code | partner_code | flow_code | period | product_code | value_usd |"]
    for i, j in permutations(("KAZ", "KGZ", "UZB"), 2):
        for year in range(2010, 2015):
            for product, said in {"27": (990, 990), "01": (4, 6)}.items():
                text.append(f"| {i} | {j} | export | {year} | {product} | {said[0]} |")
                text.append(f"| {j} | {i} | import | {year} | {product} | {said[1]} |")
    _compared, measured = two_sided(_flows("\n".join(text)), GROUP)
    # log(6 / 4) × 10 / 1990 = 0.002 is less than the floor of one percent.
    assert {("HS2", 20, 0.01)} == set(
        zip(measured["product_level"], measured["figures"], measured["distance"], strict=True)
    )


_AMOUNT = st.integers(1, 10**12).map(lambda cents: cents / 100)
_TRUTHS = st.dictionaries(
    st.tuples(st.sampled_from(list(permutations(GROUP[:4], 2))), st.integers(2010, 2017)).map(
        lambda key: (*key[0], key[1])
    ),
    st.tuples(_AMOUNT, _AMOUNT),
    min_size=60,
    max_size=96,
)
_law = settings(max_examples=10)


@pytest.mark.slow
@_law
@given(truths=_TRUTHS, seed=st.integers(0, 2**32 - 1))
def test_no_order_of_rows_matters(truths: Truths, seed: int):
    """The same rows shuffled give the same tables to the last digit."""
    flows = _flows(_reports(truths))
    shuffled = flows.sample(frac=1, random_state=seed)
    for expected, actual in zip(two_sided(flows, GROUP), two_sided(shuffled, GROUP), strict=True):
        pd.testing.assert_frame_equal(expected, actual, check_exact=True)


@pytest.mark.slow
@_law
@given(truths=_TRUTHS, cif=st.booleans())
def test_the_estimate_lies_between_the_sides(truths: Truths, cif: bool):
    """Never above the higher nor below the lower of the two figures made FOB."""
    flows = _flows(_reports(truths))
    if cif:
        flows["valuation"] = flows["valuation"].mask(flows["flow_code"] == "import", "CIF")
    compared = _preferred(flows)
    factor = CIF_FACTOR if cif else 1
    fob = pd.concat(
        [compared["exporter_value_usd"], compared["importer_value_usd"] / factor], axis=1
    ).round(2)
    assert (compared["low_usd"] == fob.min(axis=1)).all()
    assert (compared["high_usd"] == fob.max(axis=1)).all()
    assert compared["reconciled_usd"].between(compared["low_usd"], compared["high_usd"]).all()
    assert compared["exporter_weight"].between(0, 1).all()


@pytest.mark.slow
@_law
@given(truths=_TRUTHS)
def test_the_roles_are_treated_alike(truths: Truths):
    """Were every exporter the importer and the other way round, each would keep its weight."""
    there = _preferred(_flows(_reports(truths)))
    back = _preferred(_flows(_reports({(j, i, y): (m, x) for (i, j, y), (x, m) in truths.items()})))
    key = ["exporter_code", "importer_code", "period"]
    turned = back.rename(columns={key[0]: key[1], key[1]: key[0]}).sort_values(key)
    assert list(there["exporter_weight"]) == pytest.approx(
        list(1 - turned["exporter_weight"]), abs=1e-5
    )
    assert list(there["gap_usd"]) == list(-turned["gap_usd"])


@pytest.mark.slow
@_law
@given(truths=_TRUTHS, scale=st.floats(1e-2, 1e3))
def test_weights_know_no_unit(truths: Truths, scale: float):
    """In another currency the weights are the same."""
    one = _preferred(_flows(_reports(truths)))
    other = _flows(_reports(truths))
    scaled = _preferred(other.assign(value_usd=other["value_usd"] * scale))
    assert list(one["exporter_weight"]) == pytest.approx(list(scaled["exporter_weight"]), abs=1e-5)
    assert list(one["method"]) == list(scaled["method"])


def test_distances_are_absolute_logarithms():
    """Half and double are equally far: both ln 2."""
    halves = {
        (i, j, year): (1.0, 2.0 if year % 2 else 0.5)
        for i, j in permutations(("KAZ", "KGZ", "UZB"), 2)
        for year in range(2010, 2020)
    }
    assert {round(log(2), 6)} == set(_measured(halves)["distance"])
