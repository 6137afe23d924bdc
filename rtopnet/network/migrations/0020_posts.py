"""Posts that are handed over at a set hour, how they are reached, and drills."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.constraints
import django.db.models.deletion
import rtopnet.audit.models
import rtopnet.kernel.clock
import rtopnet.kernel.ids
import rtopnet.kernel.rowsecurity
import rtopnet.network.models.members
from django.conf import settings
from django.db import migrations, models

BEFORE = """
-- Two ids do not overlap in a GiST index without an extension; two ranges of one id each do.
CREATE TYPE network_uuidrange AS RANGE (subtype = uuid);

-- Whoever holds no post now is of no region: what a post gave ends with it, to the second.
-- Runs as its owner, whom no policy binds, or reading one's own region would need one's own region.
CREATE OR REPLACE FUNCTION acting_region() RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN (SELECT a.region_id FROM network_account a WHERE a.id = acting_account() AND a.is_active
        AND EXISTS (SELECT 1 FROM network_holding h WHERE h.account_id = a.id
            AND h.starts_at <= statement_timestamp()
            AND (h.ends_at IS NULL OR h.ends_at > statement_timestamp())));
END $$;

-- Posts that the acting account holds now, and those of the states and institutions it decides for.
CREATE FUNCTION posts_in_hand() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(p.id), '{}') FROM network_post p
    WHERE p.region_id = acting_region() AND (
        coalesce(p.state_id, p.institution_id) = ANY(acting_desks())
        OR EXISTS (SELECT 1 FROM network_holding h
            WHERE h.post_id = p.id AND h.account_id = acting_account()
              AND h.starts_at <= statement_timestamp()
              AND (h.ends_at IS NULL OR h.ends_at > statement_timestamp())))
$$;

CREATE FUNCTION acting_secretariat() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM network_holding h JOIN network_post p ON p.id = h.post_id
        WHERE h.account_id = acting_account() AND p.kind = 'secretariat' AND p.region_id = acting_region()
          AND h.starts_at <= statement_timestamp()
          AND (h.ends_at IS NULL OR h.ends_at > statement_timestamp()))
$$;
"""

NOT_BEFORE = """
DROP FUNCTION acting_secretariat();
DROP FUNCTION posts_in_hand();
CREATE OR REPLACE FUNCTION acting_region() RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN (SELECT region_id FROM network_account WHERE id = acting_account() AND is_active);
END $$;
DROP TYPE network_uuidrange;
"""

AFTER = """
CREATE FUNCTION network_keep_post() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF acting_account() IS NULL THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.id, OLD.region_id, OLD.key, OLD.kind, OLD.state_id, OLD.institution_id) IS DISTINCT FROM
           (NEW.id, NEW.region_id, NEW.key, NEW.kind, NEW.state_id, NEW.institution_id)
           OR OLD.retired_at IS NOT NULL
        THEN
            RAISE EXCEPTION 'a post stays what it is, and one that was retired stays so'
                USING ERRCODE = 'RT004';
        END IF;
    -- A post gives what its state or institution gives: nobody makes one that gives more than their own.
    ELSIF NOT (CASE WHEN NEW.state_id IS NOT NULL THEN
        NEW.kind IN ('deputy', 'contributor') AND (NEW.institution_id IS NULL OR EXISTS (
            SELECT 1 FROM network_institution WHERE id = NEW.institution_id AND state_id = NEW.state_id))
        ELSE EXISTS (
            SELECT 1 FROM network_holding h JOIN network_post p ON p.id = h.post_id
            WHERE h.account_id = acting_account() AND p.institution_id = NEW.institution_id
              AND p.kind = NEW.kind AND h.starts_at <= statement_timestamp()
              AND (h.ends_at IS NULL OR h.ends_at > statement_timestamp())) END)
    THEN
        RAISE EXCEPTION 'no such post can be made by this desk' USING ERRCODE = 'RT005';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER network_post_keep BEFORE INSERT OR UPDATE ON network_post
    FOR EACH ROW EXECUTE FUNCTION network_keep_post();

