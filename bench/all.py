"""Run every benchmark, each in a process of its own; the machine is named above the figures."""

import os
import platform
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
NOT_BENCHES = {"all.py", "empty_view.py"}


def main():
    wanted = set(sys.argv[1:])
    print(f"machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    failed = []
    for bench in sorted(FOLDER.glob("*.py")):
        if bench.name in NOT_BENCHES or (wanted and bench.stem not in wanted):
            continue
        print(f"\n-- {bench.stem}", flush=True)
        if subprocess.run([sys.executable, bench], check=False).returncode:
            failed.append(bench.stem)
    if failed:
        sys.exit(f"bench: failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
