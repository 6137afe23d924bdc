"""Records, what decides about them, and the triggers that keep it on every row."""

import django.contrib.postgres.fields
import django.db.models.deletion
import rtopnet.audit.models
import rtopnet.kernel.clock
import rtopnet.kernel.ids
import rtopnet.kernel.rowsecurity
import rtopnet.sharing.deciding
import rtopnet.sharing.rules
from django.conf import settings
from django.db import migrations, models


FUNCTIONS = """
-- Those of a state or an institution beyond its desk; a name of its own, or its desk's would include them.
CREATE FUNCTION sharing_people(p_body uuid) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp AS
$$ SELECT encode(substr(sha256(convert_to('people of ' || p_body::text, 'UTF8')), 1, 16), 'hex')::uuid $$;

-- Runs as its owner, whom no policy binds: who somebody is must not depend on what they may read.
CREATE FUNCTION acting_principals() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    nobody CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
    me uuid;
    home uuid;
    mine uuid[];
BEGIN
    SELECT id, region_id INTO me, home FROM network_account WHERE id = acting_account() AND is_active;
    IF me IS NULL THEN
        RETURN ARRAY[nobody];
    END IF;
    WITH seats AS (
        SELECT p.kind, p.state_id AS state, p.institution_id AS institution
        FROM network_holding h JOIN network_post p ON p.id = h.post_id
        WHERE h.account_id = me AND p.region_id = home AND h.starts_at <= statement_timestamp()
          AND (h.ends_at IS NULL OR h.ends_at > statement_timestamp())
    ), principals AS (
        SELECT state AS principal FROM seats WHERE kind IN ('focal_point', 'deputy')
        UNION SELECT sharing_people(state) FROM seats WHERE kind IN ('focal_point', 'deputy', 'contributor')
        UNION SELECT institution FROM seats
            WHERE kind IN ('focal_point', 'deputy', 'secretariat', 'analyst', 'un_liaison')
        UNION SELECT sharing_people(institution) FROM seats
            WHERE kind IN ('focal_point', 'deputy', 'contributor', 'secretariat', 'analyst', 'un_liaison')
        UNION SELECT home FROM seats WHERE kind IN ('focal_point', 'deputy', 'contributor', 'secretariat')
    )
    SELECT coalesce(array_agg(principal), '{}') INTO mine FROM principals WHERE principal IS NOT NULL;
    mine := mine || me || nobody;
    RETURN mine || ARRAY(
        SELECT m.group_id FROM sharing_member m JOIN sharing_group g ON g.id = m.group_id
        WHERE g.region_id = home AND (m.account_id = me OR sharing_people(m.state_id) = ANY(mine)
            OR sharing_people(m.institution_id) = ANY(mine)));
END $$;

CREATE FUNCTION sharing_decide() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (
        (OLD.region_id, OLD.owner_state_id, OLD.owner_institution_id, OLD.drafted_by_id) IS DISTINCT FROM
        (NEW.region_id, NEW.owner_state_id, NEW.owner_institution_id, NEW.drafted_by_id)
        OR OLD.released_at <> NEW.released_at OR (OLD.released_at IS NOT NULL AND NEW.released_at IS NULL)
        OR OLD.recalled_at <> NEW.recalled_at OR (OLD.recalled_at IS NOT NULL AND NEW.recalled_at IS NULL)
        OR OLD.withdrawn_at <> NEW.withdrawn_at
        OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS NULL)
    ) THEN
        RAISE EXCEPTION 'a record stays with its owner, and a release or its end is never undone'
            USING ERRCODE = 'RT004';
    END IF;
    IF NEW.released_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM sharing_addressee WHERE record_id = NEW.id AND reach > NEW.marking
    ) THEN
        RAISE EXCEPTION 'the audience is wider than the marking' USING ERRCODE = 'RT003';
    END IF;
    NEW.desk := coalesce(NEW.owner_state_id, NEW.owner_institution_id);
    NEW.owner := CASE WHEN NEW.open_to_contributors THEN sharing_people(NEW.desk) ELSE NEW.desk END;
    -- From AMBER (2) on, an addressed state or institution may pass it on among its own people.
    NEW.readers := ARRAY(
        SELECT DISTINCT CASE
            WHEN a.reach = 0 THEN a.account_id
            WHEN a.reach = 1 AND NEW.marking >= 2 THEN sharing_people(coalesce(a.state_id, a.institution_id))
            WHEN a.reach = 1 THEN coalesce(a.state_id, a.institution_id)
            WHEN a.reach = 2 THEN a.group_id
            WHEN a.reach = 3 THEN NEW.region_id
            ELSE '00000000-0000-0000-0000-000000000000'::uuid
        END FROM sharing_addressee a WHERE a.record_id = NEW.id ORDER BY 1);
    NEW.open_from := CASE WHEN NEW.released_at IS NOT NULL
                          THEN greatest(NEW.released_at, NEW.embargo_until) END;
    NEW.open_to := coalesce(least(NEW.expires_at, NEW.recalled_at, NEW.withdrawn_at), '9000-01-01 00:00Z');
    RETURN NEW;
END $$;

CREATE FUNCTION sharing_tell_existence() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    knowers uuid[] := NEW.readers || CASE WHEN NEW.existence_only THEN ARRAY[NEW.region_id] ELSE '{}' END;
    known_from timestamptz := CASE WHEN NEW.open_from < NEW.open_to THEN NEW.open_from END;
BEGIN
    INSERT INTO sharing_existence (record_id, owner_state_id, owner_institution_id, kind, released_on,
        recalled_at, withdrawn_at, owner, knowers, known_from)
    VALUES (NEW.id, NEW.owner_state_id, NEW.owner_institution_id, NEW.kind,
        (known_from AT TIME ZONE 'UTC')::date, NEW.recalled_at, NEW.withdrawn_at, NEW.owner, knowers, known_from)
    ON CONFLICT (record_id) DO UPDATE SET (kind, released_on, recalled_at, withdrawn_at, owner, knowers,
        known_from) = (excluded.kind, excluded.released_on, excluded.recalled_at, excluded.withdrawn_at,
        excluded.owner, excluded.knowers, excluded.known_from);
    RETURN NULL;
END $$;

CREATE FUNCTION sharing_take_deciding() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- Without such a record all stay empty, and the row's policy refuses as it does for one out of sight.
    SELECT owner, desk, coalesce(readers, '{}'), open_from, open_to
    INTO NEW.owner, NEW.desk, NEW.readers, NEW.open_from, NEW.open_to
    FROM sharing_record WHERE id = NEW.record_id;
    NEW.readers := coalesce(NEW.readers, '{}');
    RETURN NEW;
END $$;

CREATE FUNCTION sharing_spread_deciding() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format('UPDATE public.%I SET record_id = record_id WHERE record_id = $1', TG_ARGV[0]) USING NEW.id;
    RETURN NULL;
END $$;

CREATE FUNCTION sharing_check_addressee() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    home uuid;
    holder uuid;
    named integer := num_nonnulls(NEW.account_id, NEW.state_id, NEW.institution_id, NEW.group_id);
BEGIN
    SELECT region_id, desk INTO home, holder FROM sharing_record WHERE id = NEW.record_id;
    -- The same words for what is elsewhere and what is nowhere.
    IF named <> (CASE WHEN NEW.reach <= 2 THEN 1 ELSE 0 END) OR NOT (CASE NEW.reach
        WHEN 0 THEN EXISTS (SELECT 1 FROM network_account WHERE id = NEW.account_id AND region_id = home)
        WHEN 1 THEN EXISTS (SELECT 1 FROM network_state WHERE id = NEW.state_id AND region_id = home
            UNION SELECT 1 FROM network_institution WHERE id = NEW.institution_id AND region_id = home)
        WHEN 2 THEN EXISTS (SELECT 1 FROM sharing_group WHERE id = NEW.group_id AND region_id = home
            AND keeper = holder)
        ELSE true END)
    THEN
        RAISE EXCEPTION 'no such addressee in the region of the record' USING ERRCODE = 'RT005';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION sharing_audience_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE sharing_record SET id = id WHERE id = coalesce(NEW.record_id, OLD.record_id);
    RETURN NULL;
END $$;

CREATE FUNCTION sharing_keep_group() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    NEW.keeper := coalesce(NEW.owner_state_id, NEW.owner_institution_id);
    IF NOT EXISTS (SELECT 1 FROM network_state WHERE id = NEW.keeper AND region_id = NEW.region_id
        UNION SELECT 1 FROM network_institution WHERE id = NEW.keeper AND region_id = NEW.region_id)
        OR (TG_OP = 'UPDATE' AND OLD.keeper <> NEW.keeper)
    THEN
        RAISE EXCEPTION 'a group stays with its keeper, in its region' USING ERRCODE = 'RT004';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION sharing_keep_member() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    home uuid;
BEGIN
    SELECT keeper, region_id INTO NEW.keeper, home FROM sharing_group WHERE id = NEW.group_id;
    IF num_nonnulls(NEW.account_id, NEW.state_id, NEW.institution_id) <> 1 OR NOT EXISTS (
        SELECT 1 FROM network_account WHERE id = NEW.account_id AND region_id = home
        UNION SELECT 1 FROM network_state WHERE id = NEW.state_id AND region_id = home
        UNION SELECT 1 FROM network_institution WHERE id = NEW.institution_id AND region_id = home)
    THEN
        RAISE EXCEPTION 'no such member in the region of the group' USING ERRCODE = 'RT005';
    END IF;
    RETURN NEW;
END $$;
"""

