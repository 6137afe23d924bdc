"""States' own OpenID providers, from one JSON file that the environment names."""

import json
import os
from pathlib import Path
from typing import Any

from rtopnet.kernel.errors import SetUpError

NEEDED = ("id", "name", "server_url", "client_id", "secret_env", "state", "region")


def openid_apps(file: str | None) -> list[dict[str, Any]]:
    """The providers of ``file`` as django-allauth takes them; none without a file.

    Raises:
        SetUpError: the file cannot be read, or lacks something.
    """
    if not file:
        return []
    try:
        listed = json.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SetUpError(f"RTOPNET_OPENID_PROVIDERS: {file} cannot be read: {error}") from error
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        raise SetUpError(f"RTOPNET_OPENID_PROVIDERS: {file} must be a list of providers")
    return [_app(entry, file) for entry in listed]


def _app(entry: dict[str, Any], file: str) -> dict[str, Any]:
    for name in NEEDED:
        if not entry.get(name):
            raise SetUpError(f"RTOPNET_OPENID_PROVIDERS: a provider in {file} has no '{name}'")
    secret = os.environ.get(entry["secret_env"], "")
    if not secret:
        raise SetUpError(f"{entry['secret_env']} is not set: the provider '{entry['id']}' needs it")
    return {
        "provider_id": entry["id"],
        "name": entry["name"],
        "client_id": entry["client_id"],
        "secret": secret,
        "settings": {
            "server_url": entry["server_url"],
            "oauth_pkce_enabled": True,
            "state": entry["state"],
            "region": entry["region"],
            "trust_second_factor": entry.get("trust_second_factor") is True,
            "multi_factor_acr": list(entry.get("multi_factor_acr", [])),
        },
    }
