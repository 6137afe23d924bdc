"""Drop each clause of each row policy of a room, and of search; a test must fail every time.

    .venv/bin/python tools/policy_mutants.py [ROOM] [POLICY...]

The room is that of records, unless another one is named; names of policies leave the others out.
"""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from _pytest.runner import runtestprotocol

PROJECT = Path(__file__).resolve().parents[1]
# Quick files first, so that a mutant dies soon.
ROOMS = {
    "sharing": (
        "tests/sharing",
        [
            "test_policies.py",
            "test_more_policies.py",
            "test_files_policies.py",
            "test_search_policies.py",
            "test_services.py",
            "test_deeds.py",
            "test_search.py",
            "test_search_index.py",
            "test_reading_rule.py",
        ],
    ),
    "assessments": (
        "tests/warning/assessments",
        ["test_policies.py", "test_more_policies.py", "test_services.py"],
    ),
}
ROOM = next((name for name in sys.argv[1:2] if name in ROOMS), "sharing")


class MutantRun:
    """Runs the collected tests once as they are, then once for each mutant until one fails."""

    verdict = "policy mutants: the tests could not run"

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take pytest's place in running the tests."""
        items = session.items
        if any(self.fails(item, items) for item in items):
            sys.exit("policy mutants: the tests fail without any mutant")
        wanted = set(sys.argv[1:]) - {ROOM}
        found = [mutant for mutant in mutants() if not wanted or mutant["policy"] in wanted]
        killed = 0
        for mutant in found:
            put(mutant["mutation"])
            dead = any(self.fails(item, items) for item in items)
            put(mutant["undone"])
            killed += dead
            verdict = "killed" if dead else "LIVES "
            print(f"{verdict} {mutant['policy']} {mutant['clause']}: {mutant['dropped']}", flush=True)
        # A test that merely cannot be run again would have killed every mutant.
        if any(self.fails(item, items) for item in items):
            sys.exit("policy mutants: the tests fail when run again without any mutant")
        self.verdict = f"policy mutants: {killed} of {len(found)} killed"
        session.testsfailed = len(found) - killed
        return True

    def fails(self, item: pytest.Item, items: list[pytest.Item]) -> bool:
        """Whether the test fails; what belongs to its module is put away, for any test may be next."""
        elsewhere = next(other for other in items if other.path != item.path)
        item._initrequest()  # type: ignore[attr-defined]  # noqa: SLF001 -- as pytest does before each run
        reports = runtestprotocol(item, log=False, nextitem=elsewhere)
        return any(report.failed for report in reports)


def main() -> None:
    """Run the room's tests against every mutant; exit with 1 if one lives."""
    os.environ["PYTEST_XDIST_WORKER"] = "mutants"
    os.chdir(PROJECT)
    folder, names = ROOMS[ROOM]
    files = [f"{folder}/{name}" for name in names]
    run = MutantRun()
    status = pytest.main(["-q", "-m", "not slow", *files], plugins=[run])
    print(run.verdict)
    sys.exit(status)


def put(statement: str) -> None:
    """Put a condition in its place, or back, in the test database alone."""
    from django.conf import settings

    owner = settings.DATABASES["owner"]
    with psycopg.connect(
        host=owner["HOST"] or None,
        port=owner["PORT"] or None,
        user=owner["USER"],
        password=owner["PASSWORD"] or None,
        dbname=owner["NAME"],
    ) as connection:
        connection.execute(statement)  # type: ignore[arg-type]  # from our own models


def mutants() -> Iterator[dict[str, str]]:
    """Every condition, of policies and of search, with one operand of one AND or OR left out."""
    from django.apps import apps

    from rtopnet.kernel.rowsecurity import RowPolicy

    if ROOM == "sharing":
        yield from mutants_of_search()
    for model in apps.get_app_config(ROOM).get_models():
        for policy in model._meta.constraints:  # noqa: SLF001 -- Django's documented Meta API
            if isinstance(policy, RowPolicy):
                yield from mutants_of(policy.name, model._meta.db_table, policy.using, policy.written)  # noqa: SLF001 -- as above


def mutants_of_search() -> Iterator[dict[str, str]]:
    """The mutants of the look-up: its condition stands there twice and loses the same operand in both."""
    from rtopnet.sharing.deciding import READ
    from rtopnet.sharing.searched import READ_ENTRY, search_function

    of_records = dict(weakened(READ))
    for dropped, left in weakened(READ_ENTRY):
        yield {
            "policy": "sharing_search",
            "clause": "WHERE",
            "dropped": dropped,
            "mutation": search_function(left, of_records.get(dropped, READ)),
            "undone": search_function(),
        }


def mutants_of(name: str, table: str, using: str, check: str) -> Iterator[dict[str, str]]:
    """The mutants of one policy's two conditions."""
    for clause, condition in (("USING", using), ("WITH CHECK", check)):
        altered = f'ALTER POLICY "{name}" ON "{table}" {clause} '
        for dropped, left in weakened(condition):
            yield {
                "policy": name,
                "clause": clause,
                "dropped": dropped,
                "mutation": f"{altered}({left})",
                "undone": f"{altered}({condition})",
            }


def weakened(condition: str) -> Iterator[tuple[str, str]]:
    """Each operand of ``condition`` at any depth, with what is left without it.

    >>> list(weakened("a OR b AND c"))
    [('a', 'b AND c'), ('b AND c', 'a'), ('b', 'a OR c'), ('c', 'a OR b')]
    """
    if not condition:
        return
    alternatives = split(condition, "OR")
    parts = alternatives if len(alternatives) > 1 else split(condition, "AND")
    word = " OR " if len(alternatives) > 1 else " AND "
    if len(parts) == 1:
        yield condition, "true"
        return
    for number, part in enumerate(parts):
        yield part, word.join(parts[:number] + parts[number + 1 :])
    for number, part in enumerate(parts):
        inner = part[1:-1] if is_bracketed(part) else part
        if len(split(inner, "OR")) > 1 or len(split(inner, "AND")) > 1:
            for dropped, left in weakened(inner):
                bracketed = f"({left})" if is_bracketed(part) else left
                yield dropped, word.join([*parts[:number], bracketed, *parts[number + 1 :]])


def split(condition: str, word: str) -> list[str]:
    """The operands of ``word`` outside all brackets."""
    parts, depth, start = [], 0, 0
    for match in re.finditer(rf"[()]| {word} ", condition):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if depth == 0 and match[0] not in "()":
            parts.append(condition[start : match.start()])
            start = match.end()
    return [*parts, condition[start:]]


def is_bracketed(part: str) -> bool:
    """Whether one pair of brackets holds the whole of ``part``, and it is no sub-select."""
    return part.startswith("(") and part.endswith(")") and not part.startswith("(SELECT")


if __name__ == "__main__":
    main()
