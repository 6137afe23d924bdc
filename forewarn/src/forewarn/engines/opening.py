"""Finds the engine a person named."""

from importlib.util import find_spec

from forewarn.contracts.errors import UnusableInputError
from forewarn.engines.base import ENGINE_NAMES, Engine


def get_ready() -> None:
    """Load what running expressions needs; takes a second, and only saves the next caller from it."""
    open_engine().close()


def open_engine(name: str = "duckdb") -> Engine:
    """Open ``duckdb``, ``spark-local`` or ``spark://HOST:PORT``; close it when done, or use it as a context.

    Raises:
        UnusableInputError: the name is none of these, or Spark is asked for and not installed.
    """
    if name == "duckdb":
        from forewarn.engines.duck import DuckEngine

        return DuckEngine()
    if name == "spark-local" or name.startswith("spark://"):
        if find_spec("pyspark") is None:
            raise UnusableInputError("engine spark: pyspark is not installed; install forewarn[spark]")
        from forewarn.engines.spark import SparkEngine

        return SparkEngine("local[2]" if name == "spark-local" else name)
    raise UnusableInputError(f"no engine named {name!r}; there are {ENGINE_NAMES}")
