"""What reading a zip from elsewhere can end with, whatever is wrong with its bytes."""

import struct
import zlib
from lzma import LZMAError
from zipfile import BadZipFile

UNREADABLE = (
    BadZipFile,
    LZMAError,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)
"""Every kind of damage, unknown packing and missing passwords."""
