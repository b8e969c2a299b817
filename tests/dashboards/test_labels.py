"""Names on a map: beside their marks, and never one upon another."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from dashboards.labels import AROUND, Label, Map, _extent, _overlap, place
from dashboards.shapes import Box
from tests.tables import cells

CORRIDOR = Map(Box(26, 34, 84, 54), 940)


def labels(text: str) -> list[Label]:
    """`| name | longitude | latitude |` lines as labels."""
    return [Label(name, float(east), float(north)) for name, east, north in cells(text)[1]]


CAUCASUS = labels(
    """
    | name        | longitude | latitude |
    | Poti        | 41.67     | 42.14    |
    | Tbilisi     | 44.83     | 41.69    |
    | Gardabani   | 45.09     | 41.46    |
    | Akhalkalaki | 43.49     | 41.41    |
    | Kars        | 43.09     | 40.60    |
    """
)


def test_a_name_alone_stands_above_its_mark() -> None:
    assert place(CAUCASUS[:1], CORRIDOR) == {CAUCASUS[0]: "top center"}


def test_neighbours_make_room_for_one_another() -> None:
    placed = place(CAUCASUS, CORRIDOR)
    assert {label.text: position for label, position in placed.items()} == {
        "Poti": "top center",
        "Tbilisi": "top center",
        "Gardabani": "middle right",
        "Akhalkalaki": "middle left",
        "Kars": "bottom center",
    }


def test_where_there_is_no_room_the_first_are_named() -> None:
    phone = place(CAUCASUS, Map(CORRIDOR.box, 350))
    assert [label.text for label in phone] == ["Poti", "Tbilisi", "Gardabani", "Kars"]


def test_what_is_fixed_stays_and_the_others_go_around_it() -> None:
    fixed = {CAUCASUS[1]: AROUND[1]}
    placed = place(CAUCASUS, CORRIDOR, fixed=fixed)
    assert placed[CAUCASUS[1]] == "bottom center"
    assert set(placed) >= set(fixed)


def test_a_name_does_not_leave_the_map() -> None:
    at_the_edge = Label("Istanbul", 26.1, 41)
    assert place([at_the_edge], CORRIDOR) == {at_the_edge: "middle right"}


def test_figures_stand_in_the_middle_of_what_they_are_of() -> None:
    assert place(CAUCASUS[:1], CORRIDOR, ["middle center"]) == {CAUCASUS[0]: "middle center"}


@given(
    st.lists(
        st.builds(
            Label,
            st.text("abcdefgh", min_size=1, max_size=14),
            st.floats(26, 84),
            st.floats(34, 54),
        ),
        max_size=25,
        unique=True,
    ),
    st.sampled_from([350.0, 940.0]),
)
def test_no_two_names_overlap(given: list[Label], width: float) -> None:
    where = Map(CORRIDOR.box, width)
    drawn = [_extent(label, position, where) for label, position in place(given, where).items()]
    assert not [pair for pair in combinations(drawn, 2) if _overlap(*pair)]
    assert all(extent.west >= 0 and extent.east <= width for extent in drawn)
