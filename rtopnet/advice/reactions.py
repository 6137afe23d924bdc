"""What follows for papers from news of other rooms."""

from rtopnet.advice.services import tell_cleared
from rtopnet.kernel.events import subscribe
from rtopnet.meetings.public import ProcedureAdopted


@subscribe(ProcedureAdopted)
def on_adopted(event: ProcedureAdopted) -> None:
    """Tell the owner's desk that the paper waits to be transmitted."""
    tell_cleared(record=event.record)
