"""An event's deaths fall on the months of its days, in whole deaths, and none is lost."""

from forewarn.panel.spread import by_month

JANUARY_2020 = 12 * 2020


def spread(tiny, outcome_of, drawing):
    months = by_month(tiny(drawing))
    return outcome_of(
        months.select("id", month=months.month - JANUARY_2020, deaths=months.deaths, events=months.events)
    )


def test_an_event_within_a_month_stays_whole(tiny, outcome_of):
    table = """
        source:text  id:int  date_start:date  date_end:date  best:int
        ged          1       2020-01-31       2020-01-31     5
        ged          2       2020-02-01       2020-02-29     7
    """
    assert spread(tiny, outcome_of, table) == [(1, 0, 5, 1), (2, 1, 7, 1)]


def test_a_longer_event_is_shared_by_days(tiny, outcome_of):
    table = """
        source:text  id:int  date_start:date  date_end:date  best:int
        ged          1       2020-01-22       2020-02-10     20
    """
    assert spread(tiny, outcome_of, table) == [(1, 0, 10, 1), (1, 1, 10, 0)]


def test_deaths_left_over_go_to_the_largest_remainders_and_then_the_earlier_month(tiny, outcome_of):
    table = """
        source:text  id:int  date_start:date  date_end:date  best:int
        ged          1       2020-01-22       2020-02-10     1
        ged          2       2020-01-31       2020-02-10     1
        ged          3       2020-01-01       2020-12-31     10
        ged          4       2019-12-31       2020-02-01     0
    """
    assert spread(tiny, outcome_of, table) == [
        (1, 0, 1, 1),
        (1, 1, 0, 0),
        (2, 0, 0, 1),
        (2, 1, 1, 0),
        # 31 days weigh 310/366, 30 days 300/366, 29 days 290/366: ten deaths for the seven months of 31 days
        # and the three first of 30
        (3, 0, 1, 1),
        (3, 1, 0, 0),
        (3, 2, 1, 0),
        (3, 3, 1, 0),
        (3, 4, 1, 0),
        (3, 5, 1, 0),
        (3, 6, 1, 0),
        (3, 7, 1, 0),
        (3, 8, 1, 0),
        (3, 9, 1, 0),
        (3, 10, 0, 0),
        (3, 11, 1, 0),
        (4, -1, 0, 1),
        (4, 0, 0, 0),
        (4, 1, 0, 0),
    ]


def test_equal_ids_of_two_sources_are_two_events(tiny, outcome_of):
    table = """
        source:text  id:int  date_start:date  date_end:date  best:int
        ged          1       2020-01-31       2020-02-01     3
        other        1       2020-01-31       2020-02-01     3
    """
    assert spread(tiny, outcome_of, table) == [(1, 0, 2, 1), (1, 0, 2, 1), (1, 1, 1, 0), (1, 1, 1, 0)]
