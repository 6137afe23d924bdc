"""What watch rules can watch: each measure is one file here that registers itself."""

from rtopnet.warning.alerts.measures import first_level, outlook, state_deaths  # noqa: F401 -- they register
from rtopnet.warning.alerts.measures.registry import Measure, Place, Watcher, measure_of, measures

__all__ = ["Measure", "Place", "Watcher", "measure_of", "measures"]
