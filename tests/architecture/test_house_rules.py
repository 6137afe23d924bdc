"""Rules of the house that no import linter sees."""

import ast
import re
from pathlib import Path

import pytest
import yaml
from django.apps import apps

PROJECT = Path(__file__).resolve().parents[2]
FLOORS = [
    ["kernel"],
    ["audit"],
    ["network"],
    ["sharing"],
    ["evidence"],
    ["indicators"],
    ["forecasts"],
    ["assessments"],
    ["alerts"],
    ["assistance", "commitments", "meetings", "learning"],
    ["advice"],
    ["exchange"],
    ["portal"],
]
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}


def our_models():
    return [model for model in apps.get_models() if model.__module__.startswith("rtopnet.")]


def is_downward(source, target):
    if source == target or target not in FLOOR_OF:
        return True
    return FLOOR_OF[target] < FLOOR_OF[source]


def upward_foreign_keys(relations):
    return [f"{source} -> {target}" for source, target in relations if not is_downward(source, target)]


def python_files():
    folders = ("rtopnet", "forewarn/src")
    return [file for folder in folders for file in sorted((PROJECT / folder).rglob("*.py"))]


def test_foreign_keys_point_down():
    relations = [
        (model._meta.app_label, field.related_model._meta.app_label)
        for model in our_models()
        for field in model._meta.get_fields()
        if field.many_to_one or (field.one_to_one and not field.auto_created)
    ]
    assert relations
    assert upward_foreign_keys(relations) == []


def test_an_upward_foreign_key_would_be_seen():
    assert upward_foreign_keys([("audit", "network"), ("meetings", "assistance")]) == [
        "audit -> network",
        "meetings -> assistance",
    ]


def uses_of_get_model(text):
    return [
        node.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and node.attr == "get_model"
    ]


def test_no_room_reaches_another_by_get_model():
    found = [
        f"{file.relative_to(PROJECT)}:{line}"
        for file in python_files()
        if "migrations" not in file.parts and "node_modules" not in file.parts
        for line in uses_of_get_model(file.read_text())
    ]
    assert found == []


def test_get_model_would_be_seen():
    assert uses_of_get_model("from django.apps import apps\napps.get_model('network', 'State')") == [2]


def test_every_model_has_row_policies_and_is_ledgered():
    """A table without row security would be open to every session."""
    for model in our_models():
        if not model._meta.managed:
            continue
        kinds = {type(rule).__name__ for rule in model._meta.constraints}
        assert {"RowPolicy", "Ledgered"} <= kinds, (
            f"{model.__name__} lacks row policies or the ledger's trigger"
        )


@pytest.mark.django_db
def test_the_database_has_row_security_on_every_table_of_ours():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        secured = {name for (name,) in cursor.fetchall()}
    tables = {model._meta.db_table for model in our_models() if model._meta.managed}
    assert tables <= secured


def real_packs():
    packs = sorted((PROJECT / "rtopnet/regions").glob("*/region.yaml"))
    return [yaml.safe_load(pack.read_text()) for pack in packs if "kind: real" in pack.read_text()]


def names_in_packs():
    for pack in real_packs():
        yield from pack.get("short_names", {}).values()
        for state in pack["states"]:
            yield state["iso3"]
            yield state["names"]["en"]


def platform_files():
    endings = {".py", ".html", ".ts", ".txt"}  # styles name scripts, and one script bears a state's name
    skipped = {"node_modules", "dist", "regions", "migrations", "__pycache__"}
    for file in sorted((PROJECT / "rtopnet").rglob("*")):
        if file.suffix in endings and not skipped & set(file.parts):
            yield file


def test_nothing_outside_a_pack_names_its_region_or_states():
    names = [re.escape(name) for name in names_in_packs()]
    assert len(names) > 20
    pattern = re.compile(rf"(?<![A-Za-z_])({'|'.join(names)})(?![A-Za-z])")
    found = [
        f"{file.relative_to(PROJECT)}: {match[0]}"
        for file in platform_files()
        if (match := pattern.search(file.read_text()))
    ]
    assert found == []


def test_no_folders_of_leftovers():
    banned = {"utils", "helpers", "common", "misc", "manager"}
    found = [
        path
        for path in PROJECT.glob("rtopnet/**/*")
        if path.is_dir() and path.name in banned and "node_modules" not in path.parts
    ]
    assert found == []
