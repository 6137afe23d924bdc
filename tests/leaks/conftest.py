"""The world of facts, and who looks at it."""

import pytest

from tests.leaks.facts import build
from tests.leaks.visits import TALLY, share_of, viewers


@pytest.fixture
def leaks(settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    # What is refused for coming too often would show nothing.
    settings.API_CALLS_A_MINUTE = 10**9
    return build()


@pytest.fixture
def people(leaks):
    """Those viewers that are this process's part of the work."""
    found = share_of(viewers(leaks))
    TALLY["viewers"] = max(TALLY["viewers"], len(found))
    return found
