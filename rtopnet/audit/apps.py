from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The ledger: append-only, hash-chained, checkable by anyone who holds it."""

    name = "rtopnet.audit"
    label = "audit"
