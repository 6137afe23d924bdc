"""Where expressions run: DuckDB on one machine, Spark where one machine is outgrown."""

from forewarn.engines.base import ENGINE_NAMES, Engine
from forewarn.engines.delimited import DelimitedText, Dialect, open_delimited
from forewarn.engines.opening import get_ready, open_engine

__all__ = ["ENGINE_NAMES", "DelimitedText", "Dialect", "Engine", "get_ready", "open_delimited", "open_engine"]
