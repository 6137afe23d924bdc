"""Looking a keeper's own entries up by skills, and finding what runs out."""

from django.db import migrations

FORWARD = """
-- Every way of holding p_number of the skills.
CREATE FUNCTION assistance_ways(p_skills text[], p_number integer) RETURNS SETOF text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH RECURSIVE ways (way, last) AS (
        SELECT '{}'::text[], 0
        UNION ALL
        SELECT way || p_skills[i], i FROM ways, generate_subscripts(p_skills, 1) i
        WHERE i > last AND cardinality(way) < p_number
    ) SELECT way FROM ways WHERE cardinality(way) = p_number
$$;

-- Row security keeps array operators away from their index, so the look-up runs as the table's owner and
-- holds the narrower half of the table's policy: one's own entries, not even those about oneself.
-- Rows come by the most that they can score; p_points are what skills, level, language, time and the rest earn.
CREATE FUNCTION assistance_candidates(p_skills text[], p_number integer, p_level integer, p_languages text[],
    p_from date, p_until date, p_points double precision[], p_most integer, p_after integer)
RETURNS TABLE (record uuid, skills varchar[], levels smallint[], skills_until date[], languages varchar[],
    periods jsonb, clearances jsonb, bound double precision) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    held text;
    asked CONSTANT double precision := nullif(cardinality(p_skills), 0);
BEGIN
    SELECT string_agg(format('e.skills @> %L::varchar[]', way), ' OR ') INTO held
    FROM assistance_ways(p_skills, p_number) way;
    RETURN QUERY EXECUTE
        'SELECT * FROM (SELECT e.record_id, e.skills, e.levels, e.skills_until, e.languages, e.periods, e.clearances,'
        ' $7[1] * coalesce($5 / $8, 1) + $7[2] * coalesce((SELECT count(*) FROM unnest(e.skills, e.levels) '
        'h (code, level) WHERE h.code = ANY($2) AND h.level >= $9) / $8, 1) + $7[3] * (CASE WHEN '
        'cardinality($6) = 0 OR EXISTS (SELECT 1 FROM unnest(e.languages) l '
        'WHERE split_part(lower(l), ''-'', 1) = ANY($6)) THEN 1 ELSE 0 END) + $7[4] * '
        '(least(e.last_day, $4) - greatest(e.first_day, $3) + 1) / ($4 - $3 + 1) + $7[5] AS bound '
        'FROM assistance_entry e WHERE (' || coalesce(held, 'false') || ') '
        'AND e.owner = ANY($1) AND e.first_day <= $4 AND e.last_day >= $3 '
        'AND (SELECT count(*) FROM unnest($2) s WHERE s = ANY(e.skills)) = $5) found '
        'ORDER BY bound DESC, record_id LIMIT $10 OFFSET $11'
        USING acting_principals(), p_skills, p_from, p_until, p_number, p_languages, p_points, asked, p_level,
            p_most, p_after;
END $$;

CREATE FUNCTION assistance_running_out(p_before date)
RETURNS TABLE (record uuid, desk uuid, region uuid, runs_out_on date) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF acting_capacity() IS DISTINCT FROM 'installation' THEN
        RAISE EXCEPTION 'only the program asks again' USING ERRCODE = 'RT007';
    END IF;
    RETURN QUERY
        UPDATE assistance_entry e SET asked_again_at = statement_timestamp()
        FROM sharing_record r
        WHERE r.id = e.record_id AND e.asks_again_on <= p_before AND e.asked_again_at IS NULL
        RETURNING e.record_id, e.desk, r.region_id, e.asks_again_on;
END $$;
"""

BACKWARD = """
DROP FUNCTION assistance_running_out(date), assistance_candidates(text[], integer, integer, text[], date, date,
    double precision[], integer, integer), assistance_ways(text[], integer);
"""


class Migration(migrations.Migration):
    dependencies = [("assistance", "0002_closing_and_sharing")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
