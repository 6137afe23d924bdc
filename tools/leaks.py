"""Visit every address as everybody, read all that comes back for what is not theirs, and say the sum.

Two processes share the viewers, each with a database of its own.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
SHARES = min(2, os.cpu_count() or 1)


class Part:
    """One process's part: its share of the viewers, and in the first all that has no viewers to share."""

    def __init__(self, share: int) -> None:
        self.share = share
        self.tally: dict[str, int] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave to the first process what is not done viewer by viewer."""
        if self.share:
            items[:] = [item for item in items if "people" in getattr(item, "fixturenames", ())]

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Take what the tests have counted."""
        visits = sys.modules.get("tests.leaks.visits")
        self.tally = dict(getattr(visits, "TALLY", {}))
        self.tally["leaks"] = self.tally.get("leaks", 0) or session.testsfailed


def run_part(share: int, told_to: Path) -> int:
    """Run one share of tests/leaks and leave its count in a file; pytest's status."""
    os.environ |= {"PYTEST_XDIST_WORKER": f"leaks{share}", "LEAKS_SHARE": f"{share}/{SHARES}"}
    if os.environ.get("WHOLE", "1") == "1":
        os.environ["LEAKS_WHOLE"] = "1"
    os.chdir(PROJECT)
    part = Part(share)
    status = pytest.main(["-q", "--show-capture=no", "-p", "no:xdist", "tests/leaks"], plugins=[part])
    told_to.write_text(json.dumps(part.tally))
    return int(status)


def main(arguments: Sequence[str]) -> int:
    """Run all of tests/leaks, for a part of it where ``WHOLE=0`` is set; 1 on a leak."""
    if arguments:
        return run_part(int(arguments[0]), Path(arguments[1]))
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, f"{share}.json") for share in range(SHARES)]
        running = [
            subprocess.Popen([sys.executable, __file__, str(share), str(file)])
            for share, file in enumerate(files)
        ]
        statuses = [one.wait() for one in running]
        tallies = [json.loads(file.read_text()) for file in files if file.exists()]
    if len(tallies) < SHARES or not all(tally.get("probes") for tally in tallies):
        print("leaks: the tests could not run")
        return 1
    total = Counter[str]()
    for tally in tallies:
        total.update(tally)
    counts = f"{tallies[0]['routes']} routes, {total['viewers']} viewers, {total['probes']} probes"
    print(f"leaks: {total['leaks']} found, {counts}")
    return max(statuses)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
