"""Sign-ins for their holder's eyes, and row policies on what locks guessing out."""

import django.db.models.deletion
import rtopnet.audit.models
import rtopnet.kernel.clock
import rtopnet.kernel.ids
import rtopnet.kernel.rowsecurity
from django.conf import settings
from django.db import migrations, models

FORWARD = """
-- The sign-in as such, and one's own when one proves oneself once more.
CREATE FUNCTION network_refuse_other_sign_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a sign-in stays as it was noted' USING ERRCODE = 'RT003';
END $$;
CREATE TRIGGER sign_in_stays BEFORE UPDATE ON network_signin FOR EACH ROW
    WHEN ((NEW.id, NEW.account_id, NEW.at, NEW.outcome, NEW.ip, NEW.agent)
        IS DISTINCT FROM (OLD.id, OLD.account_id, OLD.at, OLD.outcome, OLD.ip, OLD.agent)
        OR OLD.ended_at IS NOT NULL)
    EXECUTE FUNCTION network_refuse_other_sign_in();

ALTER TABLE axes_accessattempt ENABLE ROW LEVEL SECURITY;
CREATE POLICY access_attempt_all ON axes_accessattempt FOR ALL
    USING ((SELECT acting_capacity()) = 'sign_in'
        OR username = (SELECT a.email FROM network_account a WHERE a.id = acting_account()));
CREATE TRIGGER access_attempt_ledgered AFTER INSERT OR UPDATE OR DELETE ON axes_accessattempt
    FOR EACH ROW EXECUTE FUNCTION audit_note_write();
-- Not used; without a policy nobody reads or writes them.
ALTER TABLE axes_accessattemptexpiration ENABLE ROW LEVEL SECURITY;
ALTER TABLE axes_accesslog ENABLE ROW LEVEL SECURITY;
ALTER TABLE axes_accessfailurelog ENABLE ROW LEVEL SECURITY;
"""

BACKWARD = """
DROP POLICY access_attempt_all ON axes_accessattempt;
DROP TRIGGER access_attempt_ledgered ON axes_accessattempt;
ALTER TABLE axes_accessattempt DISABLE ROW LEVEL SECURITY;
ALTER TABLE axes_accessattemptexpiration DISABLE ROW LEVEL SECURITY;
ALTER TABLE axes_accesslog DISABLE ROW LEVEL SECURITY;
ALTER TABLE axes_accessfailurelog DISABLE ROW LEVEL SECURITY;
DROP TRIGGER sign_in_stays ON network_signin;
DROP FUNCTION network_refuse_other_sign_in();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('axes', '0010_accessattemptexpiration'),
        ('network', '0011_invitations'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=rtopnet.kernel.clock.now)),
                ('outcome', models.CharField(choices=[('signed_in', 'signed in'), ('wrong_password', 'wrong password'), ('wrong_code', 'wrong one-time code'), ('locked', 'refused, after too many failures')], max_length=20)),
                ('ip', models.GenericIPAddressField(null=True)),
                ('agent', models.CharField(blank=True, max_length=60)),
                ('ended_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['account', '-at'], name='sign_in_of_account')],
                'constraints': [rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='sign_in_read', using="account_id = (SELECT acting_account()) OR (SELECT acting_capacity()) IN ('sign_in')"), rtopnet.kernel.rowsecurity.RowPolicy(check="account_id = (SELECT acting_account()) OR (SELECT acting_capacity()) IN ('sign_in')", command='INSERT', name='sign_in_insert', using=''), rtopnet.kernel.rowsecurity.RowPolicy(check='', command='UPDATE', name='sign_in_update', using="account_id = (SELECT acting_account()) OR (SELECT acting_capacity()) IN ('sign_in')"), rtopnet.audit.models.Ledgered(name='sign_in_ledgered')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
