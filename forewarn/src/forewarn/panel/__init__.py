"""Panels: one number a unit and month."""

from forewarn.panel.grid import panel_from_table
from forewarn.panel.region_history import region_history
from forewarn.panel.table import LongPanel, Question, long_panel
from forewarn.panel.views import cell_month_panel, country_month_panel, region_month_panel

__all__ = [
    "LongPanel",
    "Question",
    "cell_month_panel",
    "country_month_panel",
    "long_panel",
    "panel_from_table",
    "region_history",
    "region_month_panel",
]
