"""The files that are transmitted: a PDF, a bundle, a manifest of both, and a signature beside each."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from rtopnet.audit.public import seal

FORMAT = "rtopnet-advice-1"
PDF, STIX, JSON = "application/pdf", "application/stix+json;version=2.1", "application/json"
SIGNATURE = ".sig.json"


@dataclass(frozen=True)
class Packed:
    """A file to be transmitted."""

    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Its digest, in hexadecimal."""
        return sha256(self.content).hexdigest()


def package_of(
    pdf: bytes, bundle: bytes, *, name: str, claims: Mapping[str, str], at: datetime
) -> list[Packed]:
    """The files to transmit, each with its detached signature after it.

    Args:
        pdf: the text, as it is read.
        bundle: the same for machines.
        name: of the files, without an ending.
        claims: what each signature and the manifest say of it: reference, marking, office.
        at: when it was transmitted.
    """
    files = [Packed(f"{name}.pdf", PDF, pdf), Packed(f"{name}.stix.json", STIX, bundle)]
    listed = [
        {"name": one.name, "media_type": one.media_type, "size": len(one.content), "sha256": one.sha256}
        for one in files
    ]
    about = {"format": FORMAT, **claims, "transmitted_at": at.isoformat(), "files": listed}
    manifest = json.dumps(about, ensure_ascii=False, indent=2, sort_keys=True).encode()
    files.append(Packed(f"{name}.manifest.json", JSON, manifest))
    return [part for one in files for part in (one, _signature_of(one, claims))]


def _signature_of(one: Packed, claims: Mapping[str, str]) -> Packed:
    return Packed(f"{one.name}{SIGNATURE}", JSON, seal(one.content, claims))
