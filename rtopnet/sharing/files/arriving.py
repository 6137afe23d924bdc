"""Files as they arrive: written straight to the disk, hashed on the way, never whole in memory."""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from rtopnet.sharing.files.names import display_name
from rtopnet.sharing.files.store import incoming_path, new_file

MIB = 1024 * 1024


@dataclass(frozen=True)
class ArrivedFile:
    """A file that lies on the disk, not yet part of any record; what was over the limit was not kept."""

    path: Path
    name: str
    size: int
    """In bytes, of all that came, kept or not."""
    sha256: str
    declared_type: str
    is_too_large: bool = False


def limit_in_bytes() -> int:
    """How large a single file may be."""
    mib: int = settings.FILE_LIMIT_MIB
    return mib * MIB


class _Arrived(UploadedFile):  # type: ignore[type-arg]  # generic in the stubs alone
    """What Django hands on in place of an upload; the content is not read through it."""

    def __init__(self, arrived: ArrivedFile) -> None:
        super().__init__(BytesIO(), arrived.name, arrived.declared_type, arrived.size)
        self.arrived = arrived


class ArrivingFiles(FileUploadHandler):
    """Takes a request's files to the disk; ``discard`` removes those that did not become attachments."""

    chunk_size = 256 * 1024

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._paths: list[Path] = []
        self._file: BinaryIO | None = None
        self._hash = sha256()
        self._size = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._close()
        path = incoming_path()
        self._paths.append(path)
        self._file, self._hash, self._size = new_file(path), sha256(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size = start + len(raw_data)
        # What is over the limit is only counted, so that the answer can say how large the file is.
        if self._size <= limit_in_bytes() and self._file is not None:
            self._hash.update(raw_data)
            self._file.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        self._close()
        return _Arrived(
            ArrivedFile(
                path=self._paths[-1],
                name=display_name(self.file_name or ""),
                size=file_size,
                sha256=self._hash.hexdigest(),
                declared_type=(self.content_type or "").strip(),
                is_too_large=file_size > limit_in_bytes(),
            )
        )

    def upload_interrupted(self) -> None:
        self._close()

    def discard(self) -> None:
        """Remove what still lies where it arrived."""
        self._close()
        for path in self._paths:
            path.unlink(missing_ok=True)

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def written(content: bytes, name: str, kind: str) -> ArrivedFile:
    """A file that we made ourselves, put where files arrive."""
    path = incoming_path()
    with new_file(path) as file:
        file.write(content)
    return ArrivedFile(path, name, len(content), sha256(content).hexdigest(), kind)


def arrived_files(uploads: "list[UploadedFile[bytes]]") -> list[ArrivedFile]:
    """What arrived, of the uploads that came by ``ArrivingFiles``."""
    return [upload.arrived for upload in uploads if isinstance(upload, _Arrived)]


def file_of(content: bytes, name: str) -> ArrivedFile:
    """A file that came inside another one, under the name that it had there."""
    return written(content, display_name(name), "")
