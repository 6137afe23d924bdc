"""Visit every address as everybody, read all that comes back for what is not theirs, and say the sum."""

import os
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]


class Sum:
    """Adds up what the tests have counted."""

    line = "leaks: the tests could not run"

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Take the tally from the tests' own module, whatever name pytest gave it."""
        for module in list(sys.modules.values()):
            tally = getattr(module, "LEAK_TALLY", None)
            if tally:
                self.line = (
                    f"leaks: {tally['leaks'] or session.testsfailed} found, {tally['routes']} routes, "
                    f"{tally['viewers']} viewers, {tally['probes']} probes"
                )


def main() -> None:
    """Run all of tests/leaks, for a part of it where ``WHOLE=0`` is set; exit with 1 on a leak."""
    os.environ["PYTEST_XDIST_WORKER"] = "leaks"
    if os.environ.get("WHOLE", "1") == "1":
        os.environ["LEAKS_WHOLE"] = "1"
    os.chdir(PROJECT)
    total = Sum()
    status = pytest.main(["-q", "--show-capture=no", "-p", "no:xdist", "tests/leaks"], plugins=[total])
    print(total.line)
    sys.exit(status)


if __name__ == "__main__":
    main()
