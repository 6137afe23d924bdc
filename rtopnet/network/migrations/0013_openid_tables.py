"""Row policies on links to states' OpenID providers; closing an account takes them away."""

from django.db import migrations

FORWARD = """
ALTER TABLE socialaccount_socialaccount ENABLE ROW LEVEL SECURITY;
CREATE POLICY social_account_own ON socialaccount_socialaccount FOR ALL
    USING (user_id = (SELECT acting_account()) OR (SELECT acting_capacity()) = 'sign_in');
CREATE TRIGGER social_account_ledgered AFTER INSERT OR UPDATE OR DELETE ON socialaccount_socialaccount
    FOR EACH ROW EXECUTE FUNCTION audit_note_write();
-- Providers come from a file and tokens are not kept; without a policy nobody reads or writes them.
ALTER TABLE socialaccount_socialapp ENABLE ROW LEVEL SECURITY;
ALTER TABLE socialaccount_socialtoken ENABLE ROW LEVEL SECURITY;

CREATE OR REPLACE FUNCTION network_close_account(p_account uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- In one order for all, so that of two who close each other at once the second finds itself closed.
    PERFORM 1 FROM network_account WHERE id IN (p_account, acting_account()) ORDER BY id FOR UPDATE;
    IF NOT network_may_close(p_account) THEN
        RETURN false;
    END IF;
    DELETE FROM network_holding WHERE account_id = p_account AND starts_at >= statement_timestamp();
    UPDATE network_holding SET ends_at = statement_timestamp()
        WHERE account_id = p_account AND (ends_at IS NULL OR ends_at > statement_timestamp());
    -- The address becomes free for a new account, which inherits nothing from this one.
    UPDATE network_account SET is_active = false, email = id || '@closed.invalid',
        password = '!' || encode(sha256(gen_random_uuid()::text::bytea), 'hex') WHERE id = p_account;
    DELETE FROM mfa_authenticator WHERE user_id = p_account;
    DELETE FROM socialaccount_socialaccount WHERE user_id = p_account;
    DELETE FROM account_emailaddress WHERE user_id = p_account;
    DELETE FROM network_signinlink WHERE account_id = p_account;
    RETURN true;
END $$;
"""

BACKWARD = """
CREATE OR REPLACE FUNCTION network_close_account(p_account uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- In one order for all, so that of two who close each other at once the second finds itself closed.
    PERFORM 1 FROM network_account WHERE id IN (p_account, acting_account()) ORDER BY id FOR UPDATE;
    IF NOT network_may_close(p_account) THEN
        RETURN false;
    END IF;
    DELETE FROM network_holding WHERE account_id = p_account AND starts_at >= statement_timestamp();
    UPDATE network_holding SET ends_at = statement_timestamp()
        WHERE account_id = p_account AND (ends_at IS NULL OR ends_at > statement_timestamp());
    -- The address becomes free for a new account, which inherits nothing from this one.
    UPDATE network_account SET is_active = false, email = id || '@closed.invalid',
        password = '!' || encode(sha256(gen_random_uuid()::text::bytea), 'hex') WHERE id = p_account;
    DELETE FROM mfa_authenticator WHERE user_id = p_account;
    DELETE FROM account_emailaddress WHERE user_id = p_account;
    DELETE FROM network_signinlink WHERE account_id = p_account;
    RETURN true;
END $$;
DROP TRIGGER social_account_ledgered ON socialaccount_socialaccount;
DROP POLICY social_account_own ON socialaccount_socialaccount;
ALTER TABLE socialaccount_socialaccount DISABLE ROW LEVEL SECURITY;
ALTER TABLE socialaccount_socialapp DISABLE ROW LEVEL SECURITY;
ALTER TABLE socialaccount_socialtoken DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0012_sign_ins"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
