"""Runs each measured thing in a process of its own, so that none warms up or fills memory for another."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_ENVELOPE = """
import json, resource, time
{before}
begun = time.perf_counter()
{body}
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([time.perf_counter() - begun, used.ru_maxrss / 1024]))
"""


# A child's peak begins at its parent's size: whoever measures must stay small and leave the rest to children.
GENERATE = """
from pathlib import Path
from rivals.generated_events import write_events
write_events(Path({file!r}), rows={rows}, seed={seed})
"""


@dataclass(frozen=True)
class Measure:
    """The best of some runs: seconds within the process, and the peak of its memory in MiB."""

    seconds: float
    peak_mib: float


@dataclass(frozen=True)
class Task:
    """Python text to measure, and what goes before it unmeasured."""

    body: str
    before: str = ""


def rivals(times: int, ours: Task, theirs: Task, folder: Path) -> tuple[Measure, Measure]:
    """Run two tasks in fresh interpreters, in turn so that both see the same machine.

    Returns:
        Of each the fastest run and the largest peak.
    """
    runs = [(_run(ours, folder), _run(theirs, folder)) for _ in range(times)]
    return _best([one for one, _ in runs]), _best([other for _, other in runs])


def _run(task: Task, folder: Path) -> Measure:
    script = folder / "measured.py"
    script.write_text(_ENVELOPE.format(before=task.before, body=task.body), encoding="utf-8")
    ended = subprocess.run([sys.executable, script], check=True, stdout=subprocess.PIPE, text=True)
    return Measure(*json.loads(ended.stdout.splitlines()[-1]))


def _best(runs: list[Measure]) -> Measure:
    return Measure(min(run.seconds for run in runs), max(run.peak_mib for run in runs))


def generate(file: Path, *, rows: int, seed: int) -> None:
    """Write a generated download, see ``generated_events``."""
    script = GENERATE.format(file=str(file), rows=rows, seed=seed)
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[1])


def report(name: str, ours: Measure, theirs: Measure, goal: float) -> None:
    """Print both, and the line that says how they compare."""
    print(f"{name}: forewarn {ours.seconds:.2f} s, peak {ours.peak_mib:.0f} MiB")
    print(f"{name}: DuckDB alone {theirs.seconds:.2f} s, peak {theirs.peak_mib:.0f} MiB")
    print(f"bench {name} {ours.seconds / theirs.seconds:.2f} goal {goal}")
