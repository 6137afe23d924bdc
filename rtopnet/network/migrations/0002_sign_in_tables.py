"""Row policies on the tables that signing in brings along."""

from django.db import migrations

FORWARD = """
ALTER TABLE account_emailaddress ENABLE ROW LEVEL SECURITY;
CREATE POLICY email_address_own ON account_emailaddress FOR ALL
    USING (user_id = (SELECT acting_account()) OR (SELECT acting_capacity()) = 'sign_in');
ALTER TABLE account_emailconfirmation ENABLE ROW LEVEL SECURITY;
CREATE POLICY email_confirmation_sign_in ON account_emailconfirmation FOR ALL
    USING ((SELECT acting_capacity()) = 'sign_in');
"""

BACKWARD = """
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
