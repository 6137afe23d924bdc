"""The one place that speaks to forewarn; no Django, no database."""

from rtopnet.warning.forecasts.forewarn_adapter.outlook import READABLE, compute_outlook, read_starter_file

__all__ = ["READABLE", "compute_outlook", "read_starter_file"]
