"""Keeps sources.yaml in step with the data files that the tools beside it write."""

import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path


def stamp(folder: Path, *files: str) -> None:
    """Write each file's SHA-256, and today as ``derived_on``, into its entry of the pack's sources.yaml.

    Only the files whose content has changed are touched, and nothing else of the YAML, comments included.

    Raises:
        SystemExit: sources.yaml has no such entry.
    """
    path = folder / "sources.yaml"
    text = path.read_text(encoding="utf-8")
    for file in files:
        text = _stamped(text, file, hashlib.sha256((folder / file).read_bytes()).hexdigest())
    path.write_text(text, encoding="utf-8")


def _stamped(text: str, file: str, sha256: str) -> str:
    start = re.search(rf"^\s*- file: {re.escape(file)}$", text, re.MULTILINE)
    if start is None:
        raise SystemExit(f"sources.yaml has no entry that begins with '- file: {file}'")
    following = re.compile(r"^\s*- file: ", re.MULTILINE).search(text, start.end())
    end = following.start() if following else len(text)
    entry = text[start.start() : end]
    if f"sha256: {sha256}" not in entry:
        today = datetime.now(tz=UTC).date().isoformat()
        entry = re.sub(r"sha256: \S+", f"sha256: {sha256}", entry)
        entry = re.sub(r"derived_on: \S+", f"derived_on: {today}", entry)
    return text[: start.start()] + entry + text[end:]


def write_geojson(path: Path, features: list[str]) -> None:
    """Write a feature collection with one feature a line, so that a fault's line names the feature."""
    body = ",\n".join(features)
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n', encoding="utf-8")
