"""Some deeds are the actor's own: those who decide for the actor's state may not know of their object."""

from django.db import migrations

FORWARD = """
-- One function of that name: an overload would make calls with fewer arguments ambiguous.
DROP FUNCTION audit_append(text, text, text, uuid, text, uuid[]);

CREATE FUNCTION audit_append(
    p_verb text, p_kind text, p_subject text, p_region uuid, p_detail text, p_books uuid[] DEFAULT '{}',
    p_in_own boolean DEFAULT true)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    head audit_head;
    at timestamptz := clock_timestamp();
    acting uuid := acting_account();
    capacity text := coalesce(acting_capacity(), '');
    said text;
    digest bytea;
BEGIN
    -- The lock keeps the chain, and every book, in one order; it is held until this transaction ends.
    SELECT * INTO STRICT head FROM audit_head FOR UPDATE;
    said := concat_ws(E'\\n',
        to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        coalesce(acting::text, ''), capacity, coalesce(p_region::text, ''),
        p_verb, p_kind, p_subject, p_detail);
    digest := sha256(convert_to(
        concat_ws(E'\\n', (head.seq + 1)::text, said, encode(head.hash, 'hex')), 'UTF8'));
    INSERT INTO audit_ledger VALUES (head.seq + 1, at, acting, capacity, p_region, p_verb, p_kind,
        p_subject, p_detail, head.hash, digest, pg_current_xact_id());
    UPDATE audit_head SET seq = head.seq + 1, hash = digest;
    IF p_in_own THEN
        p_books := p_books || audit_books_of(acting);
    END IF;
    PERFORM audit_enter(p_books, head.seq + 1, said);
    RETURN head.seq + 1;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_checkpoints")]
    operations = [migrations.RunSQL(FORWARD)]
