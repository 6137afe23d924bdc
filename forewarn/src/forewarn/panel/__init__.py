"""Panels: one number a unit and month."""

from forewarn.panel.country import country_month_panel
from forewarn.panel.grid import panel_from_table

__all__ = ["country_month_panel", "panel_from_table"]
