"""A push service and a browser behind it, in this process: it takes what RFC 8030 says, and decrypts."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode

import http_ece
import httpx
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from joserfc import jwt
from joserfc.jwk import ECKey

ENDPOINT = "https://push.service.example/send/abc"


def base64(data):
    return urlsafe_b64encode(data).rstrip(b"=").decode()


class Browser:
    """What a browser keeps of its subscription."""

    def __init__(self, endpoint=ENDPOINT):
        self.endpoint, self.auth = endpoint, b"0123456789abcdef"
        self.key = ec.generate_private_key(ec.SECP256R1())
        public = self.key.public_key()
        self.p256dh = public.public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )

    def subscription(self):
        return {"endpoint": self.endpoint, "p256dh": base64(self.p256dh), "auth": base64(self.auth)}

    def read(self, body):
        plain = http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth, version="aes128gcm")
        return json.loads(plain)


class PushService:
    """Answers with ``status`` and keeps what came."""

    def __init__(self):
        self.status, self.requests, self.fault = 201, [], None

    def __call__(self, request):
        if self.fault:
            raise self.fault
        self.requests.append(request)
        return httpx.Response(self.status, text="not read")

    def claims_of(self, request):
        scheme, token, key = request.headers["Authorization"].replace(",", "").split(" ")
        assert scheme == "vapid"
        point = urlsafe_b64decode(key.removeprefix("k=") + "=")
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        return jwt.decode(token.removeprefix("t="), ECKey.import_key(pem)).claims