CREATE FUNCTION network_keep_holding() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    post network_post;
    -- Instants come from the program's clock, which may be a little behind the database's.
    past timestamptz := transaction_timestamp() - interval '1 minute';
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT * INTO post FROM network_post WHERE id = NEW.post_id;
        IF post.retired_at IS NOT NULL THEN
            RAISE EXCEPTION 'a post that was retired is never held again' USING ERRCODE = 'RT004';
        END IF;
    END IF;
    IF acting_account() IS NULL THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.starts_at <= statement_timestamp() THEN
            RAISE EXCEPTION 'what was held stays in the books' USING ERRCODE = 'RT004';
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.id, OLD.region_id, OLD.post_id, OLD.account_id, OLD.starts_at) IS DISTINCT FROM
           (NEW.id, NEW.region_id, NEW.post_id, NEW.account_id, NEW.starts_at)
           OR OLD.ends_at <= statement_timestamp() OR NEW.ends_at < past
        THEN
            RAISE EXCEPTION 'what was held stays in the books' USING ERRCODE = 'RT004';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.starts_at < past OR post.region_id <> NEW.region_id OR NOT EXISTS (
        SELECT 1 FROM network_account a JOIN network_holding h ON h.account_id = a.id
            JOIN network_post p ON p.id = h.post_id
        WHERE a.id = NEW.account_id AND a.is_active AND a.region_id = NEW.region_id
          AND coalesce(p.state_id, p.institution_id) = coalesce(post.state_id, post.institution_id))
    THEN
        RAISE EXCEPTION 'a post passes to somebody of the same state or institution' USING ERRCODE = 'RT005';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER network_holding_keep BEFORE INSERT OR UPDATE OR DELETE ON network_holding
    FOR EACH ROW EXECUTE FUNCTION network_keep_holding();

CREATE FUNCTION network_keep_handover() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.id, OLD.region_id, OLD.post_id, OLD.from_account_id, OLD.to_account_id, OLD.at, OLD.time_zone,
        OLD.made_by_id, OLD.made_at) IS DISTINCT FROM
       (NEW.id, NEW.region_id, NEW.post_id, NEW.from_account_id, NEW.to_account_id, NEW.at, NEW.time_zone,
        NEW.made_by_id, NEW.made_at) OR OLD.cancelled_at IS NOT NULL
    THEN
        RAISE EXCEPTION 'a hand-over is cancelled and set anew, not changed' USING ERRCODE = 'RT004';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER network_handover_keep BEFORE UPDATE ON network_handover
    FOR EACH ROW EXECUTE FUNCTION network_keep_handover();

CREATE FUNCTION network_keep_call() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- By its link only whoever holds the post still: a letter may outlive a hand-over.
    IF acting_capacity() = 'sign_in' AND NOT EXISTS (
        SELECT 1 FROM network_holding h WHERE h.post_id = OLD.post_id AND h.account_id = OLD.account_id
          AND h.starts_at <= statement_timestamp()
          AND (h.ends_at IS NULL OR h.ends_at > statement_timestamp()))
    THEN
        RETURN NULL;
    END IF;
    IF (OLD.id, OLD.drill_id, OLD.post_id, OLD.state_id, OLD.account_id, OLD.region_id, OLD.open_until)
       IS DISTINCT FROM
       (NEW.id, NEW.drill_id, NEW.post_id, NEW.state_id, NEW.account_id, NEW.region_id, NEW.open_until)
       OR OLD.answered_at IS NOT NULL OR OLD.open_until <= statement_timestamp()
    THEN
        RAISE EXCEPTION 'a call is answered once, while its drill runs' USING ERRCODE = 'RT004';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER network_drillcall_keep BEFORE UPDATE ON network_drillcall
    FOR EACH ROW EXECUTE FUNCTION network_keep_call();