TRIGGERS = """
CREATE TRIGGER sharing_record_decide BEFORE INSERT OR UPDATE ON sharing_record
    FOR EACH ROW EXECUTE FUNCTION sharing_decide();
CREATE TRIGGER sharing_record_existence AFTER INSERT OR UPDATE ON sharing_record
    FOR EACH ROW EXECUTE FUNCTION sharing_tell_existence();
CREATE TRIGGER sharing_addressee_check BEFORE INSERT ON sharing_addressee
    FOR EACH ROW EXECUTE FUNCTION sharing_check_addressee();
CREATE TRIGGER sharing_addressee_changed AFTER INSERT OR DELETE ON sharing_addressee
    FOR EACH ROW EXECUTE FUNCTION sharing_audience_changed();
CREATE TRIGGER sharing_group_keep BEFORE INSERT OR UPDATE ON sharing_group
    FOR EACH ROW EXECUTE FUNCTION sharing_keep_group();
CREATE TRIGGER sharing_member_keep BEFORE INSERT OR UPDATE ON sharing_member
    FOR EACH ROW EXECUTE FUNCTION sharing_keep_member();
"""

NO_TRIGGERS = """
DROP TRIGGER sharing_record_decide ON sharing_record;
DROP TRIGGER sharing_record_existence ON sharing_record;
DROP TRIGGER sharing_addressee_check ON sharing_addressee;
DROP TRIGGER sharing_addressee_changed ON sharing_addressee;
DROP TRIGGER sharing_group_keep ON sharing_group;
DROP TRIGGER sharing_member_keep ON sharing_member;
"""

