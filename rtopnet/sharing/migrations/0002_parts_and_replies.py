"""Parts, consultations and replies, tellings and receipts; versions that can be taken back."""

import django.contrib.postgres.fields
import django.db.models.deletion
import rtopnet.audit.models
import rtopnet.kernel.clock
import rtopnet.kernel.ids
import rtopnet.kernel.rowsecurity
import rtopnet.sharing.deciding
from django.conf import settings
from django.db import migrations, models

FUNCTIONS = """
-- All that an account reads as. Runs as its owner, whom no policy binds: who somebody is must not depend on
-- what they may read.
CREATE FUNCTION sharing_principals_of(p_account uuid) RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    nobody CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
    me uuid;
    home uuid;
    mine uuid[];
BEGIN
    SELECT id, region_id INTO me, home FROM network_account WHERE id = p_account AND is_active;
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

CREATE OR REPLACE FUNCTION acting_principals() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN sharing_principals_of(acting_account());
END $$;

CREATE OR REPLACE FUNCTION sharing_decide() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    nobody CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
    was_wide boolean := false;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.region_id, OLD.owner_state_id, OLD.owner_institution_id, OLD.drafted_by_id) IS DISTINCT FROM
            (NEW.region_id, NEW.owner_state_id, NEW.owner_institution_id, NEW.drafted_by_id)
            OR OLD.released_at <> NEW.released_at OR (OLD.released_at IS NOT NULL AND NEW.released_at IS NULL)
            OR OLD.recalled_at <> NEW.recalled_at OR (OLD.recalled_at IS NOT NULL AND NEW.recalled_at IS NULL)
            OR OLD.withdrawn_at <> NEW.withdrawn_at
            OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS NULL)
            OR OLD.oldest_version > NEW.oldest_version
        THEN
            RAISE EXCEPTION 'a record stays with its owner, and a release or its end is never undone'
                USING ERRCODE = 'RT004';
        END IF;
        was_wide := OLD.released_at IS NOT NULL AND OLD.readers && ARRAY[OLD.region_id, nobody];
    END IF;
    IF NEW.released_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM sharing_addressee WHERE record_id = NEW.id AND reach > NEW.marking
    ) THEN
        RAISE EXCEPTION 'the audience is wider than the marking' USING ERRCODE = 'RT003';
    END IF;
    NEW.desk := coalesce(NEW.owner_state_id, NEW.owner_institution_id);
    NEW.owner := CASE WHEN NEW.open_to_contributors THEN sharing_people(NEW.desk) ELSE NEW.desk END;
    NEW.readers := ARRAY(
        SELECT DISTINCT sharing_principal(a.reach, NEW.marking, a.account_id, a.state_id, a.institution_id,
            a.group_id, NEW.region_id)
        FROM sharing_addressee a WHERE a.record_id = NEW.id ORDER BY 1);
    NEW.open_from := CASE WHEN NEW.released_at IS NOT NULL
                          THEN greatest(NEW.released_at, NEW.embargo_until) END;
    NEW.open_to := coalesce(least(NEW.expires_at, NEW.recalled_at, NEW.withdrawn_at), '9000-01-01 00:00Z');
    -- Before it goes to the network, the states concerned have had their say; later ones hold nothing up.
    IF NEW.released_at IS NOT NULL AND NOT was_wide AND NEW.readers && ARRAY[NEW.region_id, nobody] AND EXISTS (
        SELECT 1 FROM sharing_consultation c WHERE c.record_id = NEW.id AND NOT (c.told_at IS NOT NULL AND (
            c.waived_at IS NOT NULL OR c.due_at <= statement_timestamp()
            OR EXISTS (SELECT 1 FROM sharing_reply r WHERE r.record_id = NEW.id AND r.state_id = c.state_id)))
    ) THEN
        RAISE EXCEPTION 'a state concerned has not been heard' USING ERRCODE = 'RT006';
    END IF;
    RETURN NEW;
END $$;

-- The principal that a line of an audience stands for; from AMBER (2) on, an addressed state or institution
-- may pass it on among its own people.
CREATE FUNCTION sharing_principal(p_reach integer, p_marking integer, p_account uuid, p_state uuid,
    p_institution uuid, p_group uuid, p_region uuid) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE
        WHEN p_reach = 0 THEN p_account
        WHEN p_reach = 1 AND p_marking >= 2 THEN sharing_people(coalesce(p_state, p_institution))
        WHEN p_reach = 1 THEN coalesce(p_state, p_institution)
        WHEN p_reach = 2 THEN p_group
        WHEN p_reach = 3 THEN p_region
        ELSE '00000000-0000-0000-0000-000000000000'::uuid
    END
$$;

CREATE FUNCTION sharing_decide_part() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    envelope sharing_record;
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.record_id, OLD.version, OLD.slot) IS DISTINCT FROM
        (NEW.record_id, NEW.version, NEW.slot)
    THEN
        RAISE EXCEPTION 'a part stays where it is' USING ERRCODE = 'RT004';
    END IF;
    IF EXISTS (SELECT 1 FROM sharing_partaddressee WHERE part_id = NEW.id AND reach > NEW.marking) THEN
        RAISE EXCEPTION 'the audience is wider than the marking' USING ERRCODE = 'RT003';
    END IF;
    SELECT * INTO envelope FROM sharing_record WHERE id = NEW.record_id;
    NEW.past := coalesce(NEW.version < envelope.oldest_version, false);
    NEW.part_readers := ARRAY(
        SELECT DISTINCT sharing_principal(a.reach, least(NEW.marking, envelope.marking), a.account_id,
            a.state_id, a.institution_id, a.group_id, envelope.region_id)
        FROM sharing_partaddressee a WHERE a.part_id = NEW.id AND a.record_id = NEW.record_id ORDER BY 1);
    RETURN NEW;
END $$;

CREATE FUNCTION sharing_part_audience_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE sharing_recordpart SET id = id WHERE id = coalesce(NEW.part_id, OLD.part_id);
    RETURN NULL;
END $$;

CREATE FUNCTION sharing_decide_version() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    NEW.past := coalesce(NEW.version < (SELECT oldest_version FROM sharing_record WHERE id = NEW.record_id), false);
    RETURN NEW;
END $$;

CREATE FUNCTION sharing_spread_versions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE sharing_recordtext SET id = id WHERE record_id = NEW.id;
    UPDATE sharing_recordpart SET id = id WHERE record_id = NEW.id;
    RETURN NULL;
END $$;

CREATE FUNCTION sharing_keep_consultation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
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
        OR OLD.waived_at IS NOT NULL AND (OLD.waived_at, OLD.waived_because) IS DISTINCT FROM
            (NEW.waived_at, NEW.waived_because))
    THEN
        RAISE EXCEPTION 'what a state was told stays as it was' USING ERRCODE = 'RT004';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION sharing_keep_receipt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.record_id, OLD.body, OLD.due_at) IS DISTINCT FROM (NEW.record_id, NEW.body, NEW.due_at) THEN
        RAISE EXCEPTION 'a receipt is signed, not changed' USING ERRCODE = 'RT004';
    END IF;
    RETURN NEW;
END $$;

-- Notes whom the program tells of what became of a record, and returns them with what their notices need.
-- Only the program itself, acting for nobody, may ask: it learns accounts, never content.
CREATE FUNCTION sharing_tell(p_record uuid, p_about text,
    OUT told uuid[], OUT region uuid, OUT desk uuid, OUT marking integer) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    envelope sharing_record;
BEGIN
    IF acting_capacity() IS DISTINCT FROM 'installation' THEN
        RAISE EXCEPTION 'only the program tells' USING ERRCODE = 'RT007';
    END IF;
    SELECT * INTO envelope FROM sharing_record WHERE id = p_record;
    told := '{}';
    region := envelope.region_id;
    desk := envelope.desk;
    marking := envelope.marking;
    IF envelope.open_from IS NULL OR envelope.open_from > statement_timestamp()
        OR envelope.open_from >= envelope.open_to
        OR (p_about IN ('released', 'revised') AND statement_timestamp() >= envelope.open_to)
    THEN
        RETURN;
    END IF;
    WITH reached AS (
        SELECT a.id FROM network_account a, LATERAL sharing_principals_of(a.id) AS mine
        WHERE a.region_id = envelope.region_id AND a.is_active AND NOT envelope.owner = ANY(mine)
          AND envelope.readers && mine
          AND (p_about <> 'released' OR NOT EXISTS (SELECT 1 FROM sharing_telling t
              WHERE t.record_id = p_record AND t.account_id = a.id AND t.about = p_about))
    ), noted AS (
        INSERT INTO sharing_telling (id, record_id, account_id, about, at)
        SELECT gen_random_uuid(), p_record, id, p_about, statement_timestamp() FROM reached
        RETURNING account_id
    )
    SELECT coalesce(array_agg(account_id), '{}') INTO told FROM noted;
END $$;
"""

