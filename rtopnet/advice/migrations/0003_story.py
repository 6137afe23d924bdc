"""An exercise's story lies in the past: a paper is begun in the present and then moved back."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION advice_move_back(p_record uuid, p_by interval) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF acting_capacity() IS DISTINCT FROM 'installation' OR p_by < interval '0' OR NOT EXISTS (
        SELECT 1 FROM sharing_record r JOIN network_region g ON g.id = r.region_id
        WHERE r.id = p_record AND g.kind = 'exercise')
    THEN
        RAISE EXCEPTION 'only an exercise has a past that is told' USING ERRCODE = 'RT007';
    END IF;
    UPDATE advice_paper SET begun_at = begun_at - p_by WHERE record_id = p_record;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("advice", "0002_held")]
    operations = [migrations.RunSQL(FUNCTIONS, "DROP FUNCTION advice_move_back")]
