"""Probabilistic early warning of political violence: ingest, panels, forecasts, evaluation."""

__version__ = "0.1.0"
