"""A table of fictional states, and the command line as a person meets it."""

import sys

import numpy as np
import pytest
from forewarn.cli import main

HEADER = "iso3,month,deaths\n"


@pytest.fixture
def forewarn(monkeypatch, capsys):
    """Run the command line; gives its exit status, output and errors."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["forewarn", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            main()
        shown = capsys.readouterr()
        return stopped.value.code or 0, shown.out, shown.err

    return run


@pytest.fixture
def table(tmp_path):
    """Six states, 1990 to 2004."""
    rng = np.random.default_rng(4)
    rows = [
        f"XA{'ABCDEF'[state]},{1990 + month // 12}-{month % 12 + 1:02d},"
        f"{rng.poisson(20) if state and (month // 18 + state) % 3 == 0 else 0}\n"
        for state in range(6)
        for month in range(180)
    ]
    path = tmp_path / "deaths.csv"
    path.write_text(HEADER + "".join(rows))
    return path
