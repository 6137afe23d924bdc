import numpy as np
import pytest
from forewarn.contracts.errors import UnusableInputError
from forewarn.ingest.country_year import read_country_years

HEADER = "ewp_name,year,ccode,imr,size,mk_onset_1or2,mk_onset,mk_onset_1\n"
ROWS = ("Land B,2001,2,1.5,-2e1,0,1,0\n", "Land A,2001,1,,3,,0,\n", "Land A,2000,1,2,3,1.0,0.0,0\n")


@pytest.fixture
def table(tmp_path):
    def write(*rows, header=HEADER):
        path = tmp_path / "years.csv"
        path.write_text(header + "".join(rows))
        return path

    return write


def test_rows_come_by_year_and_country_with_blanks_as_nan(table):
    made, rejects = read_country_years(table(*ROWS))
    assert len(rejects) == 0
    assert made.country == ("Land A", "Land A", "Land B")
    assert made.year.tolist() == [2000, 2001, 2001]
    assert made.columns == ("imr", "size")
    assert made.complete.tolist() == [True, False, True]
    np.testing.assert_array_equal(made.predictors[2], [1.5, -20])
    np.testing.assert_array_equal(made.onset, [0, 0, 1])
    np.testing.assert_array_equal(made.onset_ahead, [1, np.nan, 0])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Land C,2001,3,many,3,0,0,0\n", "row 5: imr 'many' not a number"),
        ("Land C,01,3,1,3,0,0,0\n", "row 5: year '01' not a year"),
        ("Land C,2001,3,1,3,0,2,0\n", "row 5: mk_onset '2' not 0, 1 or blank"),
        ("Land C,2001,3,1,3,x,0,0\n", "row 5: mk_onset_1or2 'x' not 0, 1 or blank"),
        (",2001,3,1,3,0,0,0\n", "row 5: ewp_name '' missing"),
        ("Land A,2000,3,1,3,0,0,0\n", "row 5: year '2000' second row for this country and year"),
        ("Land C,2001,3\n", "row 5:"),
    ],
)
def test_a_bad_row_is_named_and_the_rest_kept(table, row, said):
    made, rejects = read_country_years(table(*ROWS, row))
    assert len(made.year) == 3
    assert len(rejects) == 1
    assert rejects.first().startswith(said)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (HEADER.replace("mk_onset_1or2", "other"), "column mk_onset_1or2 is missing; needed are ewp_name"),
        (HEADER.replace("size", "imr"), "column imr comes twice"),
        ("ewp_name,year,mk_onset,mk_onset_1or2\n", "no column to predict from"),
    ],
)
def test_a_header_that_will_not_do_is_refused(table, header, said):
    with pytest.raises(UnusableInputError, match=said):
        read_country_years(table(*ROWS, header=header))


def test_a_table_without_a_usable_row_is_refused(table):
    with pytest.raises(UnusableInputError, match="no usable row; row 2: year 'x' not a year"):
        read_country_years(table("Land A,x,1,2,3,1,0,0\n"))
