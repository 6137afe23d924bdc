"""Row policies on second factors: their holder's alone, and the last one stays."""

from django.db import migrations

FORWARD = """
ALTER TABLE mfa_authenticator ENABLE ROW LEVEL SECURITY;
CREATE POLICY authenticator_read ON mfa_authenticator FOR SELECT
    USING (user_id = (SELECT acting_account()) OR (SELECT acting_capacity()) = 'sign_in');
CREATE POLICY authenticator_insert ON mfa_authenticator FOR INSERT
    WITH CHECK (user_id = (SELECT acting_account()) OR (SELECT acting_capacity()) = 'sign_in');
CREATE POLICY authenticator_update ON mfa_authenticator FOR UPDATE
    USING (user_id = (SELECT acting_account()) OR (SELECT acting_capacity()) = 'sign_in');
CREATE POLICY authenticator_delete ON mfa_authenticator FOR DELETE
    USING (user_id = (SELECT acting_account()));
CREATE TRIGGER authenticator_ledgered AFTER INSERT OR UPDATE OR DELETE ON mfa_authenticator
    FOR EACH ROW EXECUTE FUNCTION audit_note_write();
CREATE FUNCTION network_keep_last_factor() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- The lock lets of two who remove the last two at once only one succeed.
    PERFORM 1 FROM network_account WHERE id = OLD.user_id AND is_active FOR UPDATE;
    IF FOUND AND NOT EXISTS (SELECT 1 FROM mfa_authenticator
            WHERE user_id = OLD.user_id AND id <> OLD.id AND type <> 'recovery_codes') THEN
        RAISE EXCEPTION 'the last second factor of an open account stays' USING ERRCODE = 'RT004';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER authenticator_last_stays BEFORE DELETE ON mfa_authenticator FOR EACH ROW
    WHEN (OLD.type <> 'recovery_codes') EXECUTE FUNCTION network_keep_last_factor();
CREATE FUNCTION network_refuse_other_holder() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a second factor stays with its account' USING ERRCODE = 'RT003';
END $$;
CREATE TRIGGER authenticator_stays BEFORE UPDATE ON mfa_authenticator FOR EACH ROW
    WHEN (NEW.user_id IS DISTINCT FROM OLD.user_id OR NEW.type IS DISTINCT FROM OLD.type)
    EXECUTE FUNCTION network_refuse_other_holder();
"""

BACKWARD = """
DROP TRIGGER authenticator_stays ON mfa_authenticator;
DROP FUNCTION network_refuse_other_holder();
DROP TRIGGER authenticator_last_stays ON mfa_authenticator;
DROP FUNCTION network_keep_last_factor();
DROP TRIGGER authenticator_ledgered ON mfa_authenticator;
DROP POLICY authenticator_delete ON mfa_authenticator;
DROP POLICY authenticator_update ON mfa_authenticator;
DROP POLICY authenticator_insert ON mfa_authenticator;
DROP POLICY authenticator_read ON mfa_authenticator;
ALTER TABLE mfa_authenticator DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0040_tokens"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
