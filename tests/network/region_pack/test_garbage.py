"""Whatever lies in a pack's files, checking it ends in faults of one line each, never in an exception."""

from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rtopnet.network.region_pack import Fault, check_pack
from tests.network.region_pack.twin_isles import sound_files, write_pack

SOUND = {file: content.encode() for file, content in sound_files().items()}
FILES = st.sampled_from(sorted(SOUND))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
quick = settings(max_examples=60, deadline=None, derandomize=True, database=None)


def checked(files):
    with TemporaryDirectory() as folder:
        for file, content in files.items():
            path = Path(folder, file)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        faults = check_pack(Path(folder))
    for fault in faults:
        assert isinstance(fault, Fault)
        assert fault.line >= 1
        assert len(str(fault).splitlines()) == 1
        str(fault).encode()
    return faults


@quick
@given(FILES, st.binary(max_size=200))
def test_random_bytes(file, content):
    assert checked({**SOUND, file: content})


@quick
@given(FILES, st.data())
def test_a_slice_of_a_sound_file_replaced(file, data):
    content = SOUND[file]
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 40)))
    checked({**SOUND, file: content[:start] + data.draw(st.binary(max_size=12)) + content[end:]})


@quick
@given(st.sampled_from(["region.yaml", "sources.yaml"]), st.data())
def test_a_value_of_another_kind(file, data):
    document = yaml.safe_load(SOUND[file])
    place = document
    while isinstance(place, dict | list) and place:
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        if not isinstance(place[key], dict | list) or data.draw(st.booleans()):
            place[key] = data.draw(VALUES)
            break
        place = place[key]
    checked({**SOUND, file: yaml.safe_dump(document, allow_unicode=True).encode()})


@quick
@given(st.sampled_from(['"XAA"', "[-139.5, 19.5]", '"Polygon"', '"Feature"', '"properties"']), VALUES)
def test_a_boundary_of_another_kind(old, value):
    changed = SOUND["boundaries.geojson"].decode().replace(old, yaml.dump(value, default_flow_style=True), 1)
    checked({**SOUND, "boundaries.geojson": changed.encode()})


@quick
@given(st.dictionaries(FILES, st.binary(max_size=60)))
def test_any_set_of_files(files):
    checked(files)


def test_the_sound_pack_stays_sound(tmp_path):
    assert check_pack(write_pack(tmp_path, sound_files())) == []
