"""Work done later: procrastinate tasks that always open their database session as somebody."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from rtopnet.kernel.acting import Capacity, acting_as, acting_for

JobFunction = Callable[..., None]


def account_job(name: str, *, attempts: int = 3) -> Callable[[JobFunction], Any]:
    """Make a task that runs as the account it is deferred with: ``task.defer(account_id=str(id), …)``."""

    def make(function: JobFunction) -> Any:
        @app.task(name=name, retry=RetryStrategy(max_attempts=attempts, exponential_wait=4))
        @wraps(function)
        def run(*, account_id: str, **arguments: Any) -> None:
            with acting_as(UUID(account_id)):
                function(**arguments)

        return run

    return make


def installation_job(name: str, *, attempts: int = 3) -> Callable[[JobFunction], Any]:
    """Make a task of the installation itself, such as computing an outlook."""

    def make(function: JobFunction) -> Any:
        @app.task(name=name, retry=RetryStrategy(max_attempts=attempts, exponential_wait=4))
        @wraps(function)
        def run(**arguments: Any) -> None:
            with acting_for(Capacity.INSTALLATION):
                function(**arguments)

        return run

    return make
