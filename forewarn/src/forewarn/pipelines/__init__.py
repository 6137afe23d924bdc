"""What a program calls: a panel and settings in, typed results out; no files."""

from forewarn.models.registry import DEFAULT_MODEL, model_names
from forewarn.pipelines.attack_evaluation import evaluate_attacks
from forewarn.pipelines.evaluation import evaluate_fatalities, skill_summary
from forewarn.pipelines.explaining import (
    attack_changes,
    country_changes,
    explain_attacks,
    explain_countries,
    explain_onsets,
)
from forewarn.pipelines.forecasting import forecast_countries, forecast_regions, quantiles
from forewarn.pipelines.onset_evaluation import evaluate_onset
from forewarn.pipelines.region_evaluation import evaluate_regions

__all__ = [
    "DEFAULT_MODEL",
    "attack_changes",
    "country_changes",
    "evaluate_attacks",
    "evaluate_fatalities",
    "evaluate_onset",
    "evaluate_regions",
    "explain_attacks",
    "explain_countries",
    "explain_onsets",
    "forecast_countries",
    "forecast_regions",
    "model_names",
    "quantiles",
    "skill_summary",
]
