"""A real installation, killed in the middle of writes: what was acknowledged is there."""

import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PORT = "8493"


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_in_a_crash():
    result = subprocess.run(
        [sys.executable, PROJECT / "tools" / "crash.py", "--kills", "2", "--port", PORT],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        timeout=1800,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.strip().splitlines()[-1].startswith("crash: 0 lost of ")
    assert result.stdout.strip().endswith("2 kills, ledger intact")
