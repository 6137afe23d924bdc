"""Decisions about assistance: the course of a request, what fits a need, what is covered; pure."""
