"""Builds the XLSForm that ODK Collect and KoboToolbox take, with the columns of a report; run by hand.

    .venv/bin/python -m tools.build_field_form

The form asks for nothing that tells who collects: no device, no user name, no telephone number.
"""

from pathlib import Path

import yaml
from xlsxwriter import Workbook

ROOM = Path(__file__).parents[1] / "rtopnet" / "warning" / "evidence"
TARGET = ROOM / "data" / "field_report.xlsx"
DAYS = ". <= today()"
PEOPLE = ". >= 0 and . <= 10000000"
CHOICES = {
    "time_precision": {
        "hour": "The hour is known",
        "day": "The day is known",
        "week": "Only the week is known",
        "month": "Only the month is known",
        "year": "Only the year is known",
    },
    "place_precision": {
        "exact": "The exact place is known",
        "village": "The village or quarter is known",
        "district": "The district is known",
        "region": "Only the first-level region is known",
        "state": "Only the state is known",
    },
    "target_ground": {
        "national": "National",
        "ethnic": "Ethnic",
        "racial": "Racial",
        "religious": "Religious",
        "political": "Political",
        "gender": "Gender",
        "other": "Other",
        "unknown": "Not known",
    },
    "actor_kind": {
        "state_force": "Forces of a state",
        "armed_group": "An armed group",
        "communal_group": "A group of a community",
        "unknown": "Not known",
    },
    "source_grade": {
        "A": "A: completely reliable",
        "B": "B: usually reliable",
        "C": "C: fairly reliable",
        "D": "D: not usually reliable",
        "E": "E: unreliable",
        "F": "F: reliability cannot be judged",
    },
    "information_grade": {
        "1": "1: confirmed by other sources",
        "2": "2: probably true",
        "3": "3: possibly true",
        "4": "4: doubtful",
        "5": "5: improbable",
        "6": "6: truth cannot be judged",
    },
}
# type, name, label, hint, required, relevant, constraint, constraint message, appearance
SURVEY = [
    ("begin group", "what", "What", "", "", "", "", "", "field-list"),
    ("text", "title", "What happened, in a few words?", "", "yes", "", "", "", ""),
    ("select_one act", "act", "What kind of act was it?", "", "yes", "", "", "", ""),
    ("text", "body", "What happened?", "No names and no exact place here.", "", "", "", "", "multiline"),
    ("end group", "", "", "", "", "", "", "", ""),
    ("begin group", "when", "When", "", "", "", "", "", "field-list"),
    ("date", "occurred_from", "First day", "", "yes", "", DAYS, "It must not lie ahead.", ""),
    (
        "date",
        "occurred_to",
        "Last day",
        "Empty: the same day.",
        "",
        "",
        f"{DAYS} and . >= ${{occurred_from}}",
        "It must not be before the first day.",
        "",
    ),
    (
        "select_one time_precision",
        "time_precision",
        "How exactly is the time known?",
        "",
        "yes",
        "",
        "",
        "",
        "",
    ),
    (
        "integer",
        "hour",
        "Hour, from 0 to 23",
        "",
        "yes",
        "${time_precision} = 'hour'",
        ". >= 0 and . <= 23",
        "From 0 to 23.",
        "",
    ),
    ("end group", "", "", "", "", "", "", "", ""),
    ("begin group", "where", "Where", "", "", "", "", "", "field-list"),
    (
        "text",
        "state",
        "State, by its three letters",
        "As in the workbook's template.",
        "yes",
        "",
        "regex(., '^[A-Z]{3}$')",
        "Three capital letters.",
        "",
    ),
    ("text", "region", "First-level region", "", "", "", "", "", ""),
    (
        "select_one place_precision",
        "place_precision",
        "How exactly is the place known?",
        "",
        "yes",
        "",
        "",
        "",
        "",
    ),
    ("end group", "", "", "", "", "", "", "", ""),
    ("begin group", "who", "Who, and what harm", "", "", "", "", "", "field-list"),
    ("text", "target_group", "Who was targeted?", "", "", "", "", "", ""),
    ("select_one target_ground", "target_ground", "On what ground?", "", "yes", "", "", "", ""),
    ("select_one actor_kind", "actor_kind", "Who acted?", "", "yes", "", "", "", ""),
    ("text", "actor_name", "Which force or group?", "No names of persons.", "", "", "", "", ""),
    *(
        ("integer", f"{harm}_{end}", f"{word}, {words}", "", "", "", PEOPLE, "Not possible.", "")
        for harm, word in (("killed", "Killed"), ("injured", "Injured"), ("displaced", "Displaced"))
        for end, words in (("low", "at least"), ("best", "most probably"))
    ),
    ("end group", "", "", "", "", "", "", "", ""),
    ("begin group", "protected", "What must be protected", "", "", "", "", "", "field-list"),
    ("text", "source", "Who is the source, and how can it be reached?", "", "", "", "", "", "multiline"),
    ("text", "names", "Names of victims, witnesses and those who acted", "", "", "", "", "", "multiline"),
    ("text", "exact_place", "The exact place", "", "", "", "", "", ""),
    ("geopoint", "point", "Its coordinates", "Only if it is safe to record them.", "", "", "", "", ""),
    ("end group", "", "", "", "", "", "", "", ""),
    ("begin group", "grades", "How sure is it?", "", "", "", "", "", "field-list"),
    ("select_one source_grade", "source_grade", "How reliable is the source?", "", "", "", "", "", ""),
    (
        "select_one information_grade",
        "information_grade",
        "How credible is the information?",
        "",
        "",
        "",
        "",
        "",
        "",
    ),
    ("end group", "", "", "", "", "", "", "", ""),
    ("image", "photo", "Photo", "", "", "", "", "", "", "max-pixels=2048"),
]
COLUMNS = (
    "type",
    "name",
    "label",
    "hint",
    "required",
    "relevant",
    "constraint",
    "constraint_message",
    "appearance",
    "parameters",
)


def build(target: Path = TARGET) -> None:
    """Write the form."""
    acts = yaml.safe_load((ROOM / "data" / "acts.yaml").read_text(encoding="utf-8"))
    lists = {"act": {one["code"]: one["names"]["en"] for one in acts}} | CHOICES
    with Workbook(str(target), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        survey, choices, settings = (book.add_worksheet(name) for name in ("survey", "choices", "settings"))
        for number, row in enumerate([COLUMNS, *SURVEY]):
            for column, cell in enumerate(row):
                survey.write_string(number, column, cell)
        rows = [(listed, code, label) for listed, said in lists.items() for code, label in said.items()]
        for number, row in enumerate([("list_name", "name", "label"), *rows]):
            for column, cell in enumerate(row):
                choices.write_string(number, column, cell)
        for column, (name, value) in enumerate(
            {"form_title": "Field report", "form_id": "field_report", "version": "1"}.items()
        ):
            settings.write_string(0, column, name)
            settings.write_string(1, column, value)


if __name__ == "__main__":
    build()
