"""Lets libraries be used together that warn of each other's versions, where warnings are errors."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def known_to_work() -> Iterator[None]:
    """Pass over what these libraries warn of one another, and nothing else.

    Ibis 12 calls ``fetch_arrow_table``, which DuckDB 2 has under another name. PySpark 4 has not been tried
    with pandas 3 by its makers; no pandas frame is made here. Every engine's specs run through both.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="fetch_arrow_table", category=DeprecationWarning)
        warnings.filterwarnings(
            "ignore", message="PySpark does not yet fully support", category=FutureWarning
        )
        yield
