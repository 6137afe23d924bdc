"""Check a downloaded ledger: python3 verify_ledger.py BOOK.zip [--since EARLIER.zip]."""

import base64
import json
import sys
import zipfile
from hashlib import sha256, sha512

SIGNED = "rtopnet ledger checkpoint 1"
SAID = ("at", "account", "capacity", "region", "verb", "kind", "subject", "detail")
P, Q = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
BASE_Y = 4 * pow(5, P - 2, P) % P


def add(a, b):  # RFC 8032, section 5.1.4: points as (X, Y, Z, T)
    m, n = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number, point):
    result = (0, 1, 1, 0)
    while number:
        result = add(result, point) if number & 1 else result
        point, number = add(point, point), number >> 1
    return result


def point_of(data):  # section 5.1.3
    y, sign = int.from_bytes(data, "little") % 2**255, data[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    if x * x % P != square:
        raise ValueError("a public key is no point of the curve")
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


def is_signed(key, text, signature):  # section 5.1.7
    x, y, _, t = point_of(key)
    s, k = int.from_bytes(signature[32:], "little"), sha512(signature[:32] + key + text).digest()
    k_times_key = times(int.from_bytes(k, "little") % Q, (P - x, y, 1, P - t))
    x, y, z, _ = add(times(s, point_of(BASE_Y.to_bytes(32, "little"))), k_times_key)
    x, y = x * pow(z, P - 2, P) % P, y * pow(z, P - 2, P) % P
    return s < Q and signature == (y | (x & 1) << 255).to_bytes(32, "little") + signature[32:64]


def read(name):
    with zipfile.ZipFile(name) as book:
        entries = [json.loads(line) for line in book.read("entries.jsonl").splitlines()]
        points = [json.loads(line) for line in book.read("checkpoints.jsonl").splitlines()]
        keys = [base64.b64decode(pem)[-32:] for pem in book.read("public_keys.pem").split(b"-----")[2::4]]
    return entries, points, {sha256(key).hexdigest()[:16]: key for key in keys}


def chain_faults(entries, points):
    book, previous = points[0]["book"], "00" * 32
    for number, entry in enumerate(entries, 1):
        said = [book, str(number), *(entry[name] for name in SAID), previous]
        if (entry["number"], entry["book"]) != (number, book):
            yield f"broken at entry {number}: dropped, inserted, moved, or of another book"
        if entry["previous"] != previous or entry["hash"] != sha256("\n".join(said).encode()).hexdigest():
            yield f"broken at entry {number}: it, or the one before it, was changed"
        previous = entry["hash"]


def checkpoint_faults(entries, points, keys):
    for point in points:
        at, key, signature = point["number"], keys.get(point["key_id"]), bytes.fromhex(point["signature"])
        text = "\n".join([SIGNED, point["book"], str(at), point["hash"], point["at"], point["key_id"]])
        if key is None or not is_signed(key, text.encode(), signature):
            yield f"broken: the checkpoint at entry {at} is not signed by a key of public_keys.pem"
        if [entry["hash"] for entry in entries[at - 1 : at]] != [point["hash"]]:
            yield f"broken at or before entry {at}: a checkpoint signed another one there"
    if max(point["number"] for point in points) != len(entries):
        yield "broken: no checkpoint signs where the book ends"


def rewritten(now, since):
    for number, entry in enumerate(since[0], 1):
        if now[0][number - 1 : number] != [entry]:
            yield f"rewritten: entry {number} is not as it was in the earlier download"
    if [point for point in since[1] if point not in now[1]] or set(since[2]) - set(now[2]):
        yield "rewritten: a checkpoint or a key of the earlier download is gone"


if __name__ == "__main__":
    try:
        now, since = read(sys.argv[1]), read(sys.argv[3]) if sys.argv[2:] else ([], [], {})
        faults = [*chain_faults(*now[:2]), *checkpoint_faults(*now), *rewritten(now, since)]
    except (LookupError, OSError, TypeError, ValueError, zipfile.BadZipFile) as error:
        sys.exit(f"{__doc__}\nThis cannot be read: {error!r}")
    if faults:
        sys.exit(f"ledger {faults[0]}")
    print(f"ledger intact: {len(now[0])} entries, {len(now[1])} checkpoints")
    print("keys not in an earlier download, to be compared:", *(set(now[2]) - set(since[2]) or ["none"]))
