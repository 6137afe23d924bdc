"""Connectors to open sources: one file each, found by the registry; none knows the database."""
