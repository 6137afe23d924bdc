"""What a program calls: a panel and settings in, typed results out; no files."""

from forewarn.pipelines.evaluation import evaluate_fatalities, skill_summary
from forewarn.pipelines.forecasting import forecast_countries, forecast_regions, quantiles
from forewarn.pipelines.region_evaluation import evaluate_regions

__all__ = [
    "evaluate_fatalities",
    "evaluate_regions",
    "forecast_countries",
    "forecast_regions",
    "quantiles",
    "skill_summary",
]
