"""Work done later: procrastinate tasks that always open their database session as somebody."""

from collections.abc import Callable
from datetime import datetime, timedelta
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


def service_job(name: str, *, every: str = "", attempts: int = 1) -> Callable[[JobFunction], Any]:
    """Make a task whose service opens its database sessions by itself, one for each piece of work.

    Args:
        name: what ``defer_job`` asks for.
        every: cron times at which it also runs by itself, such as ``* * * * *``.
        attempts: how often it is tried before it counts as failed.
    """
    retry = RetryStrategy(max_attempts=attempts, exponential_wait=4) if attempts > 1 else False

    def make(function: JobFunction) -> Any:
        @app.task(name=name, pass_context=False, retry=retry)
        @wraps(function)
        def run(**arguments: Any) -> None:
            # A periodic run brings its timestamp along, which our services do not ask for.
            arguments.pop("timestamp", None)
            function(**arguments)

        task: Any = run
        return app.periodic(cron=every)(task) if every else task

    return make


def defer_job(
    name: str, *, at: datetime | None = None, wait: timedelta | None = None, **arguments: str
) -> None:
    """Have the task of that name run once the present transaction has committed; never if it does not.

    Args:
        name: the task's.
        at: not before that instant.
        wait: how long to leave it lying before that.
        arguments: what it is called with.
    """
    schedule = {"seconds": int(wait.total_seconds())} if wait else None
    app.configure_task(name, schedule_at=at, schedule_in=schedule).defer(**arguments)


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