NO_FUNCTIONS = """
DROP FUNCTION sharing_keep_member(), sharing_keep_group(), sharing_audience_changed(),
    sharing_check_addressee(), sharing_spread_deciding(), sharing_take_deciding(), sharing_tell_existence(),
    sharing_decide(), acting_principals(), sharing_people(uuid);
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('network', '0002_sign_in_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('owner', models.UUIDField(editable=False, null=True)),
                ('desk', models.UUIDField(editable=False, null=True)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, editable=False, size=None)),
                ('open_from', models.DateTimeField(editable=False, null=True)),
                ('open_to', models.DateTimeField(editable=False, null=True)),
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.SlugField()),
                ('marking', models.PositiveSmallIntegerField(choices=[(0, 'RED'), (1, 'AMBER_STRICT'), (2, 'AMBER'), (3, 'GREEN'), (4, 'CLEAR')])),
                ('chatham_house', models.BooleanField(default=False)),
                ('open_to_contributors', models.BooleanField(default=False)),
                ('existence_only', models.BooleanField(default=False)),
                ('embargo_until', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField(null=True)),
                ('released_at', models.DateTimeField(null=True)),
                ('recalled_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('drafted_at', models.DateTimeField(default=rtopnet.kernel.clock.now)),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner_institution', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.institution')),
                ('owner_state', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.state')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='network.region')),
            ],
        ),
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('keeper', models.UUIDField(editable=False, null=True)),
                ('owner_institution', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.institution')),
                ('owner_state', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.state')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='network.region')),
            ],
        ),
        migrations.CreateModel(
            name='Addressee',
            fields=[
                ('owner', models.UUIDField(editable=False, null=True)),
                ('desk', models.UUIDField(editable=False, null=True)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, editable=False, size=None)),
                ('open_from', models.DateTimeField(editable=False, null=True)),
                ('open_to', models.DateTimeField(editable=False, null=True)),
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('reach', models.PositiveSmallIntegerField(choices=[(0, 'PERSONS'), (1, 'NAMED_BODIES'), (2, 'GROUPS'), (3, 'NETWORK'), (4, 'PUBLIC')])),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('institution', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.institution')),
                ('state', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.state')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='sharing.record')),
                ('group', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.group')),
            ],
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('keeper', models.UUIDField(editable=False, null=True)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='sharing.group')),
                ('institution', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.institution')),
                ('state', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.state')),
            ],
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('owner', models.UUIDField(editable=False, null=True)),
                ('desk', models.UUIDField(editable=False, null=True)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, editable=False, size=None)),
                ('open_from', models.DateTimeField(editable=False, null=True)),
                ('open_to', models.DateTimeField(editable=False, null=True)),
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=rtopnet.kernel.clock.now)),
                ('how', models.CharField(choices=[('opened', 'opened'), ('exported', 'exported')], max_length=10)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='sharing.record')),
            ],
        ),
        migrations.CreateModel(
            name='RecordText',
            fields=[
                ('owner', models.UUIDField(editable=False, null=True)),
                ('desk', models.UUIDField(editable=False, null=True)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, editable=False, size=None)),
                ('open_from', models.DateTimeField(editable=False, null=True)),
                ('open_to', models.DateTimeField(editable=False, null=True)),
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=300)),
                ('body', models.TextField()),
                ('written_at', models.DateTimeField(default=rtopnet.kernel.clock.now)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='sharing.record')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReleaseRequest',
            fields=[
                ('owner', models.UUIDField(editable=False, null=True)),
                ('desk', models.UUIDField(editable=False, null=True)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, editable=False, size=None)),
                ('open_from', models.DateTimeField(editable=False, null=True)),
                ('open_to', models.DateTimeField(editable=False, null=True)),
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField(default=rtopnet.kernel.clock.now)),
                ('due_at', models.DateTimeField()),
                ('reason', models.TextField()),
                ('granted', models.BooleanField(null=True)),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='sharing.record')),
            ],
        ),
        migrations.CreateModel(
            name='Existence',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='sharing.record')),
                ('kind', models.SlugField()),
                ('released_on', models.DateField(null=True)),
                ('recalled_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('owner', models.UUIDField(editable=False)),
                ('knowers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, editable=False, size=None)),
                ('known_from', models.DateTimeField(editable=False, null=True)),
                ('owner_institution', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.institution')),
                ('owner_state', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.state')),
            ],
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['owner'], name='record_owner'),
        ),
        migrations.AddConstraint(
            model_name='record',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='record_read', using='owner = ANY((SELECT acting_principals())::uuid[]) OR readers && (SELECT acting_principals())::uuid[] AND statement_timestamp() >= open_from AND statement_timestamp() < open_to'),
        ),
        migrations.AddConstraint(
            model_name='record',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='owner = ANY((SELECT acting_principals())::uuid[]) AND drafted_by_id = (SELECT acting_account()) AND region_id = (SELECT acting_region()) AND released_at IS NULL', command='INSERT', name='record_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='record',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='UPDATE', name='record_update', using='desk = ANY((SELECT acting_principals())::uuid[])'),
        ),
        migrations.AddConstraint(
            model_name='record',
            constraint=rtopnet.audit.models.Ledgered(name='record_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='record',
            constraint=models.CheckConstraint(condition=models.Q(('owner_state__isnull', False), ('owner_institution__isnull', False), _connector='XOR'), name='record_has_one_owner'),
        ),
        migrations.AddConstraint(
            model_name='record',
            constraint=models.CheckConstraint(condition=models.Q(('marking__lte', rtopnet.sharing.rules.Marking['CLEAR'])), name='record_marking_known'),
        ),
        migrations.AddConstraint(
            model_name='record',
            constraint=models.CheckConstraint(condition=models.Q(('embargo_until__isnull', True), ('expires_at__isnull', True), ('expires_at__gt', models.F('embargo_until')), _connector='OR'), name='record_expires_after_its_embargo'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='ALL', name='group_all', using='keeper = ANY((SELECT acting_principals())::uuid[])'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=rtopnet.audit.models.Ledgered(name='group_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(('owner_state__isnull', False), ('owner_institution__isnull', False), _connector='XOR'), name='group_has_one_owner'),
        ),
        migrations.AddConstraint(
            model_name='addressee',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='addressee_read', using='owner = ANY((SELECT acting_principals())::uuid[])'),
        ),
        migrations.AddConstraint(
            model_name='addressee',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='desk = ANY((SELECT acting_principals())::uuid[])', command='INSERT', name='addressee_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='addressee',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='DELETE', name='addressee_delete', using='desk = ANY((SELECT acting_principals())::uuid[])'),
        ),
        migrations.AddConstraint(
            model_name='addressee',
            constraint=rtopnet.sharing.deciding.FollowsRecord(name='addressee_follows'),
        ),
        migrations.AddConstraint(
            model_name='addressee',
            constraint=rtopnet.audit.models.Ledgered(name='addressee_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='addressee',
            constraint=models.UniqueConstraint(fields=('record', 'reach', 'account', 'state', 'institution', 'group'), name='addressee_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='ALL', name='member_all', using='keeper = ANY((SELECT acting_principals())::uuid[])'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=rtopnet.audit.models.Ledgered(name='member_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='reading_read', using='desk = ANY((SELECT acting_principals())::uuid[]) OR account_id = (SELECT acting_account())'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='account_id = (SELECT acting_account()) AND readers && (SELECT acting_principals())::uuid[] AND statement_timestamp() >= open_from AND statement_timestamp() < open_to', command='INSERT', name='reading_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=rtopnet.sharing.deciding.FollowsRecord(name='reading_follows'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=rtopnet.audit.models.Ledgered(name='reading_ledgered'),
        ),
        migrations.AddIndex(
            model_name='recordtext',
            index=models.Index(fields=['owner'], name='recordtext_owner'),
        ),
        migrations.AddConstraint(
            model_name='recordtext',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='recordtext_read', using='owner = ANY((SELECT acting_principals())::uuid[]) OR readers && (SELECT acting_principals())::uuid[] AND statement_timestamp() >= open_from AND statement_timestamp() < open_to'),
        ),
        migrations.AddConstraint(
            model_name='recordtext',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='desk = ANY((SELECT acting_principals())::uuid[]) OR (owner = ANY((SELECT acting_principals())::uuid[]) AND open_from IS NULL)', command='INSERT', name='recordtext_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='recordtext',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='UPDATE', name='recordtext_update', using='owner = ANY((SELECT acting_principals())::uuid[]) AND open_from IS NULL'),
        ),
        migrations.AddConstraint(
            model_name='recordtext',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='DELETE', name='recordtext_delete', using='desk = ANY((SELECT acting_principals())::uuid[]) AND statement_timestamp() >= open_to'),
        ),
        migrations.AddConstraint(
            model_name='recordtext',
            constraint=rtopnet.sharing.deciding.FollowsRecord(name='recordtext_follows'),
        ),
        migrations.AddConstraint(
            model_name='recordtext',
            constraint=rtopnet.audit.models.Ledgered(name='recordtext_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='recordtext',
            constraint=models.UniqueConstraint(fields=('record', 'version'), name='record_text_version_once'),
        ),
        migrations.AddConstraint(
            model_name='releaserequest',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='request_read', using='desk = ANY((SELECT acting_principals())::uuid[]) OR asked_by_id = (SELECT acting_account())'),
        ),
        migrations.AddConstraint(
            model_name='releaserequest',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='asked_by_id = (SELECT acting_account()) AND EXISTS (SELECT 1 FROM sharing_existence known WHERE known.record_id = sharing_releaserequest.record_id)', command='INSERT', name='request_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='releaserequest',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='UPDATE', name='request_update', using='desk = ANY((SELECT acting_principals())::uuid[])'),
        ),
        migrations.AddConstraint(
            model_name='releaserequest',
            constraint=rtopnet.sharing.deciding.FollowsRecord(name='releaserequest_follows'),
        ),
        migrations.AddConstraint(
            model_name='releaserequest',
            constraint=rtopnet.audit.models.Ledgered(name='releaserequest_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='releaserequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True), ('granted__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('granted__isnull', False)), _connector='OR'), name='request_answered_as_a_whole'),
        ),
        migrations.AddConstraint(
            model_name='existence',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='existence_read', using='owner = ANY((SELECT acting_principals())::uuid[]) OR knowers && (SELECT acting_principals())::uuid[] AND statement_timestamp() >= known_from'),
        ),
        migrations.AddConstraint(
            model_name='existence',
            constraint=rtopnet.audit.models.Ledgered(name='existence_ledgered'),
        ),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
    ]
