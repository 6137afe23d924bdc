"""The room's work once a day."""

from rtopnet.assistance.public import ask_for_confirmations
from rtopnet.kernel.jobs import service_job


@service_job("ask_for_confirmations", every="23 1 * * *")
def clearances_run_out() -> None:
    """Ask keepers to have confirmed what runs out within a month."""
    ask_for_confirmations()
