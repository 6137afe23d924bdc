"""The ledger's work by the clock."""

from procrastinate.contrib.django import app

from rtopnet.audit.public import checkpoint_ledger
from rtopnet.kernel.jobs import installation_job


@app.periodic(cron="10 0 * * *")
@installation_job("checkpoint_ledger")
def checkpoint_daily(*, timestamp: int) -> None:  # noqa: ARG001 -- the clock's tick, which it has no use for
    """Sign where every book ends, each day."""
    checkpoint_ledger()