TRIGGERS = """
CREATE TRIGGER sharing_recordpart_decide BEFORE INSERT OR UPDATE ON sharing_recordpart
    FOR EACH ROW EXECUTE FUNCTION sharing_decide_part();
CREATE TRIGGER sharing_partaddressee_check BEFORE INSERT ON sharing_partaddressee
    FOR EACH ROW EXECUTE FUNCTION sharing_check_addressee();
CREATE TRIGGER sharing_partaddressee_changed AFTER INSERT OR DELETE ON sharing_partaddressee
    FOR EACH ROW EXECUTE FUNCTION sharing_part_audience_changed();
CREATE TRIGGER sharing_recordtext_decide BEFORE INSERT OR UPDATE ON sharing_recordtext
    FOR EACH ROW EXECUTE FUNCTION sharing_decide_version();
CREATE TRIGGER sharing_record_versions AFTER UPDATE ON sharing_record FOR EACH ROW
    WHEN ((OLD.oldest_version, OLD.marking) IS DISTINCT FROM (NEW.oldest_version, NEW.marking))
    EXECUTE FUNCTION sharing_spread_versions();
CREATE TRIGGER sharing_consultation_keep BEFORE INSERT OR UPDATE ON sharing_consultation
    FOR EACH ROW EXECUTE FUNCTION sharing_keep_consultation();
CREATE TRIGGER sharing_receipt_keep BEFORE UPDATE ON sharing_receipt
    FOR EACH ROW EXECUTE FUNCTION sharing_keep_receipt();
"""

