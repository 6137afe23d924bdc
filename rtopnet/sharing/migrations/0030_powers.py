"""Contributors read as far as their desk lets them; who holds no post reads as the public does."""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION sharing_principals_of(p_account uuid) RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    nobody CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
    me uuid;
    home uuid;
    mine uuid[];
    posts_held bigint;
BEGIN
    SELECT id, region_id INTO me, home FROM network_account WHERE id = p_account AND is_active;
    IF me IS NULL THEN
        RETURN ARRAY[nobody];
    END IF;
    WITH seats AS (
        SELECT p.kind, p.state_id AS state, p.institution_id AS institution,
            (p.reads_space OR p.kind <> 'contributor') AS reads
        FROM network_holding h JOIN network_post p ON p.id = h.post_id
        WHERE h.account_id = me AND p.region_id = home AND h.starts_at <= statement_timestamp()
          AND (h.ends_at IS NULL OR h.ends_at > statement_timestamp())
    ), held AS (
        SELECT count(*) AS posts FROM seats
    ), principals AS (
        SELECT state AS principal FROM seats WHERE kind IN ('focal_point', 'deputy')
        UNION SELECT sharing_people(state) FROM seats
            WHERE kind IN ('focal_point', 'deputy', 'contributor') AND reads
        UNION SELECT institution FROM seats
            WHERE kind IN ('focal_point', 'deputy', 'secretariat', 'analyst', 'un_liaison')
        UNION SELECT sharing_people(institution) FROM seats
            WHERE kind IN ('focal_point', 'deputy', 'contributor', 'secretariat', 'analyst', 'un_liaison')
              AND reads
        UNION SELECT home FROM seats WHERE kind IN ('focal_point', 'deputy', 'contributor', 'secretariat')
    )
    SELECT (SELECT posts FROM held), coalesce(array_agg(principal), '{}') INTO posts_held, mine
    FROM principals WHERE principal IS NOT NULL;
    IF posts_held = 0 THEN
        -- Who holds no post any more reads as the public does.
        RETURN ARRAY[nobody];
    END IF;
    mine := mine || me || nobody;
    RETURN mine || ARRAY(
        SELECT m.group_id FROM sharing_member m JOIN sharing_group g ON g.id = m.group_id
        WHERE g.region_id = home AND (m.account_id = me OR sharing_people(m.state_id) = ANY(mine)
            OR sharing_people(m.institution_id) = ANY(mine)));
END $$;
"""

BACKWARD = """
CREATE OR REPLACE FUNCTION sharing_principals_of(p_account uuid) RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    nobody CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
    me uuid;
    home uuid;
    mine uuid[];
BEGIN
    SELECT id, region_id INTO me, home FROM network_account WHERE id = p_account AND is_active;
    IF me IS NULL THEN
        RETURN ARRAY[nobody];
    END IF;
    WITH seats AS (
        SELECT p.kind, p.state_id AS state, p.institution_id AS institution
        FROM network_holding h JOIN network_post p ON p.id = h.post_id
        WHERE h.account_id = me AND p.region_id = home AND h.starts_at <= statement_timestamp()
          AND (h.ends_at IS NULL OR h.ends_at > statement_timestamp())
    ), principals AS (
        SELECT state AS principal FROM seats WHERE kind IN ('focal_point', 'deputy')
        UNION SELECT sharing_people(state) FROM seats WHERE kind IN ('focal_point', 'deputy', 'contributor')
        UNION SELECT institution FROM seats
            WHERE kind IN ('focal_point', 'deputy', 'secretariat', 'analyst', 'un_liaison')
        UNION SELECT sharing_people(institution) FROM seats
            WHERE kind IN ('focal_point', 'deputy', 'contributor', 'secretariat', 'analyst', 'un_liaison')
        UNION SELECT home FROM seats WHERE kind IN ('focal_point', 'deputy', 'contributor', 'secretariat')
    )
    SELECT coalesce(array_agg(principal), '{}') INTO mine FROM principals WHERE principal IS NOT NULL;
    mine := mine || me || nobody;
    RETURN mine || ARRAY(
        SELECT m.group_id FROM sharing_member m JOIN sharing_group g ON g.id = m.group_id
        WHERE g.region_id = home AND (m.account_id = me OR sharing_people(m.state_id) = ANY(mine)
            OR sharing_people(m.institution_id) = ANY(mine)));
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("sharing", "0011_files_of_none"), ("network", "0020_posts")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
