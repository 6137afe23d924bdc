"""What keeps an installation from starting is said in one line that tells what to do."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from psycopg.conninfo import make_conninfo

from rtopnet.config import embedded_postgres, installation
from rtopnet.kernel.errors import SetUpError

PROJECT = Path(__file__).resolve().parents[2]


def run(*arguments, **environment):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "DJANGO_"))}
    return subprocess.run(
        [Path(sys.executable).parent / "rtopnet", *arguments],
        cwd=PROJECT,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def the_line(result):
    assert result.returncode == 2, result.stderr
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("rtopnet: ")
    return lines[0]


def test_an_unreachable_database(tmp_path):
    url = "postgresql://web:secret@127.0.0.1:1/rtopnet"
    line = the_line(run("prepare", DATABASE_URL=url, RTOPNET_DATA=str(tmp_path)))
    assert "DATABASE_URL does not answer" in line
    assert "secret" not in line


def test_a_database_url_that_is_none(tmp_path):
    assert "cannot be read" in the_line(run("prepare", DATABASE_URL="nonsense", RTOPNET_DATA=str(tmp_path)))


@pytest.mark.usefixtures("committed")
def test_a_role_that_could_pass_row_security(tmp_path):
    owner = make_conninfo(os.environ["DATABASE_OWNER_URL"], dbname=settings.DATABASES["owner"]["NAME"])
    line = the_line(run("prepare", DATABASE_URL=owner, RTOPNET_DATA=str(tmp_path)))
    assert "could pass row security by" in line


def test_a_data_folder_that_cannot_be_used(tmp_path):
    file = tmp_path / "file"
    file.touch()
    assert "cannot be used" in the_line(run("prepare", RTOPNET_DATA=str(file / "data")))


def test_no_disk_space(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded_postgres.shutil, "disk_usage", lambda _: type("", (), {"free": 10}))
    with (
        pytest.raises(SetUpError, match="no disk space: 0 MiB free"),
        embedded_postgres.embedded_postgres(tmp_path),
    ):
        pass


def test_files_of_an_older_postgresql(tmp_path):
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("16\n")
    line = the_line(run("prepare", RTOPNET_DATA=str(tmp_path)))
    assert "was made by PostgreSQL 16" in line


@pytest.mark.parametrize(("mark", "word"), [("0", "an older"), ("99", "another"), ("x", "another")])
def test_a_data_folder_of_another_format(tmp_path, settings, mark, word):
    settings.DATA_FOLDER = tmp_path
    (tmp_path / "FORMAT").write_text(mark)
    with pytest.raises(SetUpError, match=f"written by {word} version"):
        installation.refuse_data_of_another_format()


def test_a_port_in_use(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        url = "postgresql://web@127.0.0.1:1/rtopnet"
        line = the_line(run("run", "--port", str(port), DATABASE_URL=url, RTOPNET_DATA=str(tmp_path)))
    assert f"port {port} is in use" in line


def test_production_names_what_is_missing():
    from subprocess import PIPE

    environment = {"DJANGO_SETTINGS_MODULE": "rtopnet.config.settings.production", "PATH": os.environ["PATH"]}
    code = "import django; django.setup()"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, env=environment, stderr=PIPE, text=True, check=False
    )
    assert "DJANGO_SECRET_KEY is not set" in result.stderr


def test_an_unknown_command_is_no_stack_trace():
    result = run("nonsense", DATABASE_URL="postgresql://web@127.0.0.1:1/rtopnet")
    assert result.returncode != 0
    assert "Traceback" not in result.stderr


def test_a_region_pack_with_faults(tmp_path):
    (tmp_path / "region.yaml").write_text("slug: [")
    result = run("region", "check", str(tmp_path))
    assert result.returncode == 2
    assert "region.yaml:1:" in result.stderr
    assert "Traceback" not in result.stderr