NO_FUNCTIONS = """
DROP FUNCTION sharing_tell(uuid, text), sharing_keep_receipt(), sharing_keep_consultation(),
    sharing_spread_versions(), sharing_decide_version(), sharing_part_audience_changed(), sharing_decide_part();
"""

NO_TRIGGERS = """
DROP TRIGGER sharing_receipt_keep ON sharing_receipt;
DROP TRIGGER sharing_consultation_keep ON sharing_consultation;
DROP TRIGGER sharing_record_versions ON sharing_record;
DROP TRIGGER sharing_recordtext_decide ON sharing_recordtext;
DROP TRIGGER sharing_partaddressee_changed ON sharing_partaddressee;
DROP TRIGGER sharing_partaddressee_check ON sharing_partaddressee;
DROP TRIGGER sharing_recordpart_decide ON sharing_recordpart;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0003_acting_desks'),
        ('sharing', '0001_records'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Consultation',
            fields=[
                ('owner', models.UUIDField(editable=False, null=True)),
                ('desk', models.UUIDField(editable=False, null=True)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, editable=False, size=None)),
                ('open_from', models.DateTimeField(editable=False, null=True)),
                ('open_to', models.DateTimeField(editable=False, null=True)),
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField(blank=True)),
                ('told_at', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('waived_at', models.DateTimeField(null=True)),
                ('waived_because', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='PartAddressee',
            fields=[
                ('owner', models.UUIDField(editable=False, null=True)),
                ('desk', models.UUIDField(editable=False, null=True)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, editable=False, size=None)),
                ('open_from', models.DateTimeField(editable=False, null=True)),
                ('open_to', models.DateTimeField(editable=False, null=True)),
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('reach', models.PositiveSmallIntegerField(choices=[(0, 'PERSONS'), (1, 'NAMED_BODIES'), (2, 'GROUPS'), (3, 'NETWORK'), (4, 'PUBLIC')])),
            ],
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('owner', models.UUIDField(editable=False, null=True)),
                ('desk', models.UUIDField(editable=False, null=True)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, editable=False, size=None)),
                ('open_from', models.DateTimeField(editable=False, null=True)),
                ('open_to', models.DateTimeField(editable=False, null=True)),
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('body', models.UUIDField()),
                ('due_at', models.DateTimeField()),
                ('became', models.CharField(blank=True, choices=[('none_made', 'none_made'), ('destroyed', 'destroyed'), ('returned', 'returned'), ('kept', 'kept')], max_length=12)),
                ('note', models.TextField(blank=True)),
                ('signed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='RecordPart',
            fields=[
                ('owner', models.UUIDField(editable=False, null=True)),
                ('desk', models.UUIDField(editable=False, null=True)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, editable=False, size=None)),
                ('open_from', models.DateTimeField(editable=False, null=True)),
                ('open_to', models.DateTimeField(editable=False, null=True)),
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('past', models.BooleanField(default=False, editable=False)),
                ('slot', models.PositiveSmallIntegerField()),
                ('label', models.CharField(max_length=120)),
                ('body', models.TextField()),
                ('marking', models.PositiveSmallIntegerField(choices=[(0, 'RED'), (1, 'AMBER_STRICT'), (2, 'AMBER'), (3, 'GREEN'), (4, 'CLEAR')])),
                ('part_readers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, editable=False, size=None)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('owner', models.UUIDField(editable=False, null=True)),
                ('desk', models.UUIDField(editable=False, null=True)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, editable=False, size=None)),
                ('open_from', models.DateTimeField(editable=False, null=True)),
                ('open_to', models.DateTimeField(editable=False, null=True)),
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('body', models.TextField()),
                ('at', models.DateTimeField(default=rtopnet.kernel.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name='Telling',
            fields=[
                ('owner', models.UUIDField(editable=False, null=True)),
                ('desk', models.UUIDField(editable=False, null=True)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, editable=False, size=None)),
                ('open_from', models.DateTimeField(editable=False, null=True)),
                ('open_to', models.DateTimeField(editable=False, null=True)),
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('about', models.SlugField()),
                ('at', models.DateTimeField(default=rtopnet.kernel.clock.now)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='recordtext',
            name='recordtext_read',
        ),
        migrations.AddField(
            model_name='record',
            name='oldest_version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='recordtext',
            name='past',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddConstraint(
            model_name='recordtext',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='recordtext_read', using='owner = ANY((SELECT acting_principals())::uuid[]) OR NOT past AND readers && (SELECT acting_principals())::uuid[] AND statement_timestamp() >= open_from AND statement_timestamp() < open_to'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='record',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='sharing.record'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='state',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.state'),
        ),
        migrations.AddField(
            model_name='partaddressee',
            name='account',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='partaddressee',
            name='group',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.group'),
        ),
        migrations.AddField(
            model_name='partaddressee',
            name='institution',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.institution'),
        ),
        migrations.AddField(
            model_name='partaddressee',
            name='record',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='sharing.record'),
        ),
        migrations.AddField(
            model_name='partaddressee',
            name='state',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.state'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='institution',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.institution'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='record',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='sharing.record'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='signed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='receipt',
            name='state',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.state'),
        ),
        migrations.AddField(
            model_name='recordpart',
            name='record',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='sharing.record'),
        ),
        migrations.AddField(
            model_name='partaddressee',
            name='part',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addressees', to='sharing.recordpart'),
        ),
        migrations.AddField(
            model_name='reply',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reply',
            name='record',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='sharing.record'),
        ),
        migrations.AddField(
            model_name='reply',
            name='state',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.state'),
        ),
        migrations.AddField(
            model_name='telling',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='telling',
            name='record',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='sharing.record'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='consultation_read', using='owner = ANY((SELECT acting_principals())::uuid[]) OR told_at IS NOT NULL AND state_id = ANY((SELECT acting_principals())::uuid[])'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='desk = ANY((SELECT acting_principals())::uuid[])', command='INSERT', name='consultation_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='UPDATE', name='consultation_update', using='desk = ANY((SELECT acting_principals())::uuid[])'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='DELETE', name='consultation_delete', using='desk = ANY((SELECT acting_principals())::uuid[]) AND told_at IS NULL'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=rtopnet.sharing.deciding.FollowsRecord(name='consultation_follows'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=rtopnet.audit.models.Ledgered(name='consultation_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.UniqueConstraint(fields=('record', 'state'), name='consultation_once'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_at__isnull', True), ('told_at__isnull', True)), models.Q(('due_at__gte', models.F('told_at')), ('told_at__isnull', False)), _connector='OR'), name='consultation_has_time'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(('waived_at__isnull', True), models.Q(('told_at__isnull', False), models.Q(('waived_because', ''), _negated=True)), _connector='OR'), name='consultation_waived_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='receipt_read', using='desk = ANY((SELECT acting_principals())::uuid[]) OR body = ANY((SELECT acting_principals())::uuid[])'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='desk = ANY((SELECT acting_principals())::uuid[]) AND statement_timestamp() >= open_to AND signed_at IS NULL', command='INSERT', name='receipt_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='body = ANY((SELECT acting_principals())::uuid[]) AND signed_by_id = (SELECT acting_account())', command='UPDATE', name='receipt_update', using='body = ANY((SELECT acting_principals())::uuid[]) AND signed_at IS NULL'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=rtopnet.sharing.deciding.FollowsRecord(name='receipt_follows'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=rtopnet.audit.models.Ledgered(name='receipt_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.UniqueConstraint(fields=('record', 'body'), name='receipt_once'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('body', models.F('state')), ('institution__isnull', True), ('state__isnull', False)), models.Q(('body', models.F('institution')), ('institution__isnull', False), ('state__isnull', True)), _connector='OR'), name='receipt_of_one_body'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('became', ''), ('signed_at__isnull', True), ('signed_by__isnull', True)), models.Q(('signed_at__isnull', False), ('signed_by__isnull', False), models.Q(('became', ''), _negated=True)), _connector='OR'), name='receipt_signed_as_a_whole'),
        ),
        migrations.AddConstraint(
            model_name='recordpart',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='recordpart_read', using='owner = ANY((SELECT acting_principals())::uuid[]) OR NOT past AND part_readers && (SELECT acting_principals())::uuid[] AND readers && (SELECT acting_principals())::uuid[] AND statement_timestamp() >= open_from AND statement_timestamp() < open_to'),
        ),
        migrations.AddConstraint(
            model_name='recordpart',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='desk = ANY((SELECT acting_principals())::uuid[]) OR (owner = ANY((SELECT acting_principals())::uuid[]) AND open_from IS NULL)', command='INSERT', name='recordpart_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='recordpart',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='UPDATE', name='recordpart_update', using='owner = ANY((SELECT acting_principals())::uuid[]) AND open_from IS NULL'),
        ),
        migrations.AddConstraint(
            model_name='recordpart',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='DELETE', name='recordpart_delete', using='desk = ANY((SELECT acting_principals())::uuid[]) AND statement_timestamp() >= open_to OR owner = ANY((SELECT acting_principals())::uuid[]) AND open_from IS NULL'),
        ),
        migrations.AddConstraint(
            model_name='recordpart',
            constraint=rtopnet.sharing.deciding.FollowsRecord(name='recordpart_follows'),
        ),
        migrations.AddConstraint(
            model_name='recordpart',
            constraint=rtopnet.audit.models.Ledgered(name='recordpart_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='recordpart',
            constraint=models.UniqueConstraint(fields=('record', 'version', 'slot'), name='record_part_once'),
        ),
        migrations.AddConstraint(
            model_name='partaddressee',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='part_addressee_read', using='owner = ANY((SELECT acting_principals())::uuid[])'),
        ),
        migrations.AddConstraint(
            model_name='partaddressee',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='desk = ANY((SELECT acting_principals())::uuid[])', command='INSERT', name='part_addressee_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='partaddressee',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='DELETE', name='part_addressee_delete', using='desk = ANY((SELECT acting_principals())::uuid[])'),
        ),
        migrations.AddConstraint(
            model_name='partaddressee',
            constraint=rtopnet.sharing.deciding.FollowsRecord(name='partaddressee_follows'),
        ),
        migrations.AddConstraint(
            model_name='partaddressee',
            constraint=rtopnet.audit.models.Ledgered(name='partaddressee_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='partaddressee',
            constraint=models.UniqueConstraint(fields=('part', 'reach', 'account', 'state', 'institution', 'group'), name='part_addressee_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='reply_read', using='owner = ANY((SELECT acting_principals())::uuid[]) OR state_id = ANY((SELECT acting_principals())::uuid[]) OR readers && (SELECT acting_principals())::uuid[] AND statement_timestamp() >= open_from AND statement_timestamp() < open_to'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='state_id = ANY((SELECT acting_principals())::uuid[]) AND EXISTS (SELECT 1 FROM sharing_consultation asked WHERE asked.record_id = sharing_reply.record_id AND asked.state_id = sharing_reply.state_id) AND by_id = (SELECT acting_account())', command='INSERT', name='reply_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=rtopnet.sharing.deciding.FollowsRecord(name='reply_follows'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=rtopnet.audit.models.Ledgered(name='reply_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='telling',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='telling_read', using='desk = ANY((SELECT acting_principals())::uuid[]) OR account_id = (SELECT acting_account())'),
        ),
        migrations.AddConstraint(
            model_name='telling',
            constraint=rtopnet.sharing.deciding.FollowsRecord(name='telling_follows'),
        ),
        migrations.AddConstraint(
            model_name='telling',
            constraint=rtopnet.audit.models.Ledgered(name='telling_ledgered'),
        ),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
    ]
