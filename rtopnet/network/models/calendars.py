"""On which days the offices of states are closed."""

from django.db import models

from rtopnet.network.models.members import InRegion, State


class StateCalendar(InRegion):
    """A state's days of rest in the week and its public holidays, from its region's pack."""

    state = models.OneToOneField(State, on_delete=models.PROTECT, related_name="calendar")
    rest_days = models.JSONField(default=list)
    """Weekdays; Monday is 0."""
    holidays = models.JSONField(default=dict)
    """Names by language, by date."""
    source = models.TextField()
    as_of = models.DateField()

    def __str__(self) -> str:
        return str(self.state_id)
