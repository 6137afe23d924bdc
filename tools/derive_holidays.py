"""Derive a pack's holidays.yaml, the public holidays of its states, from the library ``holidays``.

    uv run --no-project --with holidays==0.109,pyyaml python tools/derive_holidays.py FOLDER 2026 2027 2028

Run apart from the project, which does not need the library: the file is what an installation reads, and what
somebody who knows a state's calendar better corrects by hand. Dates that follow the moon are the library's
estimates.
"""

import argparse
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import holidays
import yaml

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
HEAD = """\
# On which days offices of the region's states are closed. Derived by tools/derive_holidays.py; correct it
# by hand where a state announces other days.

"""


def main() -> None:
    """Read the arguments and write the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("years", type=int, nargs="+")
    options = parser.parse_args()
    region = yaml.safe_load((options.folder / "region.yaml").read_text(encoding="utf-8"))
    lines = [
        HEAD,
        f"source: The Python library holidays {version('holidays')} (MIT), public holidays by state\n",
        f"as_of: {datetime.now(UTC):%Y-%m-%d}\n\ncalendars:\n",
    ]
    for state in region["states"]:
        lines += _calendar(state, options.years)
    (options.folder / "holidays.yaml").write_text("".join(lines), encoding="utf-8")


def _calendar(state: dict[str, str], years: list[int]) -> list[str]:
    if state.get("iso2") not in holidays.list_supported_countries():
        sys.stderr.write(f"{state['iso3']}: the library knows no holidays of it\n")
        return []
    known = holidays.country_holidays(state["iso2"], years=years, language="en_US")
    rest = ", ".join(WEEKDAYS[day] for day in sorted(known.weekend))
    lines = [f"  - state: {state['iso3']}\n    rest_days: [{rest}]\n    days:\n"]
    for day, name in sorted(known.items()):
        lines.append(f"      - {{on: {day}, names: {{en: {_quoted(name)}}}}}\n")
    return lines


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


if __name__ == "__main__":
    main()
