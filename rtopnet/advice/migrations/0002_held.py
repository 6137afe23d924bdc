"""What was transmitted stays as it went out; and what drafters learn of references that they cannot read."""

from django.db import migrations

FUNCTIONS = """
-- Statements that rest on something which whoever asks, and drafts, does not read: that there is something, no
-- more. What they put there themselves they see.
CREATE FUNCTION advice_unseen(p_record uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT DISTINCT s.id
    FROM advice_paperstatement s
    JOIN advice_paperreference r ON r.statement_id = s.id
    JOIN advice_paper p ON p.record_id = s.record_id
    JOIN sharing_record c ON c.id = r.cited_id
    WHERE s.record_id = p_record AND NOT s.is_struck
      AND (p.owner = ANY(acting_principals()) OR p.drafters && acting_desks()
          AND (p.open_to IS NULL OR statement_timestamp() < p.open_to))
      AND r.written_by_id IS DISTINCT FROM acting_account()
      AND NOT (c.owner = ANY(acting_principals()) OR c.readers && acting_principals()
          AND statement_timestamp() >= c.open_from AND statement_timestamp() < c.open_to)
$$;

-- What the program needs to tell of a paper: whom; never content.
CREATE FUNCTION advice_paper_facts(p_record uuid, OUT desk uuid, OUT region uuid) RETURNS SETOF record
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF acting_capacity() IS DISTINCT FROM 'installation' THEN
        RAISE EXCEPTION 'only the program tells' USING ERRCODE = 'RT007';
    END IF;
    RETURN QUERY SELECT r.desk, r.region_id FROM advice_paper p JOIN sharing_record r ON r.id = p.record_id
    WHERE p.record_id = p_record;
END $$;

CREATE FUNCTION advice_hold_record() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.kind, OLD.marking, OLD.chatham_house, OLD.open_to_contributors, OLD.existence_only,
            OLD.embargo_until, OLD.expires_at, OLD.recalled_at, OLD.withdrawn_at, OLD.oldest_version)
        IS DISTINCT FROM
        (NEW.kind, NEW.marking, NEW.chatham_house, NEW.open_to_contributors, NEW.existence_only,
            NEW.embargo_until, NEW.expires_at, NEW.recalled_at, NEW.withdrawn_at, NEW.oldest_version)
        AND EXISTS (SELECT 1 FROM advice_transmission WHERE record_id = OLD.id)
    THEN
        RAISE EXCEPTION 'it was transmitted' USING ERRCODE = 'RT008';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION advice_hold_content() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    about uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.record_id ELSE NEW.record_id END;
BEGIN
    IF EXISTS (SELECT 1 FROM advice_transmission WHERE record_id = about) THEN
        RAISE EXCEPTION 'it was transmitted' USING ERRCODE = 'RT008';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER advice_record_held BEFORE UPDATE ON sharing_record
    FOR EACH ROW EXECUTE FUNCTION advice_hold_record();
"""
TABLES = ("addressee", "recordtext", "recordpart", "partaddressee", "attachment")
# After the row policies: an outsider learns nothing of it by trying.
TRIGGERS = "".join(
    f"CREATE TRIGGER advice_{table}_held AFTER INSERT OR DELETE ON sharing_{table}\n"
    "    FOR EACH ROW EXECUTE FUNCTION advice_hold_content();\n"
    for table in TABLES
)
BACK = """
DROP FUNCTION advice_hold_record, advice_hold_content CASCADE;
DROP FUNCTION advice_unseen, advice_paper_facts;
"""


class Migration(migrations.Migration):
    dependencies = [("advice", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTIONS + TRIGGERS, BACK)]
