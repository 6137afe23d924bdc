"""Two who do the same at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.network.public import SignInLinkSpentError, give_sign_in_link, use_sign_in_link
from tests.factories import make_account, make_region

READERS = 6


@pytest.mark.usefixtures("committed")
def test_a_link_used_by_several_at_once_lets_one_in():
    reader = make_account(make_region())
    with acting_for(Capacity.INSTALLATION):
        secret = give_sign_in_link(account=reader)
    together = Barrier(READERS)

    def use(_):
        try:
            with acting_for(Capacity.SIGN_IN):
                together.wait()
                use_sign_in_link(secret=secret)
        except SignInLinkSpentError:
            return 0
        else:
            return 1
        finally:
            connection.close()

    with ThreadPoolExecutor(READERS) as pool:
        assert sum(pool.map(use, range(READERS))) == 1
