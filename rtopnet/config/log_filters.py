"""What must not stand in a log."""

import logging
import re

SECRET_IN_ADDRESS = re.compile(
    r"(/sign-in/|/password/reset/key/|/accounts/invitation/|/notices/mail/stop/|/network/here/)[^/\s]+"
)


class WithoutSecrets(logging.Filter):
    """Takes one-time secrets out of the addresses that are logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; always let it through."""
        record.msg, record.args = SECRET_IN_ADDRESS.sub(r"\1…", record.getMessage()), ()
        return True
