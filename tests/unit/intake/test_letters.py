from hypothesis import given
from hypothesis import strategies as st

from awards.intake.letters import column_index, column_letters


def test_columns_are_lettered_as_in_spreadsheets() -> None:
    assert [column_letters(index) for index in (0, 25, 26, 701, 702, 16383)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]


@given(st.integers(0, 20_000))
def test_letters_lead_back_to_the_column(index: int) -> None:
    assert column_index(column_letters(index)) == index
