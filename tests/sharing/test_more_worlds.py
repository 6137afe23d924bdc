"""Five thousand further worlds, in a file of their own so that another process can take them."""

import pytest

from tests.sharing.test_reading_rule import hold_over_worlds

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.mark.parametrize("part", range(5, 9))
def test_the_database_and_the_rule_agree_over_five_thousand_more(part):
    hold_over_worlds(1_250, part)
