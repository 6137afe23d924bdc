"""Backing up a real installation and restoring it into a new cluster; what is no whole backup is refused."""

import io
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest

from rtopnet.config import restore as restoring
from rtopnet.config.embedded_postgres import OWNER, RESTRICTED, embedded_postgres
from rtopnet.kernel.errors import SetUpError

PROJECT = Path(__file__).resolve().parents[2]


def rtopnet(folder, *arguments, status=0):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "DJANGO_", "RTOPNET_"))}
    result = subprocess.run(
        [Path(sys.executable).parent / "rtopnet", *arguments],
        cwd=PROJECT,
        env=kept | {"RTOPNET_DATA": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert result.returncode == status, result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    return result.stdout + result.stderr


def packed(file, members):
    with tarfile.open(file, "w") as tar:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return file


def manifest(members, **more):
    facts = {name: {"sha256": sha256(content).hexdigest(), "size": 1} for name, content in members.items()}
    return json.dumps({"format": 1, "members": facts} | more).encode()


def unpack(file, tmp_path):
    (tmp_path / "out").mkdir()
    return restoring._unpacked(file, tmp_path / "out")


WHOLE = {"database.dump": b"d", "signing_keys.pem": b"k", "files/ab/cd": b"f"}


def test_a_whole_backup_is_unpacked(tmp_path):
    file = packed(tmp_path / "b.tar", WHOLE | {"manifest.json": manifest(WHOLE)})
    assert set(unpack(file, tmp_path)["members"]) == set(WHOLE)
    assert (tmp_path / "out" / "files" / "ab" / "cd").read_bytes() == b"f"


@pytest.mark.parametrize(
    ("members", "said"),
    [
        (WHOLE, "cannot be read"),
        (WHOLE | {"manifest.json": b"{"}, "no backup, or was cut off"),
        (WHOLE | {"manifest.json": b'{"format": 2}'}, "of another kind"),
        (WHOLE | {"manifest.json": manifest(WHOLE | {"files/x": b""})}, "not whole: files/x"),
        (WHOLE | {"manifest.json": manifest(WHOLE), "files/y": b""}, "not whole: files/y"),
        (WHOLE | {"manifest.json": manifest(WHOLE), "files/ab/cd": b"g"}, "damaged: files/ab/cd"),
        ({"../evil": b""}, "it holds '../evil'"),
        ({"/etc/evil": b""}, "it holds '/etc/evil'"),
        ({"files/../../evil": b""}, "it holds"),
        ({"postgres/evil": b""}, "it holds"),
    ],
)
def test_what_is_no_whole_backup_is_refused(tmp_path, members, said):
    with pytest.raises(SetUpError, match=said):
        unpack(packed(tmp_path / "b.tar", members), tmp_path)


def test_links_are_refused(tmp_path):
    with tarfile.open(tmp_path / "b.tar", "w") as tar:
        link = tarfile.TarInfo("files/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    with pytest.raises(SetUpError, match="it holds"):
        unpack(tmp_path / "b.tar", tmp_path)


@pytest.mark.parametrize("content", [b"", b"nonsense" * 200])
def test_what_is_no_tar_is_refused(tmp_path, content):
    (tmp_path / "b.tar").write_bytes(content)
    with pytest.raises(SetUpError, match=r"no backup|cannot be read"):
        unpack(tmp_path / "b.tar", tmp_path)


@pytest.fixture
def place():
    """A folder that the server may pass through as a user of its own, which pytest's are not."""
    with tempfile.TemporaryDirectory(prefix="rtopnet-", ignore_cleanup_errors=True) as name:
        yield Path(name)


TELLING = {
    "policies": "SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies ORDER BY 1, 2",
    "row security": "SELECT relname FROM pg_class WHERE relrowsecurity ORDER BY 1",
    "triggers": "SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal "
    "ORDER BY 1, 2",
    "functions": "SELECT p.oid::regprocedure::text, prosecdef, proconfig FROM pg_proc p "
    "WHERE pronamespace = 'public'::regnamespace ORDER BY 1",
    "rights": "SELECT table_name, privilege_type FROM information_schema.table_privileges "
    f"WHERE grantee = '{RESTRICTED}' ORDER BY 1, 2",
    "owners": "SELECT relname, pg_get_userbyid(relowner), relkind::text FROM pg_class "
    "WHERE relnamespace = 'public'::regnamespace ORDER BY 1",
    "roles": "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb FROM pg_roles "
    f"WHERE rolname IN ('{OWNER}', '{RESTRICTED}') ORDER BY 1",
}


def as_meant(text):
    """A condition without the casts and brackets that PostgreSQL writes anew when it reads its own words."""
    return re.sub(r"::(text|character varying)(\[\])?|[()]", "", text) if text else text


def facts_of(folder):
    with (
        embedded_postgres(folder) as server,
        psycopg.connect(server.url(user="postgres")) as connection,
    ):
        found = {what: connection.execute(query).fetchall() for what, query in TELLING.items()}
        found["policies"] = [tuple(as_meant(text) for text in policy) for policy in found["policies"]]
        tables = [name for name, _, kind in found["owners"] if kind == "r"]
        for table in tables:
            if not table.startswith("audit_"):  # restoring is a deed of its own
                rows = f"SELECT count(*), md5(string_agg(t::text, '' ORDER BY t::text)) FROM \"{table}\" t"
                found[f"rows of {table}"] = connection.execute(rows).fetchall()
        return found


@pytest.mark.slow
def test_a_backup_restores_into_a_new_cluster_with_roles_policies_and_chain(place):
    old, new, file = place / "old", place / "new", place / "all.tar"
    rtopnet(old, "prepare")
    rtopnet(old, "ledger", "checkpoint")
    (old / "files" / "ab").mkdir(parents=True)
    (old / "files" / "ab" / "cdef").write_bytes(b"an attachment")
    said = rtopnet(old, "backup", str(file))
    assert "backup whole" in said
    assert file.stat().st_mode & 0o777 == 0o600
    assert "is there already" in rtopnet(old, "backup", str(file), status=2)

    said = rtopnet(new, "restore", str(file))
    assert "restored: ledger intact" in said
    assert "Rights differ" not in said
    assert facts_of(new) == facts_of(old)
    assert (new / "files" / "ab" / "cdef").read_bytes() == b"an attachment"
    assert "ledger intact" in rtopnet(new, "ledger", "verify")
    assert "up to date" in rtopnet(new, "prepare")
    assert "the database is not empty" in rtopnet(new, "restore", str(file), status=2)
    assert not list(new.glob("restore-*"))


@pytest.mark.slow
def test_keys_travel_only_where_asked(place):
    old, new, file = place / "old", place / "new", place / "all.tar"
    rtopnet(old, "migrate", "--database", "owner")
    before = rtopnet(old, "keys", "show")
    rtopnet(old, "backup", str(place / "plain.tar"))
    rtopnet(old, "backup", str(file), "--with-keys")
    for name, expected in ((place / "plain.tar", False), (file, True)):
        with tarfile.open(name) as tar:
            assert any(member.startswith("keys/") for member in tar.getnames()) is expected
    rtopnet(new, "restore", str(file))
    assert rtopnet(new, "keys", "show") == before
    assert (new / "signing_key").stat().st_mode & 0o777 == 0o600
