"""The room's work by the clock."""

from rtopnet.kernel.jobs import service_job
from rtopnet.warning.alerts.public import ask_all_rules, escalate_overruns


@service_job("escalate_overruns", every="*/15 * * * *")
def overruns_are_told() -> None:
    """Tell whom the network agreed on of stages that took too long."""
    escalate_overruns()


@service_job("ask_watch_rules", every="41 2 * * *")
def rules_are_asked() -> None:
    """Ask every watch rule for the newest month, once for each."""
    ask_all_rules()
