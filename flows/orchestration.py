"""Prefect as figurecheck runs it: quiet, offline, its files in figurecheck's own folder.

Prefect reads its settings when it is first imported, so ``prepare`` comes before any import of it.
"""

from __future__ import annotations

import os

from flows.files import home
from flows.settings import SettingsError

_QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
    # On a busy machine its server needs longer than the 20 seconds that Prefect gives it.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
}


def prepare(**more: str) -> None:
    """Set Prefect's environment. What the user has set stands, above all PREFECT_API_URL."""
    folder = home() / "prefect"
    for name, value in {**_QUIET, **more, "PREFECT_HOME": str(folder)}.items():
        os.environ.setdefault(name, value)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"figurecheck's folder {folder} cannot be made: {error.strerror or error}") from None


def server_url() -> str | None:
    """The Prefect server that the user runs; None where figurecheck starts its own."""
    return os.environ.get("PREFECT_API_URL") or None
