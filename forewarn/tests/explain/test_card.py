"""A card is read off an evaluation's JSON: losses, failures and limits included."""

import json

import pytest
from click.testing import CliRunner
from forewarn.cli import cli
from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.months import Month
from forewarn.explain.card import card_of
from forewarn.explain.card_text import card_markdown
from forewarn.pipelines import evaluate_attacks, evaluate_fatalities


@pytest.fixture(scope="module")
def deaths(make_panel):
    panel = make_panel(12, 200)
    origins = [Month(panel.end - back) for back in (30, 18, 6)]
    models = ["analogues", "own-history-12", "zeros"]
    made = evaluate_fatalities(panel, origins=origins, steps=range(1, 7), models=models, draws=60, seed=1)
    return made.to_json()


@pytest.fixture(scope="module")
def attacks(make_regions):
    history = make_regions(5, 120)
    first, last = Month(history.end - 20), Month(history.end - 3)
    models = ["echoes", "one-sided-12"]
    return evaluate_attacks(
        history, train_to=Month(first - 1), first=first, last=last, models=models
    ).to_json()


def test_a_card_has_the_ratio_to_each_benchmark_by_period_and_place(deaths):
    card = card_of(deaths)
    assert card.model == "analogues"
    assert {ratio.benchmark for ratio in card.overall} == {"own-history-12", "zeros"}
    pooled = {name: scores["crps"] for name, scores in deaths["models"].items()}
    ratio = next(each for each in card.overall if each.benchmark == "own-history-12")
    assert ratio.ratio == pytest.approx(pooled["analogues"] / pooled["own-history-12"])
    assert ratio.low <= ratio.ratio <= ratio.high
    years = [each for each in card.by_period if each.benchmark == "zeros"]
    assert sum(each.n for each in years) == deaths["n"]
    assert [each.ratio for each in card.by_unit] == sorted(
        (each.ratio for each in card.by_unit), reverse=True
    )


def test_misses_are_the_worst_and_say_what_came(deaths):
    misses = card_of(deaths).misses
    assert [miss.score for miss in misses] == sorted((miss.score for miss in misses), reverse=True)
    assert all(miss.low <= miss.said <= miss.high for miss in misses)
    assert len({(miss.unit, miss.origin) for miss in misses}) == len(misses)


def test_risks_tell_the_quiet_apart(attacks):
    card = card_of(attacks)
    assert {ratio.kind for ratio in card.overall} == {"all", "quiet"}
    assert card.misses[0].came in {0.0, 1.0}


def test_any_model_of_an_evaluation_has_a_card(deaths):
    assert card_of(deaths, model="zeros").overall[0].model == "zeros"
    with pytest.raises(UnusableInputError, match="no model 'nobody'; it has analogues"):
        card_of(deaths, model="nobody")


def test_the_text_has_every_part_that_a_card_must_have(deaths, attacks):
    for made in (deaths, attacks):
        text = card_markdown(card_of(made))
        for part in (
            "Outcome and its limits",
            "Data and training span",
            "Skill",
            "By period",
            "By country or region",
            "Known failures",
            "Intended use",
        ):
            assert f"# {part}\n" in text
        assert "it lost in" in text


def test_the_command_writes_what_the_evaluation_holds(deaths, tmp_path):
    file, out = tmp_path / "scores.json", tmp_path / "card.md"
    file.write_text(json.dumps(deaths))
    assert CliRunner().invoke(cli, ["card", str(file), "--out", str(out)]).exit_code == 0
    assert out.read_text() == card_markdown(card_of(deaths))
    shown = CliRunner().invoke(cli, ["card", str(file)])
    assert shown.output == out.read_text()


@pytest.mark.parametrize("text", ["{}", "[]", "no json", '{"models": {"a": {}}, "record": {}}'])
def test_what_is_no_evaluation_is_refused_in_one_line(tmp_path, text):
    file = tmp_path / "other.json"
    file.write_text(text)
    result = CliRunner().invoke(cli, ["card", str(file)])
    assert isinstance(result.exception, UnusableInputError)
    assert "\n" not in str(result.exception)
