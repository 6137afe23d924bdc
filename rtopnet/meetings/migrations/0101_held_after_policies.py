"""Refuse changes of a held record after the row policies have: an outsider learns nothing of it by trying."""

from django.db import migrations

TABLES = {
    "addressee": "sharing_addressee",
    "text": "sharing_recordtext",
    "part": "sharing_recordpart",
    "partaddressee": "sharing_partaddressee",
    "attachment": "sharing_attachment",
}


def triggers(moment: str) -> str:
    """The triggers on what hangs on a record, at that moment of a statement."""
    return "".join(
        f"DROP TRIGGER meetings_{name}_held ON {table};\n"
        f"CREATE TRIGGER meetings_{name}_held {moment} INSERT OR DELETE ON {table}\n"
        "    FOR EACH ROW EXECUTE FUNCTION meetings_hold_content();\n"
        for name, table in TABLES.items()
    )


class Migration(migrations.Migration):
    dependencies = [("meetings", "0004_minutes_in_silence")]
    operations = [migrations.RunSQL(triggers("AFTER"), triggers("BEFORE"))]
