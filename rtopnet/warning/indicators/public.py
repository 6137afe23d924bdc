"""The door of the room of the Framework."""

from rtopnet.warning.indicators.queries import (
    KeptFramework,
    framework_fault,
    framework_for,
    framework_of,
    kept_framework,
)
from rtopnet.warning.indicators.rules import (
    Check,
    Factor,
    Framework,
    FrameworkFaultyError,
    Indicator,
    Kind,
    Nature,
    Version,
)

__all__ = [
    "Check",
    "Factor",
    "Framework",
    "FrameworkFaultyError",
    "Indicator",
    "KeptFramework",
    "Kind",
    "Nature",
    "Version",
    "framework_fault",
    "framework_for",
    "framework_of",
    "kept_framework",
]
