"""Why a record does not wait for a reply becomes a row of its own, which its owner's people alone read."""

import django.contrib.postgres.fields
import django.db.models.deletion
import rtopnet.audit.models
import rtopnet.kernel.ids
import rtopnet.kernel.rowsecurity
import rtopnet.sharing.deciding
from django.db import migrations, models

# Before the new table has its policies and its ledger: what is there moves over as it stands.
MOVED = """
INSERT INTO sharing_waiver (id, record_id, state_id, because, owner, desk, readers, open_from, open_to)
SELECT gen_random_uuid(), record_id, state_id, waived_because, owner, desk, readers, open_from, open_to
FROM sharing_consultation WHERE waived_at IS NOT NULL;
"""
KEEP = """
CREATE OR REPLACE FUNCTION sharing_keep_consultation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT 1 FROM sharing_record r JOIN network_state s ON s.region_id = r.region_id
        WHERE r.id = NEW.record_id AND s.id = NEW.state_id AND r.owner_state_id IS DISTINCT FROM NEW.state_id)
    THEN
        RAISE EXCEPTION 'no such state to consult in the region of the record' USING ERRCODE = 'RT005';
    END IF;
    IF TG_OP = 'UPDATE' AND ((OLD.record_id, OLD.state_id) IS DISTINCT FROM (NEW.record_id, NEW.state_id)
        OR OLD.told_at IS NOT NULL AND (OLD.words, OLD.told_at, OLD.due_at) IS DISTINCT FROM
            (NEW.words, NEW.told_at, NEW.due_at)
        OR OLD.waived_at IS NOT NULL AND OLD.waived_at IS DISTINCT FROM NEW.waived_at)
    THEN
        RAISE EXCEPTION 'what a state was told stays as it was' USING ERRCODE = 'RT004';
    END IF;
    IF NEW.waived_at IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM sharing_waiver w WHERE w.record_id = NEW.record_id AND w.state_id = NEW.state_id)
    THEN
        RAISE EXCEPTION 'a wait is waived with a reason' USING ERRCODE = 'RT004';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0100_calendars'),
        ('sharing', '0031_receipts_checked'),
    ]

    operations = [
        migrations.CreateModel(
            name='Waiver',
            fields=[
                ('owner', models.UUIDField(editable=False, null=True)),
                ('desk', models.UUIDField(editable=False, null=True)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, editable=False, size=None)),
                ('open_from', models.DateTimeField(editable=False, null=True)),
                ('open_to', models.DateTimeField(editable=False, null=True)),
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('because', models.TextField()),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='sharing.record')),
                ('state', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.state')),
            ],
        ),
        migrations.RunSQL(MOVED, migrations.RunSQL.noop),
        migrations.RemoveConstraint(
            model_name='consultation',
            name='consultation_waived_with_reason',
        ),
        migrations.RemoveField(
            model_name='consultation',
            name='waived_because',
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(('waived_at__isnull', True), ('told_at__isnull', False), _connector='OR'), name='consultation_waived_once_told'),
        ),
        migrations.AddConstraint(
            model_name='waiver',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='waiver_read', using='owner = ANY((SELECT acting_principals())::uuid[])'),
        ),
        migrations.AddConstraint(
            model_name='waiver',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='desk = ANY((SELECT acting_principals())::uuid[])', command='INSERT', name='waiver_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='waiver',
            constraint=rtopnet.sharing.deciding.FollowsRecord(name='waiver_follows'),
        ),
        migrations.AddConstraint(
            model_name='waiver',
            constraint=rtopnet.audit.models.Ledgered(name='waiver_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='waiver',
            constraint=models.UniqueConstraint(fields=('record', 'state'), name='waiver_once'),
        ),
        migrations.AddConstraint(
            model_name='waiver',
            constraint=models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='waiver_with_reason'),
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
    ]
