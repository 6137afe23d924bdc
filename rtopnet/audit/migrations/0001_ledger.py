"""The ledger, its chain, and the triggers that make forgetting it fail."""

from django.db import migrations, models

TABLES = """
CREATE TABLE audit_ledger (
    seq bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    account uuid,
    capacity text NOT NULL,
    region uuid,
    verb text NOT NULL CHECK (verb ~ '^[a-z][a-z_.]*$'),
    kind text NOT NULL CHECK (kind ~ '^[a-z][a-z_.]*$'),
    subject text NOT NULL CHECK (subject !~ E'\\n'),
    detail text NOT NULL CHECK (detail !~ E'\\n'),
    previous bytea NOT NULL,
    hash bytea NOT NULL UNIQUE,
    transaction xid8 NOT NULL
);
COMMENT ON TABLE audit_ledger IS 'closed';
CREATE INDEX audit_ledger_transaction ON audit_ledger (transaction);

CREATE TABLE audit_head (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    seq bigint NOT NULL,
    hash bytea NOT NULL
);
COMMENT ON TABLE audit_head IS 'closed';
INSERT INTO audit_head (seq, hash) VALUES (0, decode(repeat('00', 32), 'hex'));

CREATE TABLE audit_pending (transaction xid8 PRIMARY KEY, wrote text NOT NULL);
COMMENT ON TABLE audit_pending IS 'closed';
"""

FUNCTIONS = """
CREATE FUNCTION audit_append(p_verb text, p_kind text, p_subject text, p_region uuid, p_detail text)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    head audit_head;
    at timestamptz := clock_timestamp();
    acting uuid := acting_account();
    capacity text := coalesce(acting_capacity(), '');
    digest bytea;
BEGIN
    -- The lock keeps the chain in one order; it is held until this transaction ends.
    SELECT * INTO STRICT head FROM audit_head FOR UPDATE;
    digest := sha256(convert_to(concat_ws(E'\\n',
        (head.seq + 1)::text,
        to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        coalesce(acting::text, ''), capacity, coalesce(p_region::text, ''),
        p_verb, p_kind, p_subject, p_detail, encode(head.hash, 'hex')), 'UTF8'));
    INSERT INTO audit_ledger VALUES (head.seq + 1, at, acting, capacity, p_region, p_verb, p_kind,
        p_subject, p_detail, head.hash, digest, pg_current_xact_id());
    UPDATE audit_head SET seq = head.seq + 1, hash = digest;
    RETURN head.seq + 1;
END $$;

CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: % refused', TG_OP USING ERRCODE = 'RT001';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit_ledger
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_never_emptied BEFORE TRUNCATE ON audit_ledger
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();

CREATE FUNCTION audit_note_write() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- A mark in a setting would save inserts, but anybody may set a setting.
    INSERT INTO audit_pending VALUES (pg_current_xact_id(), TG_TABLE_NAME) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION audit_require_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM audit_ledger WHERE transaction = NEW.transaction) THEN
        RAISE EXCEPTION 'this transaction wrote to % and left no ledger entry', NEW.wrote
            USING ERRCODE = 'RT002';
    END IF;
    DELETE FROM audit_pending WHERE transaction = NEW.transaction;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audit_entry_required AFTER INSERT ON audit_pending
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_require_entry();
"""

BACKWARD = """
DROP TABLE audit_pending, audit_head, audit_ledger;
DROP FUNCTION audit_append(text, text, text, uuid, text), audit_refuse_change(), audit_note_write(),
    audit_require_entry();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("kernel", "0001_acting")]
    operations = [
        migrations.RunSQL(
            TABLES + FUNCTIONS,
            BACKWARD,
            state_operations=[
                migrations.CreateModel(
                    name="LedgerEntry",
                    fields=[
                        ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("account", models.UUIDField(null=True)),
                        ("capacity", models.TextField()),
                        ("region", models.UUIDField(null=True)),
                        ("verb", models.TextField()),
                        ("kind", models.TextField()),
                        ("subject", models.TextField()),
                        ("detail", models.TextField()),
                        ("previous", models.BinaryField()),
                        ("hash", models.BinaryField()),
                        ("transaction", models.TextField()),
                    ],
                    options={"db_table": "audit_ledger", "managed": False},
                )
            ],
        )
    ]
