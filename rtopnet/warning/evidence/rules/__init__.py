"""Decisions of the room: pure functions on frozen values."""
