"""Reads of assistance."""

from rtopnet.assistance.queries.courses import course_of, courses_of
from rtopnet.assistance.queries.requests import (
    NeedInSight,
    RegretInSight,
    RequestLine,
    RequestSheet,
    need_in_sight,
    needs_of,
    request_sheet,
    requests_listed,
    was_withdrawn,
)

__all__ = [
    "NeedInSight",
    "RegretInSight",
    "RequestLine",
    "RequestSheet",
    "course_of",
    "courses_of",
    "need_in_sight",
    "needs_of",
    "request_sheet",
    "requests_listed",
    "was_withdrawn",
]
