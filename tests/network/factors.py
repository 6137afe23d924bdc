"""Second factors for tests: an app's one-time codes, without an app."""

import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from rtopnet.kernel.acting import Capacity, acting_for

SECRET = "JBSWY3DPEHPK3PXP"  # noqa: S105 -- of nobody


def code_of(secret=SECRET, step=0):
    """What the app shows now, or a half minute before or after."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def give_app(account):
    """An app and recovery codes for an account that has neither; returns the codes."""
    with acting_for(Capacity.SIGN_IN):
        TOTP.activate(account, SECRET)
        return RecoveryCodes.activate(account).get_unused_codes()


def prove(client, code=None):
    """Send a one-time code to the page that asks for the second factor."""
    return client.post("/accounts/second-factor/prove/", {"code": code or code_of()})
