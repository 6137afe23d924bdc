"""Which contents on the disk belong to no attachment, for the sweeping of what was left behind."""

from django.db import migrations

# Says of contents which belong to no attachment, and nothing else; only the program itself may ask.
FUNCTION = """
CREATE FUNCTION sharing_files_of_none(p_keys uuid[]) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(key), '{}') FROM unnest(p_keys) AS k (key)
    WHERE acting_capacity() = 'installation'
      AND NOT EXISTS (SELECT 1 FROM sharing_attachment WHERE storage_key = key)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("sharing", "0020_search")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION sharing_files_of_none(uuid[])")]
