"""A book for each body: a chain of its own inside the ledger, whose numbers tell nothing of others."""

from django.db import migrations

TABLES = """
CREATE TABLE audit_book (
    book uuid PRIMARY KEY,
    number bigint NOT NULL,
    hash bytea NOT NULL
);
COMMENT ON TABLE audit_book IS 'closed';

-- Entries written before this table stand in no book: a book begins with the first entry after it.
CREATE TABLE audit_book_entry (
    book uuid NOT NULL,
    number bigint NOT NULL,
    entry bigint NOT NULL,
    previous bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (book, number),
    UNIQUE (entry, book)
);
COMMENT ON TABLE audit_book_entry IS 'closed';
CREATE TRIGGER audit_book_append_only BEFORE UPDATE OR DELETE ON audit_book_entry
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_book_never_emptied BEFORE TRUNCATE ON audit_book_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""

FUNCTIONS = """
-- Whose books an account's deeds go into. What bodies there are is for the room above to say: it replaces this.
CREATE FUNCTION audit_books_of(account uuid) RETURNS uuid[] LANGUAGE sql STABLE AS $$ SELECT '{}'::uuid[] $$;

CREATE FUNCTION audit_append(
    p_verb text, p_kind text, p_subject text, p_region uuid, p_detail text, p_books uuid[] DEFAULT '{}')
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
    PERFORM audit_enter(audit_books_of(acting) || p_books, head.seq + 1, said);
    RETURN head.seq + 1;
END $$;

-- Runs as its caller: from audit_append that is the owner; anybody else may not write to these tables.
CREATE FUNCTION audit_enter(p_books uuid[], p_entry bigint, p_said text)
RETURNS void LANGUAGE sql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH named AS (
        SELECT DISTINCT book FROM unnest(p_books) AS b (book) WHERE book IS NOT NULL
    ), next AS (
        SELECT n.book, coalesce(h.number, 0) + 1 AS number,
               coalesce(h.hash, decode(repeat('00', 32), 'hex')) AS previous
        FROM named n LEFT JOIN audit_book h USING (book)
    ), written AS (
        INSERT INTO audit_book_entry (book, number, entry, previous, hash)
        SELECT book, number, p_entry, previous, sha256(convert_to(concat_ws(E'\\n',
            book::text, number::text, p_said, encode(previous, 'hex')), 'UTF8'))
        FROM next
        RETURNING book, number, hash
    )
    INSERT INTO audit_book (book, number, hash) SELECT book, number, hash FROM written
    ON CONFLICT (book) DO UPDATE SET number = EXCLUDED.number, hash = EXCLUDED.hash
$$;
"""

# One function of that name: an overload would make calls with five arguments ambiguous.
FORWARD = "DROP FUNCTION audit_append(text, text, text, uuid, text);" + TABLES + FUNCTIONS


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_ledger")]
    # Not undone: what stands there is part of the ledger.
    operations = [migrations.RunSQL(FORWARD)]
