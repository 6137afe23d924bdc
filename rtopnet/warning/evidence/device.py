"""The key by which a browser seals what it keeps of a report that could not be sent.

It is worked out anew for each page and never kept in the browser: what lies on a lost or searched device
cannot be read without signing in as the account that wrote it.
"""

from base64 import b64encode
from uuid import UUID

from django.utils.crypto import salted_hmac

_SALT = "rtopnet.evidence.device"


def device_key(account: UUID) -> str:
    """256 bits for AES-GCM, in base64."""
    return b64encode(salted_hmac(_SALT, str(account), algorithm="sha256").digest()).decode()
