"""Run alone: a document's content as JSON on stdin, its PDF on stdout, within limits.

It opens nothing but the templates and the faces; what people wrote comes as data and is not read as markup. A
layout that a room or a region brings along is markup, and has no more to read than our own.
"""

import json
import resource
import sys
from pathlib import Path

import typst

FOLDER = Path(__file__).resolve().parent
CPU_SECONDS, MEMORY, FILE_SIZE = 20, 2 * 1024**3, 0


def main() -> None:
    """Set one document."""
    content = json.load(sys.stdin)
    for what, limit in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, FILE_SIZE),
    ):
        resource.setrlimit(what, (limit, limit))
    template = FOLDER / "template"
    nowhere = template / "no-packages"
    faces = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER / "faces"]
    )
    layout = content.pop("layout", "")
    compiler = typst.Compiler(
        layout.encode() if layout else template / "record.typ",
        root=template,
        font_paths=faces,
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(content)},
        package_path=nowhere,
        package_cache_path=nowhere,
    )
    pdf = compiler.compile(
        format="pdf", timestamp=int(content["timestamp"]), pdf_standards=content["standards"]
    )
    if not isinstance(pdf, bytes):
        sys.exit("no single file was made")
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
