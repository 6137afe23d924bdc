"""Throw made-up bytes at the parsers of open sources and of reports in files.

None may crash, hang, or take memory without bound.

Each parser runs in a process of its own with limits; ``make fuzz SECONDS=600`` shares the time among them.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
CORPUS = PROJECT / "tests/fuzz"
MOST_MIB, LONGEST_INPUT_SECONDS = 1024, 10
SHEETS = ("sheet-csv", "sheet-json", "sheet-xlsx")
PARSERS = ("acled", "feed", "gdelt", "gdelt-rows", "reliefweb", *SHEETS, "ucdp-api", "ucdp-file")
_EXECUTED = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_SETTINGS = {
    "acled": {"states": {"Exampleland": "XAA"}},
    "feed": {"states": {}},
    "gdelt": {"states": {"EX": "XAA"}},
    "reliefweb": {"states": {"ZZZ": "XAA"}, "appname": "fuzz"},
    "ucdp": {"states": {"999": "XAA"}, "first_version": "26.0.7"},
}


def parser_of(name: str) -> Callable[[bytes], None]:
    """The parser under that name: it takes any bytes, and refuses in its own words."""
    return _sheet_parser() if name in SHEETS else _source_parser(name)


def _source_parser(name: str) -> Callable[[bytes], None]:
    import httpx

    from rtopnet.warning.evidence.sources import gdelt
    from rtopnet.warning.evidence.sources.contract import Ask
    from rtopnet.warning.evidence.sources.refusals import SourceError
    from rtopnet.warning.evidence.sources.registry import connectors
    from rtopnet.warning.evidence.sources.wire import Wire

    kind = name.partition("-")[0]
    secrets = {"USER": "u", "PASSWORD": "p"} | ({"TOKEN": "t"} if name == "ucdp-api" else {})
    ask = Ask("http://source.example", date(2026, 9, 20), _SETTINGS[kind], {}, secrets)

    def parse(content: bytes) -> None:
        def answer(request: httpx.Request) -> httpx.Response:
            if request.url.path.endswith("/token"):
                return httpx.Response(200, json={"access_token": "a", "refresh_token": "b"})
            if request.url.path.endswith("lastupdate.txt"):
                return httpx.Response(200, content=b"1 0 http://x/20260918154500.export.CSV.zip")
            return httpx.Response(200, content=content)

        try:
            if name == "gdelt":
                gdelt.events(gdelt.unpacked(content), ask, raw_sha256="")
            elif name == "gdelt-rows":
                gdelt.events(content, ask, raw_sha256="")
            else:
                with httpx.Client(transport=httpx.MockTransport(answer)) as client:
                    connectors()[kind].fetch(ask, Wire(client, sleep=lambda _: None, tries=1))
        except SourceError:
            return

    return parse


def _sheet_parser() -> Callable[[bytes], None]:
    from rtopnet.warning.evidence.rules.sheets import SheetRefusedError, rows_in

    def parse(content: bytes) -> None:
        try:
            rows_in(content, known=("title", "act", "state", "occurred_from", "killed_low"))
        except SheetRefusedError:
            return

    return parse


def fuzz_one(name: str, seconds: int, corpus: str) -> None:
    """Fuzz one parser in this process; a crash ends it with another status."""
    import atheris

    with atheris.instrument_imports(include=["rtopnet.warning.evidence", "feedparser"]):
        parse = parser_of(name)
    limits = [f"-max_total_time={seconds}", f"-timeout={LONGEST_INPUT_SECONDS}", f"-rss_limit_mb={MOST_MIB}"]
    said = ["-print_final_stats=1", f"-artifact_prefix={corpus}/", "-max_len=16384"]
    atheris.Setup([sys.argv[0], *limits, *said, corpus, str(CORPUS / name)], parse)
    atheris.Fuzz()


def main() -> None:
    """Fuzz all parsers, or one."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=int, default=60, help="for all of them together")
    asked.add_argument("--one", nargs=2, metavar=("NAME", "FOLDER"))
    chosen = asked.parse_args()
    if chosen.one:
        fuzz_one(chosen.one[0], chosen.seconds, chosen.one[1])
        return
    each, crashes, executed = max(1, chosen.seconds // len(PARSERS)), 0, 0
    for name in PARSERS:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, __file__, "--seconds", str(each), "--one", name, folder]
            ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=each + 120)
        counted = _EXECUTED.search(ran.stderr)
        executed += int(counted[1]) if counted else 0
        if ran.returncode:
            crashes += 1
            print(f"{name}: crashed\n{ran.stdout[-2000:]}\n{ran.stderr[-4000:]}")
        else:
            print(f"{name}: {counted[1] if counted else 0} executions", flush=True)
    print(f"fuzz: {crashes} crashes, {len(PARSERS)} parsers, {executed} executions")
    sys.exit(1 if crashes else 0)


if __name__ == "__main__":
    main()
