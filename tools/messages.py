"""Gather the texts to translate into the region packs' catalogues; needs GNU gettext.

Each language's catalogue lives in the first pack, by name, that has one or offers the language.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml
from babel.messages.pofile import read_po

PROJECT = Path(__file__).resolve().parents[1]
REGIONS = PROJECT / "rtopnet" / "regions"
SOURCE_LANGUAGE = "en"


def main() -> None:
    """Renew every catalogue and say how much of each is translated."""
    if shutil.which("xgettext") is None:
        sys.exit("messages: GNU gettext is needed (Debian's package gettext)")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rtopnet.config.settings.base")
    for language, folder in catalogues().items():
        gather(language, folder)
        file = folder / language / "LC_MESSAGES" / "django.po"
        with file.open("rb") as opened:
            messages = [message for message in read_po(opened) if message.id]
        done = sum(1 for message in messages if message.string and not message.fuzzy)
        print(f"{file.relative_to(PROJECT)}: {done} of {len(messages)} translated")


def catalogues() -> dict[str, Path]:
    """For each offered language, the pack folder that keeps its catalogue."""
    found: dict[str, Path] = {}
    for pack in sorted(REGIONS.glob("*/region.yaml")):
        for language in yaml.safe_load(pack.read_text())["languages"]:
            found.setdefault(language["code"], pack.parent / "locale")
    found.pop(SOURCE_LANGUAGE, None)
    return found


def gather(language: str, folder: Path) -> None:
    """Let Django's makemessages renew one catalogue."""
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.core.management.commands.makemessages import Command

    (folder / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    django.setup()
    settings.LOCALE_PATHS = [str(folder)]
    os.chdir(PROJECT / "rtopnet")
    # A guess for a new text takes the entry it was guessed from away, which may be a library's.
    command = Command()
    command.msgmerge_options = [*command.msgmerge_options, "--no-fuzzy-matching"]
    call_command(
        command,
        locale=[language],
        ignore_patterns=["frontend/*", "regions/*"],
        add_location="file",
        no_wrap=True,
        verbosity=0,
    )
    # What we translate of allauth and Django is in no source of ours, so gathering calls it obsolete.
    file = folder / language / "LC_MESSAGES" / "django.po"
    subprocess.run(["msgattrib", "--clear-obsolete", "--no-wrap", "-o", file, file], check=True)


if __name__ == "__main__":
    main()
