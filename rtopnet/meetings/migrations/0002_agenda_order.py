"""Whoever orders an agenda orders it, and changes nothing else of an item that is another's."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION meetings_keep_item() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.record_id, OLD.meeting_id) IS DISTINCT FROM (NEW.record_id, NEW.meeting_id)
        OR (OLD.minutes, OLD.kind) IS DISTINCT FROM (NEW.minutes, NEW.kind)
            AND NOT coalesce(OLD.owner = ANY(acting_principals()), false)
    THEN
        RAISE EXCEPTION 'an item stays where it is, and its owner alone changes it' USING ERRCODE = 'RT004';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agendaitem_kept BEFORE UPDATE ON meetings_agendaitem
    FOR EACH ROW EXECUTE FUNCTION meetings_keep_item();
"""
UNDO = "DROP TRIGGER agendaitem_kept ON meetings_agendaitem; DROP FUNCTION meetings_keep_item();"


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTION, UNDO)]