"""

NOT_AFTER = """
DROP TRIGGER network_drillcall_keep ON network_drillcall;
DROP TRIGGER network_handover_keep ON network_handover;
DROP TRIGGER network_holding_keep ON network_holding;
DROP TRIGGER network_post_keep ON network_post;
DROP FUNCTION network_keep_call(), network_keep_handover(), network_keep_holding(), network_keep_post();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0041_webhooks'),
    ]

    operations = [
        migrations.RunSQL(BEFORE, NOT_BEFORE),
        migrations.CreateModel(
            name='ContactConfirmation',
            fields=[
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=rtopnet.kernel.clock.now)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ContactReminder',
            fields=[
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('due_on', models.DateField()),
                ('stage', models.SmallIntegerField()),
                ('at', models.DateTimeField(default=rtopnet.kernel.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name='Drill',
            fields=[
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=120)),
                ('message', models.TextField(blank=True)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('planned_at', models.DateTimeField(default=rtopnet.kernel.clock.now)),
                ('called_off_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('states_called', models.PositiveSmallIntegerField(null=True)),
                ('states_answered', models.PositiveSmallIntegerField(null=True)),
                ('median_seconds', models.PositiveIntegerField(null=True)),
                ('states_quick', models.PositiveSmallIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='DrillCall',
            fields=[
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('open_until', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by_link', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('time_zone', models.CharField(max_length=64)),
                ('note', models.TextField(blank=True)),
                ('made_at', models.DateTimeField(default=rtopnet.kernel.clock.now)),
                ('cancelled_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='PostContact',
            fields=[
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('time_zone', models.CharField(max_length=64)),
                ('languages', models.JSONField(default=list)),
                ('week', models.JSONField(default=list)),
                ('phone', models.CharField(blank=True, max_length=120)),
                ('email', models.CharField(blank=True, max_length=200)),
                ('messenger', models.CharField(blank=True, max_length=200)),
                ('phone_out_of_hours', models.CharField(blank=True, max_length=120)),
                ('email_out_of_hours', models.CharField(blank=True, max_length=200)),
                ('messenger_out_of_hours', models.CharField(blank=True, max_length=200)),
                ('note', models.TextField(blank=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='holding',
            name='post_held_by_one_account',
        ),
        migrations.RemoveConstraint(
            model_name='post',
            name='post_insert_by_desk',
        ),
        migrations.AddField(
            model_name='post',
            name='drafts',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='post',
            name='reads_space',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='post',
            name='retired_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name='holding',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='post_id = ANY((SELECT posts_in_hand())::uuid[]) AND region_id = (SELECT acting_region())', command='INSERT', name='holding_begun_in_hand', using=''),
        ),
        migrations.AddConstraint(
            model_name='holding',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='UPDATE', name='holding_ended_in_hand', using='post_id = ANY((SELECT posts_in_hand())::uuid[]) AND region_id = (SELECT acting_region())'),
        ),
        migrations.AddConstraint(
            model_name='holding',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='DELETE', name='holding_cancelled_in_hand', using='post_id = ANY((SELECT posts_in_hand())::uuid[]) AND region_id = (SELECT acting_region())'),
        ),
        migrations.AddConstraint(
            model_name='holding',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(deferrable=django.db.models.constraints.Deferrable['IMMEDIATE'], expressions=[(rtopnet.network.models.members.OneUuid('post'), '&&'), (models.Func('starts_at', 'ends_at', function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='post_held_by_one_account'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='coalesce(state_id, institution_id) = ANY((SELECT acting_desks())::uuid[]) AND region_id = (SELECT acting_region())', command='INSERT', name='post_made_by_desk', using=''),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='UPDATE', name='post_kept_by_desk', using='coalesce(state_id, institution_id) = ANY((SELECT acting_desks())::uuid[]) AND region_id = (SELECT acting_region())'),
        ),
        migrations.AddField(
            model_name='contactconfirmation',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='contactconfirmation',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='network.post'),
        ),
        migrations.AddField(
            model_name='contactconfirmation',
            name='region',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='network.region'),
        ),
        migrations.AddField(
            model_name='contactreminder',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='contactreminder',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.post'),
        ),
        migrations.AddField(
            model_name='drill',
            name='planned_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='drill',
            name='region',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='network.region'),
        ),
        migrations.AddField(
            model_name='drillcall',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='drillcall',
            name='drill',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='network.drill'),
        ),
        migrations.AddField(
            model_name='drillcall',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.post'),
        ),
        migrations.AddField(
            model_name='drillcall',
            name='region',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='network.region'),
        ),
        migrations.AddField(
            model_name='drillcall',
            name='state',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.state'),
        ),
        migrations.AddField(
            model_name='handover',
            name='from_account',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='network.post'),
        ),
        migrations.AddField(
            model_name='handover',
            name='region',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='network.region'),
        ),
        migrations.AddField(
            model_name='handover',
            name='to_account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='postcontact',
            name='post',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='contact', to='network.post'),
        ),
        migrations.AddField(
            model_name='postcontact',
            name='region',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='network.region'),
        ),
        migrations.AddConstraint(
            model_name='contactconfirmation',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='contactconfirmation_read', using="region_id = (SELECT acting_region()) OR (SELECT acting_capacity()) IN ('installation')"),
        ),
        migrations.AddConstraint(
            model_name='contactconfirmation',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check="(SELECT acting_capacity()) IN ('installation')", command='INSERT', name='contactconfirmation_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='contactconfirmation',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='UPDATE', name='contactconfirmation_update', using="(SELECT acting_capacity()) IN ('installation')"),
        ),
        migrations.AddConstraint(
            model_name='contactconfirmation',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='DELETE', name='contactconfirmation_delete', using="(SELECT acting_capacity()) IN ('installation')"),
        ),
        migrations.AddConstraint(
            model_name='contactconfirmation',
            constraint=rtopnet.audit.models.Ledgered(name='contactconfirmation_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='contactconfirmation',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='post_id = ANY((SELECT posts_in_hand())::uuid[]) AND region_id = (SELECT acting_region()) AND account_id = (SELECT acting_account())', command='INSERT', name='contactconfirmation_by_oneself', using=''),
        ),
        migrations.AddConstraint(
            model_name='contactreminder',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='ALL', name='contactreminder_all', using="(SELECT acting_capacity()) IN ('installation')"),
        ),
        migrations.AddConstraint(
            model_name='contactreminder',
            constraint=rtopnet.audit.models.Ledgered(name='contactreminder_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='contactreminder',
            constraint=models.UniqueConstraint(fields=('post', 'account', 'due_on', 'stage'), name='contact_reminder_once'),
        ),
        migrations.AddConstraint(
            model_name='drill',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='drill_read', using="region_id = (SELECT acting_region()) AND (sent_at IS NOT NULL OR (SELECT acting_secretariat())) OR (SELECT acting_capacity()) IN ('installation')"),
        ),
        migrations.AddConstraint(
            model_name='drill',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='region_id = (SELECT acting_region()) AND (SELECT acting_secretariat()) AND planned_by_id = (SELECT acting_account()) AND sent_at IS NULL AND closed_at IS NULL', command='INSERT', name='drill_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='drill',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='UPDATE', name='drill_update', using="region_id = (SELECT acting_region()) AND (SELECT acting_secretariat()) AND sent_at IS NULL OR (SELECT acting_capacity()) IN ('installation')"),
        ),
        migrations.AddConstraint(
            model_name='drill',
            constraint=rtopnet.audit.models.Ledgered(name='drill_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='drill',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='drill_ends_later'),
        ),
        migrations.AddConstraint(
            model_name='drillcall',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='drillcall_read', using="region_id = (SELECT acting_region()) AND (state_id = ANY((SELECT acting_desks())::uuid[]) OR (SELECT acting_secretariat())) OR (SELECT acting_capacity()) IN ('installation', 'sign_in')"),
        ),
        migrations.AddConstraint(
            model_name='drillcall',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check="(SELECT acting_capacity()) IN ('installation')", command='INSERT', name='drillcall_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='drillcall',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='UPDATE', name='drillcall_update', using="region_id = (SELECT acting_region()) AND state_id = ANY((SELECT acting_desks())::uuid[]) OR (SELECT acting_capacity()) IN ('installation', 'sign_in')"),
        ),
        migrations.AddConstraint(
            model_name='drillcall',
            constraint=rtopnet.audit.models.Ledgered(name='drillcall_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='drillcall',
            constraint=models.UniqueConstraint(fields=('drill', 'post'), name='drill_calls_a_post_once'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='handover_read', using='post_id = ANY((SELECT posts_in_hand())::uuid[]) AND region_id = (SELECT acting_region()) OR region_id = (SELECT acting_region()) AND to_account_id = (SELECT acting_account()) AND at > statement_timestamp() AND cancelled_at IS NULL'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='post_id = ANY((SELECT posts_in_hand())::uuid[]) AND region_id = (SELECT acting_region()) AND made_by_id = (SELECT acting_account())', command='INSERT', name='handover_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='UPDATE', name='handover_update', using='post_id = ANY((SELECT posts_in_hand())::uuid[]) AND region_id = (SELECT acting_region())'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=rtopnet.audit.models.Ledgered(name='handover_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('from_account', models.F('to_account')), _negated=True), name='handover_between_two_accounts'),
        ),
        migrations.AddConstraint(
            model_name='postcontact',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='postcontact_read', using="region_id = (SELECT acting_region()) OR (SELECT acting_capacity()) IN ('installation')"),
        ),
        migrations.AddConstraint(
            model_name='postcontact',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check="(SELECT acting_capacity()) IN ('installation')", command='INSERT', name='postcontact_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='postcontact',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='UPDATE', name='postcontact_update', using="(SELECT acting_capacity()) IN ('installation')"),
        ),
        migrations.AddConstraint(
            model_name='postcontact',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='DELETE', name='postcontact_delete', using="(SELECT acting_capacity()) IN ('installation')"),
        ),
        migrations.AddConstraint(
            model_name='postcontact',
            constraint=rtopnet.audit.models.Ledgered(name='postcontact_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='postcontact',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='post_id = ANY((SELECT posts_in_hand())::uuid[]) AND region_id = (SELECT acting_region())', command='INSERT', name='postcontact_begun_in_hand', using=''),
        ),
        migrations.AddConstraint(
            model_name='postcontact',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='UPDATE', name='postcontact_kept_in_hand', using='post_id = ANY((SELECT posts_in_hand())::uuid[]) AND region_id = (SELECT acting_region())'),
        ),
        migrations.RunSQL(AFTER, NOT_AFTER),
    ]
