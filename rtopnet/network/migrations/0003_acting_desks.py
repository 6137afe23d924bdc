"""For whom the acting account decides, readable by row policies."""

from django.db import migrations

FORWARD = """
-- States whose focal point or deputy the acting account is now, and institutions whose own post it holds.
-- Runs as its owner: who somebody is must not depend on what they may read.
CREATE FUNCTION acting_desks() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(desk), '{}') FROM (
        SELECT CASE WHEN p.kind IN ('focal_point', 'deputy') THEN p.state_id
                    WHEN p.kind IN ('secretariat', 'analyst', 'un_liaison') THEN p.institution_id END AS desk
        FROM network_account a JOIN network_holding h ON h.account_id = a.id
            JOIN network_post p ON p.id = h.post_id
        WHERE a.id = acting_account() AND a.is_active AND p.region_id = a.region_id
          AND h.starts_at <= statement_timestamp()
          AND (h.ends_at IS NULL OR h.ends_at > statement_timestamp())
    ) held WHERE desk IS NOT NULL
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("network", "0002_sign_in_tables")]
    operations = [migrations.RunSQL(FORWARD, "DROP FUNCTION acting_desks()")]
