"""The small pack on disk, and a way to spoil it."""

import pytest

from rtopnet.network.region_pack import check_pack
from tests.network.region_pack.twin_isles import DATA, encoded, sound_files, sources_of, write_pack


@pytest.fixture
def pack(tmp_path):
    return write_pack(tmp_path / "twin-isles", sound_files())


@pytest.fixture
def spoilt(pack):
    """What check_pack says once ``old`` in a file has become ``new``; sources.yaml keeps up with hashes."""

    def after(file, old, new):
        text = (pack / file).read_text(encoding="utf-8")
        assert old in text
        changed = text.replace(old, new, 1)
        (pack / file).write_bytes(encoded(changed))
        if file in DATA:
            data = {**DATA, file: (DATA[file][0], changed)}
            (pack / "sources.yaml").write_text(sources_of(data), encoding="utf-8")
        return [str(fault) for fault in check_pack(pack)]

    return after
