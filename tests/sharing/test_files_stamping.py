"""Time stamps by a double of an authority that really signs."""

import subprocess
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from procrastinate.contrib.django.models import ProcrastinateJob

from rtopnet.kernel.acting import acting_as
from rtopnet.sharing import jobs
from rtopnet.sharing.files import stamping
from rtopnet.sharing.files.stamping import NoTimeStampError, time_stamp
from rtopnet.sharing.public import attachments_of, time_stamp_of
from rtopnet.sharing.services import file_checks
from tests.sharing.attaching import attach, draft, run_checks
from tests.sharing.worlds import make_world

ADDRESS = "https://stamps.example/"
CONTENT = b"what was seen\n"
CONFIG = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


def certificate(name, issuer, key, issuer_key, *extensions):
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=True)
    return builder.sign(issuer_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


class Authority:
    """Signs what it is asked to, by OpenSSL and a certificate of its own."""

    def __init__(self, folder):
        self.folder, self.asked = folder, 0
        folder.mkdir()
        root, own = (rsa.generate_private_key(65537, 2048) for _ in range(2))
        self.roots = folder / "root.pem"
        self.roots.write_bytes(certificate("Root", "Root", root, root, x509.BasicConstraints(True, None)))
        stamps = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        (folder / "tsa.pem").write_bytes(certificate("Stamps", "Root", own, root, stamps))
        (folder / "tsa.key").write_bytes(
            own.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        (folder / "serial").write_text("01")
        (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))

    def openssl(self, *words):
        return subprocess.run(["openssl", "ts", *words], check=True, capture_output=True).stdout

    def reply(self, query):
        self.asked += 1
        (self.folder / "query").write_bytes(query)
        return self.openssl(
            *("-reply", "-queryfile", f"{self.folder}/query", "-config", f"{self.folder}/tsa.cnf")
        )

    def transport(self, change=lambda reply: reply):
        return httpx.MockTransport(
            lambda request: httpx.Response(200, content=change(self.reply(request.read())))
        )


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tsa") / "authority")


def stamped(authority, content=CONTENT, transport=None):
    return time_stamp(
        sha256(content).digest(),
        authority=ADDRESS,
        roots=authority.roots,
        transport=transport or authority.transport(),
    )


def answering(content=b"", status=200):
    return httpx.MockTransport(lambda _: httpx.Response(status, content=content))


def test_a_stamp_names_the_time_and_openssl_finds_it_good(authority, tmp_path):
    stamp = stamped(authority)
    assert abs(stamp.at - datetime.now(UTC)) < timedelta(minutes=1)
    (tmp_path / "file").write_bytes(CONTENT)
    (tmp_path / "file.tsr").write_bytes(stamp.answer)
    words = ("-data", f"{tmp_path}/file", "-in", f"{tmp_path}/file.tsr", "-CAfile", str(authority.roots))
    authority.openssl("-verify", *words)
    (tmp_path / "file").write_bytes(CONTENT + b"x")
    with pytest.raises(subprocess.CalledProcessError):
        authority.openssl("-verify", *words)


def test_the_request_reads_as_openssl_would_write_it(authority):
    stamped(authority)
    text = authority.openssl("-query", "-in", f"{authority.folder}/query", "-text").decode()
    assert "Version: 1" in text
    assert "Hash Algorithm: sha256" in text
    assert "Certificate required: yes" in text


def test_a_stamp_of_another_hash_does_not_hold(authority):
    other = authority.transport()

    def swap(request):
        query = request.read().replace(sha256(CONTENT).digest(), sha256(b"other").digest())
        return other.handle_request(httpx.Request("POST", ADDRESS, content=query))

    with pytest.raises(NoTimeStampError, match="does not hold"):
        stamped(authority, transport=httpx.MockTransport(swap))


def test_an_old_answer_given_again_does_not_hold(authority):
    old = stamped(authority).answer
    with pytest.raises(NoTimeStampError, match="does not hold"):
        stamped(authority, transport=answering(old))


def test_an_answer_signed_under_another_root_does_not_hold(authority, tmp_path):
    stranger = Authority(tmp_path / "stranger")
    with pytest.raises(NoTimeStampError, match="does not hold"):
        stamped(authority, transport=stranger.transport())


def test_a_changed_answer_does_not_hold(authority):
    broken = authority.transport(lambda reply: reply[:-1] + bytes([reply[-1] ^ 1]))
    with pytest.raises(NoTimeStampError):
        stamped(authority, transport=broken)


REFUSED = bytes.fromhex("30053003020102")
FAULTS = {
    "refused": answering(REFUSED),
    "garbage": answering(b"<html>Bad gateway</html>"),
    "nothing": answering(),
    "endless": answering(b"x" * 100_000),
    "server error": answering(status=503),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_no_stamp_is_named_as_none(authority, fault):
    with pytest.raises(NoTimeStampError):
        stamped(authority, transport=FAULTS[fault])


def hang(request):
    raise httpx.ReadTimeout("no answer", request=request)


def test_an_authority_that_hangs_is_not_waited_for(authority):
    with pytest.raises(NoTimeStampError, match="ReadTimeout"):
        stamped(authority, transport=httpx.MockTransport(hang))


def test_unreadable_roots_stamp_nothing(authority, tmp_path):
    for roots in (tmp_path / "absent.pem", tmp_path):
        with pytest.raises(NoTimeStampError, match="root certificates"):
            time_stamp(bytes(32), authority=ADDRESS, roots=roots, transport=authority.transport())


@pytest.fixture
def installed(settings, tmp_path, authority, monkeypatch):
    """An installation with an authority; gives what lets its transport be set."""
    settings.DATA_FOLDER = tmp_path
    settings.TIME_STAMP_AUTHORITY, settings.TIME_STAMP_ROOTS = ADDRESS, str(authority.roots)

    def reach(transport):
        monkeypatch.setattr(file_checks, "time_stamp", partial(stamping.time_stamp, transport=transport))

    reach(authority.transport())
    return reach


def seen(world, record):
    with acting_as(world.scribe("XAA").account):
        (file,) = attachments_of(record)
        return file, time_stamp_of(file.id)


@pytest.mark.django_db
def test_a_file_is_stamped_after_its_arrival(installed):
    world = make_world()
    record = draft(world)
    attach(world, record)
    assert seen(world, record)[0].stamp == "waiting"
    run_checks(jobs.stamp_file)
    file, answer = seen(world, record)
    assert file.stamp == "stamped"
    assert file.stamped_at is not None
    assert answer is not None


@pytest.mark.django_db
def test_a_failing_authority_is_asked_again_and_in_the_end_it_is_said(installed, authority):
    world = make_world()
    record = draft(world)
    attach(world, record)
    installed(answering(status=503))
    for _ in range(file_checks.MOST_TRIES - 1):
        run_checks(jobs.stamp_file)
        assert seen(world, record)[0].stamp == "waiting"
    waits = ProcrastinateJob.objects.filter(task_name="stamp_file", scheduled_at__isnull=False)
    assert waits.count() == file_checks.MOST_TRIES - 1
    run_checks(jobs.stamp_file)
    assert seen(world, record)[0].stamp == "failed"


@pytest.mark.django_db
def test_an_authority_that_comes_back_stamps(installed, authority):
    world = make_world()
    record = draft(world)
    attach(world, record)
    installed(httpx.MockTransport(hang))
    run_checks(jobs.stamp_file)
    installed(authority.transport())
    run_checks(jobs.stamp_file)
    assert seen(world, record)[0].stamp == "stamped"


@pytest.mark.django_db
def test_without_an_authority_that_is_said(installed, settings):
    settings.TIME_STAMP_AUTHORITY = ""
    world = make_world()
    record = draft(world)
    attach(world, record)
    run_checks(jobs.stamp_file)
    file, answer = seen(world, record)
    assert file.stamp == "none"
    assert answer is None
