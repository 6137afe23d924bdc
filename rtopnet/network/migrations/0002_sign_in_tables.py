"""Row policies on the tables that signing in brings along."""

from django.db import migrations

FORWARD = """
ALTER TABLE account_emailaddress ENABLE ROW LEVEL SECURITY;
CREATE POLICY email_address_own ON account_emailaddress FOR ALL
    USING (user_id = (SELECT acting_account()) OR (SELECT acting_capacity()) = 'sign_in');
ALTER TABLE account_emailconfirmation ENABLE ROW LEVEL SECURITY;
CREATE POLICY email_confirmation_sign_in ON account_emailconfirmation FOR ALL
    USING ((SELECT acting_capacity()) = 'sign_in');
CREATE TRIGGER email_address_ledgered AFTER INSERT OR UPDATE OR DELETE ON account_emailaddress
    FOR EACH ROW EXECUTE FUNCTION audit_note_write();
CREATE TRIGGER email_confirmation_ledgered AFTER INSERT OR UPDATE OR DELETE ON account_emailconfirmation
    FOR EACH ROW EXECUTE FUNCTION audit_note_write();
-- Nobody moves an account to another region, whatever capacity they act in.
CREATE FUNCTION network_refuse_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an account stays in its region' USING ERRCODE = 'RT003';
END $$;
CREATE TRIGGER account_stays BEFORE UPDATE ON network_account FOR EACH ROW
    WHEN (NEW.region_id IS DISTINCT FROM OLD.region_id OR NEW.id IS DISTINCT FROM OLD.id)
    EXECUTE FUNCTION network_refuse_move();
"""

BACKWARD = """
DROP TRIGGER account_stays ON network_account;
DROP FUNCTION network_refuse_move();
DROP TRIGGER email_address_ledgered ON account_emailaddress;
DROP TRIGGER email_confirmation_ledgered ON account_emailconfirmation;
DROP POLICY email_address_own ON account_emailaddress;
ALTER TABLE account_emailaddress DISABLE ROW LEVEL SECURITY;
DROP POLICY email_confirmation_sign_in ON account_emailconfirmation;
ALTER TABLE account_emailconfirmation DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
