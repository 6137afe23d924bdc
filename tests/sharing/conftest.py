"""A weakened policy, where the mutation run asks for one, to see a test fail."""

import json
import os

import pytest
from django.db import connections


@pytest.fixture(scope="session", autouse=True)
def weakened_policy(request, django_db_blocker):
    """Put the condition named by RTOPNET_POLICY_MUTANT in a policy's place, in the test database alone."""
    mutant = json.loads(os.environ.get("RTOPNET_POLICY_MUTANT", "null"))
    if mutant:
        request.getfixturevalue("django_db_setup")
        with django_db_blocker.unblock(), connections["owner"].cursor() as cursor:
            cursor.execute(
                f'ALTER POLICY "{mutant["policy"]}" ON {mutant["table"]} '
                f"{mutant['clause']} ({mutant['condition']})"
            )
