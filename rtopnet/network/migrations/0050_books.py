"""Whose books in the ledger an account's deeds go into: those of the bodies whose posts it holds."""

from django.db import migrations

FORWARD = """
-- By what it holds at the statement, whoever asks. Runs as its owner: who somebody is must not depend on
-- what they may read.
CREATE OR REPLACE FUNCTION audit_books_of(account uuid) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT held.body), '{}')
    FROM network_holding h JOIN network_post p ON p.id = h.post_id,
        LATERAL (VALUES (p.state_id), (p.institution_id)) AS held (body)
    WHERE h.account_id = account AND held.body IS NOT NULL
      AND h.starts_at <= statement_timestamp()
      AND (h.ends_at IS NULL OR h.ends_at > statement_timestamp())
$$;
"""

BACKWARD = """
CREATE OR REPLACE FUNCTION audit_books_of(account uuid) RETURNS uuid[] LANGUAGE sql STABLE
AS $$ SELECT '{}'::uuid[] $$;
"""


class Migration(migrations.Migration):
    dependencies = [("network", "0030_notices"), ("audit", "0002_books")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
