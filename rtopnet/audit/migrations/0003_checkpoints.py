"""Signed ends of the chain and of each book, and how a body's desk reads its own book."""

from django.db import migrations

TABLES = """
CREATE TABLE audit_checkpoint (
    book uuid,
    number bigint NOT NULL,
    hash bytea NOT NULL,
    at timestamptz NOT NULL,
    key_id text NOT NULL CHECK (key_id ~ '^[0-9a-f]{16}$'),
    signature bytea NOT NULL CHECK (length(signature) = 64)
);
COMMENT ON TABLE audit_checkpoint IS 'closed';
CREATE INDEX audit_checkpoint_book ON audit_checkpoint (book, number);
CREATE TRIGGER audit_checkpoint_append_only BEFORE UPDATE OR DELETE ON audit_checkpoint
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_checkpoint_never_emptied BEFORE TRUNCATE ON audit_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_checkpoint_ledgered AFTER INSERT ON audit_checkpoint
    FOR EACH ROW EXECUTE FUNCTION audit_note_write();
"""

# plpgsql binds names when it runs: acting_desks() is made by the room above, after this.
FUNCTIONS = """
CREATE FUNCTION audit_is_own(p_book uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN coalesce(p_book = ANY (acting_desks()), false);
END $$;

-- The end of one's own book; the installation sees every end, and with NULL that of the whole chain.
CREATE FUNCTION audit_end_of(p_book uuid) RETURNS TABLE (number bigint, hash bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF p_book IS NULL AND acting_capacity() = 'installation' THEN
        RETURN QUERY SELECT h.seq, h.hash FROM audit_head h;
    ELSIF acting_capacity() = 'installation' OR audit_is_own(p_book) THEN
        RETURN QUERY SELECT b.number, b.hash FROM audit_book b WHERE b.book = p_book;
    END IF;
END $$;

-- Books (and NULL for the whole) whose end no checkpoint has signed yet.
CREATE FUNCTION audit_unsigned_books() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF acting_capacity() IS DISTINCT FROM 'installation' THEN
        RETURN;
    END IF;
    RETURN QUERY
        SELECT b.book FROM audit_book b WHERE NOT EXISTS (
            SELECT 1 FROM audit_checkpoint c WHERE c.book = b.book AND c.number >= b.number)
        UNION ALL
        SELECT NULL::uuid FROM audit_head h WHERE NOT EXISTS (
            SELECT 1 FROM audit_checkpoint c WHERE c.book IS NULL AND c.number >= h.seq);
END $$;

-- Keeps a signed end, of what the caller may see the end of, and only as it is.
CREATE FUNCTION audit_keep_checkpoint(
    p_book uuid, p_number bigint, p_hash bytea, p_at timestamptz, p_key_id text, p_signature bytea)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM audit_end_of(p_book) e WHERE e.number = p_number AND e.hash = p_hash) THEN
        RAISE EXCEPTION 'a checkpoint signs an end as it is' USING ERRCODE = 'RT004';
    END IF;
    INSERT INTO audit_checkpoint VALUES (p_book, p_number, p_hash, p_at, p_key_id, p_signature);
END $$;

-- Entries of one's own book, newest first. Ends of the ledger's order are not among what is told.
CREATE FUNCTION audit_own_entries(p_book uuid, p_from bigint, p_to bigint, p_verb text, p_limit integer)
RETURNS TABLE (number bigint, at timestamptz, account uuid, capacity text, region uuid, verb text, kind text,
    subject text, detail text, previous bytea, hash bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT audit_is_own(p_book) THEN
        RETURN;
    END IF;
    RETURN QUERY
        SELECT b.number, e.at, e.account, e.capacity, e.region, e.verb, e.kind, e.subject, e.detail,
               b.previous, b.hash
        FROM audit_book_entry b JOIN audit_ledger e ON e.seq = b.entry
        WHERE b.book = p_book AND b.number BETWEEN p_from AND p_to AND (p_verb IS NULL OR e.verb = p_verb)
        ORDER BY b.number DESC LIMIT p_limit;
END $$;

CREATE FUNCTION audit_own_checkpoints(p_book uuid)
RETURNS TABLE (number bigint, hash bytea, at timestamptz, key_id text, signature bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT audit_is_own(p_book) THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT c.number, c.hash, c.at, c.key_id, c.signature FROM audit_checkpoint c
        WHERE c.book = p_book ORDER BY c.number, c.at;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_books")]
    # Not undone: what stands there is part of the ledger.
    operations = [migrations.RunSQL(TABLES + FUNCTIONS)]
