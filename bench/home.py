"""Home page with a region's states against an empty Django view, 20 parallel readers on the same server."""

import http.client
import os
import re
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

READERS, SECONDS, PORT, EMPTY_PORT = 20, 8, 8765, 8766
PROJECT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent


def main():
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, platform(folder) as cookie:
        with empty_view():
            empty = measure(EMPTY_PORT, {})
        home = measure(PORT, {"Cookie": cookie})
    report("home page", home)
    report("empty view", empty)
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory of the largest process: {children:.0f} MiB")
    print(f"bench home {home['median'] / empty['median']:.2f} goal start")


@contextmanager
def platform(folder):
    environment = os.environ | {"RTOPNET_DATA": folder}
    process = subprocess.Popen(
        [BIN / "rtopnet", "run", "--port", str(PORT)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        link = None
        for line in process.stdout:
            found = re.search(r"/sign-in/\S+", line)
            link = link or (found and found[0])
            if "Ctrl-C stops it" in line:
                break
        yield sign_in(link)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def sign_in(link):
    connection = http.client.HTTPConnection("127.0.0.1", PORT)
    connection.request("GET", link)
    answer = connection.getresponse()
    page, cookie = answer.read().decode(), answer.getheader("Set-Cookie").split(";", 1)[0]
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    body = f"csrfmiddlewaretoken={token}"
    kind = "application/x-www-form-urlencoded"
    origin = f"http://127.0.0.1:{PORT}"
    head = {"Cookie": cookie, "Content-Type": kind, "Origin": origin}
    connection.request("POST", link, body, head)
    answer = connection.getresponse()
    answer.read()
    cookies = [value.split(";", 1)[0] for name, value in answer.getheaders() if name == "Set-Cookie"]
    return "; ".join([cookie, *cookies])


@contextmanager
def empty_view():
    process = subprocess.Popen(
        [
            *(
                sys.executable,
                "-m",
                "gunicorn",
                "empty_view:application",
                "--bind",
                f"127.0.0.1:{EMPTY_PORT}",
            ),
            *("--workers", "2", "--threads", "4", "--preload", "--log-level", "warning"),
        ],
        cwd=PROJECT / "bench",
    )
    try:
        wait_for(EMPTY_PORT)
        yield
    finally:
        process.terminate()
        process.wait(30)


def wait_for(port):
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            http.client.HTTPConnection("127.0.0.1", port).connect()
        except OSError:
            time.sleep(0.1)
        else:
            return


def measure(port, head):
    """Seconds each request took, by READERS readers at once for SECONDS."""
    taken, end = [], time.monotonic() + SECONDS
    threads = [threading.Thread(target=read, args=(port, head, end, taken)) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken.sort()
    return {
        "median": statistics.median(taken),
        "p95": taken[int(0.95 * len(taken))],
        "rate": len(taken) / SECONDS,
    }


def read(port, head, end, taken):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while time.monotonic() < end:
        began = time.perf_counter()
        connection.request("GET", "/", headers=head)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"bench: the page answered {answer.status}")
        taken.append(time.perf_counter() - began)


def report(name, figures):
    print(
        f"{name}: median {figures['median'] * 1000:.1f} ms, p95 {figures['p95'] * 1000:.1f} ms, "
        f"{figures['rate']:.0f} a second"
    )


if __name__ == "__main__":
    main()
