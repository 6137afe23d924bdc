"""Rounds of the silence procedure, what was adopted, and the triggers that keep both."""

import django.contrib.postgres.fields
import django.db.models.deletion
import rtopnet.audit.models
import rtopnet.kernel.clock
import rtopnet.kernel.ids
import rtopnet.kernel.rowsecurity
import rtopnet.meetings.rules
import rtopnet.sharing.deciding
from django.conf import settings
from django.db import migrations, models


FUNCTIONS = """
CREATE FUNCTION meetings_enter_round() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    nobody CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
    envelope sharing_record;
    last meetings_procedure;
    everyone uuid[];
BEGIN
    -- Whoever revises, recalls or circulates the record takes turns.
    SELECT * INTO envelope FROM sharing_record WHERE id = NEW.record_id FOR UPDATE;
    IF envelope.id IS NULL OR NOT envelope.desk = ANY(acting_desks()) THEN
        RAISE EXCEPTION 'no such record to circulate' USING ERRCODE = 'RT005';
    END IF;
    SELECT * INTO last FROM meetings_procedure WHERE record_id = NEW.record_id ORDER BY round DESC LIMIT 1;
    IF last.id IS NOT NULL AND last.broken_at IS NULL AND last.withdrawn_at IS NULL THEN
        RAISE EXCEPTION 'the text is in silence or adopted' USING ERRCODE = 'RT011';
    END IF;
    NEW.region_id := envelope.region_id;
    NEW.round := coalesce(last.round, 0) + 1;
    NEW.version := (SELECT max(version) FROM sharing_recordtext WHERE record_id = NEW.record_id);
    IF last.broken_at IS NOT NULL AND NEW.version <= last.version THEN
        RAISE EXCEPTION 'a broken version is not circulated again' USING ERRCODE = 'RT012';
    END IF;
    NEW.opened_at := statement_timestamp();
    NEW.first_deadline := NEW.deadline;
    NEW.extended_at := NULL;
    NEW.broken_at := NULL;
    NEW.withdrawn_at := NULL;
    NEW.reminded := CASE WHEN NEW.deadline <= NEW.opened_at + interval '73 hours' THEN 72 END;
    IF NEW.deadline < NEW.opened_at + interval '72 hours' OR NEW.deadline > NEW.opened_at + interval '121 days'
        OR (NEW.deadline < NEW.opened_at + interval '10 days' AND btrim(NEW.short_because) = '')
    THEN
        RAISE EXCEPTION 'the deadline leaves too little time, or too much' USING ERRCODE = 'RT013';
    END IF;
    SELECT array_agg(id ORDER BY id) INTO everyone FROM network_state WHERE region_id = envelope.region_id;
    NEW.participants := ARRAY(SELECT DISTINCT one FROM unnest(NEW.participants) AS one ORDER BY one);
    NEW.whole_network := NEW.participants = everyone AND envelope.readers && ARRAY[envelope.region_id, nobody];
    -- Those whose silence agrees must be able to read what they agree to, and so must the chair.
    IF NOT NEW.participants <@ everyone OR cardinality(array_remove(NEW.participants, envelope.desk)) = 0
        OR envelope.open_from IS NULL OR envelope.open_from > statement_timestamp()
        OR envelope.open_to <= statement_timestamp()
        OR EXISTS (SELECT 1 FROM unnest(NEW.participants || NEW.chair) AS one
            WHERE one <> envelope.desk
              AND NOT envelope.readers && ARRAY[one, sharing_people(one), envelope.region_id, nobody])
        OR NOT (NEW.chair = ANY(NEW.participants) OR EXISTS (SELECT 1 FROM network_institution
            WHERE id = NEW.chair AND region_id = envelope.region_id AND state_id IS NULL))
    THEN
        RAISE EXCEPTION 'somebody asked to agree could not read it' USING ERRCODE = 'RT014';
    END IF;
    RETURN NEW;
END $$;

-- What a round was stays; it is extended once, and it ends once.
CREATE FUNCTION meetings_keep_round() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a round is never removed' USING ERRCODE = 'RT004';
    END IF;
    IF current_setting('rtopnet.moving_back', true) = 'on' THEN
        RETURN NEW;
    END IF;
    IF (OLD.record_id, OLD.region_id, OLD.round, OLD.version, OLD.participants, OLD.whole_network, OLD.chair,
            OLD.opened_by_id, OLD.opened_at, OLD.last_day, OLD.last_hour, OLD.first_deadline, OLD.short_because)
        IS DISTINCT FROM
        (NEW.record_id, NEW.region_id, NEW.round, NEW.version, NEW.participants, NEW.whole_network, NEW.chair,
            NEW.opened_by_id, NEW.opened_at, NEW.last_day, NEW.last_hour, NEW.first_deadline, NEW.short_because)
        OR OLD.broken_at IS DISTINCT FROM NEW.broken_at AND (OLD.broken_at IS NOT NULL
            OR NEW.broken_at >= OLD.deadline)
        OR OLD.withdrawn_at IS DISTINCT FROM NEW.withdrawn_at AND (OLD.withdrawn_at IS NOT NULL
            OR NEW.withdrawn_at >= OLD.deadline)
        OR (OLD.deadline, OLD.extended_at) IS DISTINCT FROM (NEW.deadline, NEW.extended_at)
            AND (OLD.extended_at IS NOT NULL OR NEW.extended_at IS NULL OR NEW.deadline <= OLD.deadline)
    THEN
        RAISE EXCEPTION 'what a round was stays as it was' USING ERRCODE = 'RT004';
    END IF;
    RETURN NEW;
END $$;

-- The same answer for a round that is hidden and for one that never was.
CREATE FUNCTION meetings_round_for(p_procedure uuid, p_record uuid, p_body uuid) RETURNS meetings_procedure
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    found meetings_procedure;
BEGIN
    SELECT * INTO found FROM meetings_procedure WHERE id = p_procedure AND record_id = p_record
        AND p_body = ANY(participants || chair || desk) AND p_body = ANY(acting_desks()) FOR UPDATE;
    IF found.id IS NULL THEN
        RAISE EXCEPTION 'no such round to act in' USING ERRCODE = 'RT005';
    END IF;
    RETURN found;
END $$;

-- Waits until nobody else acts in the round; for verbs that look before they write.
CREATE FUNCTION meetings_hold_still(p_procedure uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM meetings_procedure WHERE id = p_procedure
        AND participants || chair || desk && acting_desks() FOR UPDATE;
END $$;

CREATE FUNCTION meetings_enter_act() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    about meetings_procedure := meetings_round_for(NEW.procedure_id, NEW.record_id, NEW.body);
BEGIN
    -- After the wait for others: whoever waited too long is too late.
    NEW.at := clock_timestamp();
    IF about.broken_at IS NOT NULL OR about.withdrawn_at IS NOT NULL OR NEW.at >= about.deadline THEN
        RAISE EXCEPTION 'the silence is over' USING ERRCODE = 'RT015';
    END IF;
    IF NOT (CASE NEW.deed
        WHEN 'withdrawal' THEN NEW.body = about.desk
        WHEN 'comment' THEN true
        WHEN 'extension' THEN NEW.body = ANY(about.participants) AND about.extended_at IS NULL
            AND NEW.until BETWEEN about.deadline + interval '4 days 22 hours' AND about.deadline + interval '65 days'
        ELSE NEW.body = ANY(about.participants) AND NEW.body <> about.desk END)
    THEN
        RAISE EXCEPTION 'not for this state, or not again' USING ERRCODE = 'RT016';
    END IF;
    IF NEW.deed = 'break' THEN
        UPDATE meetings_procedure SET broken_at = NEW.at WHERE id = about.id;
    ELSIF NEW.deed = 'withdrawal' THEN
        UPDATE meetings_procedure SET withdrawn_at = NEW.at WHERE id = about.id;
    ELSIF NEW.deed = 'extension' THEN
        UPDATE meetings_procedure SET deadline = NEW.until, extended_at = NEW.at,
            reminded = CASE WHEN NEW.until > NEW.at + interval '72 hours' THEN NULL ELSE reminded END
        WHERE id = about.id;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION meetings_enter_note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    about meetings_procedure := meetings_round_for(NEW.procedure_id, NEW.record_id, NEW.body);
BEGIN
    NEW.at := clock_timestamp();
    IF NOT NEW.body = ANY(about.participants) OR about.broken_at IS NOT NULL OR about.withdrawn_at IS NOT NULL
        OR NEW.at >= about.deadline
    THEN
        RAISE EXCEPTION 'the silence is over' USING ERRCODE = 'RT015';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION meetings_enter_statement() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    about meetings_procedure := meetings_round_for(NEW.procedure_id, NEW.record_id, NEW.body);
BEGIN
    NEW.at := clock_timestamp();
    IF NEW.body <> about.chair OR about.broken_at IS NOT NULL OR about.withdrawn_at IS NOT NULL
        OR NEW.at < about.deadline OR NEW.at > about.deadline + interval '30 days'
    THEN
        RAISE EXCEPTION 'the chair states once, after adoption' USING ERRCODE = 'RT016';
    END IF;
    RETURN NEW;
END $$;

-- Acts, statements and decisions stay as they are; only what decides who reads them follows their record.
CREATE FUNCTION meetings_stays() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    deciding CONSTANT text[] := ARRAY['owner', 'desk', 'readers', 'open_from', 'open_to'];
BEGIN
    IF TG_OP = 'DELETE' OR (current_setting('rtopnet.moving_back', true) IS DISTINCT FROM 'on'
        AND to_jsonb(OLD) - deciding <> to_jsonb(NEW) - deciding)
    THEN
        RAISE EXCEPTION 'what was done or decided stays as it was' USING ERRCODE = 'RT004';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION meetings_keep_drafters() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.record_id <> NEW.record_id OR (OLD.drafters <> NEW.drafters AND NOT OLD.desk = ANY(acting_desks()))
    THEN
        RAISE EXCEPTION 'the owner says who drafts' USING ERRCODE = 'RT004';
    END IF;
    RETURN NEW;
END $$;

-- A record stays as it is from the hour it is circulated until its silence is broken or it is withdrawn; what
-- was adopted stays for good.
CREATE FUNCTION meetings_hold_record() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.kind, OLD.marking, OLD.chatham_house, OLD.open_to_contributors, OLD.existence_only,
            OLD.embargo_until, OLD.expires_at, OLD.recalled_at, OLD.withdrawn_at, OLD.oldest_version)
        IS DISTINCT FROM
        (NEW.kind, NEW.marking, NEW.chatham_house, NEW.open_to_contributors, NEW.existence_only,
            NEW.embargo_until, NEW.expires_at, NEW.recalled_at, NEW.withdrawn_at, NEW.oldest_version)
        AND EXISTS (SELECT 1 FROM meetings_procedure
            WHERE record_id = OLD.id AND broken_at IS NULL AND withdrawn_at IS NULL)
    THEN
        RAISE EXCEPTION 'the record is in silence or adopted' USING ERRCODE = 'RT008';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION meetings_hold_content() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    about uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.record_id ELSE NEW.record_id END;
BEGIN
    IF EXISTS (SELECT 1 FROM meetings_procedure
        WHERE record_id = about AND broken_at IS NULL AND withdrawn_at IS NULL)
    THEN
        RAISE EXCEPTION 'the record is in silence or adopted' USING ERRCODE = 'RT008';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

-- Makes durable what the clock has decided: each text whose deadline passed in silence is adopted, with a
-- reference. The network's decisions count by the year; those of a narrower circle count for that circle alone,
-- under letters that tell nothing, so that no gap betrays a decision that others do not know of.
CREATE FUNCTION meetings_adopt_due() RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    about meetings_procedure;
    home network_region;
    in_year integer;
    letters text;
    next_number integer;
BEGIN
    IF acting_capacity() IS DISTINCT FROM 'installation' THEN
        RAISE EXCEPTION 'only the program adopts' USING ERRCODE = 'RT007';
    END IF;
    FOR about IN SELECT p.* FROM meetings_procedure p
        WHERE p.deadline <= clock_timestamp() AND p.broken_at IS NULL AND p.withdrawn_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM meetings_decision d WHERE d.procedure_id = p.id)
        ORDER BY p.deadline, p.id FOR UPDATE OF p SKIP LOCKED
    LOOP
        SELECT * INTO home FROM network_region WHERE id = about.region_id;
        PERFORM pg_advisory_xact_lock(hashtextextended('meetings_decision ' || home.id, 0));
        CONTINUE WHEN EXISTS (SELECT 1 FROM meetings_decision d WHERE d.procedure_id = about.id);
        in_year := extract(year FROM about.deadline AT TIME ZONE home.time_zone);
        letters := '';
        IF NOT about.whole_network THEN
            SELECT d.circle INTO letters FROM meetings_decision d JOIN meetings_procedure p ON p.id = d.procedure_id
            WHERE d.region_id = home.id AND NOT p.whole_network AND p.participants = about.participants LIMIT 1;
            WHILE coalesce(letters, '') = '' OR (NOT FOUND AND EXISTS (
                SELECT 1 FROM meetings_decision d WHERE d.region_id = home.id AND d.circle = letters))
            LOOP
                letters := translate(substr(encode(uuid_send(gen_random_uuid()), 'hex'), 1, 4),
                    '0123456789abcdef', 'BCDFGHJKLMNPQRST');
            END LOOP;
        END IF;
        SELECT coalesce(max(d.number), 0) + 1 INTO next_number FROM meetings_decision d
        WHERE d.region_id = home.id AND d.year = in_year AND d.circle = letters;
        INSERT INTO meetings_decision (id, record_id, procedure_id, region_id, adopted_at, year, circle, number,
            reference, owner, desk, readers, open_from, open_to)
        VALUES (gen_random_uuid(), about.record_id, about.id, home.id, about.deadline, in_year, letters,
            next_number,
            upper(home.slug) || '/' || in_year || '/' || CASE letters WHEN '' THEN '' ELSE letters || '-' END
                || next_number,
            NULL, NULL, '{}', NULL, NULL);
        RETURN NEXT about.id;
    END LOOP;
END $$;

-- What the program needs to tell of a round: whom, and how much a mail may say; never content.
CREATE FUNCTION meetings_round_facts(p_procedure uuid, OUT record uuid, OUT kind text, OUT region uuid,
    OUT desk uuid, OUT chair uuid, OUT participants uuid[], OUT marking integer, OUT deadline timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF acting_capacity() IS DISTINCT FROM 'installation' THEN
        RAISE EXCEPTION 'only the program tells' USING ERRCODE = 'RT007';
    END IF;
    SELECT r.id, r.kind, r.region_id, r.desk, p.chair, p.participants, r.marking, p.deadline
    INTO record, kind, region, desk, chair, participants, marking, deadline
    FROM meetings_procedure p JOIN sharing_record r ON r.id = p.record_id WHERE p.id = p_procedure;
END $$;

-- Rounds whose next reminder is due, noted as given; whom to remind is whoever has neither acted nor said for
-- itself that it stays silent, and only the program learns it.
CREATE FUNCTION meetings_remind_due() RETURNS TABLE (procedure uuid, hours integer, bodies uuid[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF acting_capacity() IS DISTINCT FROM 'installation' THEN
        RAISE EXCEPTION 'only the program reminds' USING ERRCODE = 'RT007';
    END IF;
    RETURN QUERY
    WITH due AS (
        SELECT p.id, CASE WHEN p.deadline - statement_timestamp() <= interval '24 hours' THEN 24 ELSE 72 END AS stage
        FROM meetings_procedure p
        WHERE p.broken_at IS NULL AND p.withdrawn_at IS NULL AND p.deadline > statement_timestamp()
          AND p.deadline <= statement_timestamp() + interval '72 hours'
        FOR UPDATE SKIP LOCKED
    ), noted AS (
        UPDATE meetings_procedure p SET reminded = due.stage FROM due
        WHERE p.id = due.id AND due.stage < coalesce(p.reminded, 999)
        RETURNING p.id, due.stage, p.participants, p.desk
    )
    SELECT noted.id, noted.stage, ARRAY(
        SELECT one FROM unnest(noted.participants) AS one WHERE one <> noted.desk
          AND NOT EXISTS (SELECT 1 FROM meetings_silentnote s WHERE s.procedure_id = noted.id AND s.body = one)
          AND NOT EXISTS (SELECT 1 FROM meetings_procedureact a WHERE a.procedure_id = noted.id AND a.body = one
              AND a.deed = 'reservation'))
    FROM noted;
END $$;

-- An exercise's story lies in the past: it is told in the present and then moved back, before it is adopted.
CREATE FUNCTION meetings_move_back(p_record uuid, p_by interval) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF acting_capacity() IS DISTINCT FROM 'installation' OR p_by < interval '0' OR NOT EXISTS (
        SELECT 1 FROM sharing_record r JOIN network_region g ON g.id = r.region_id
        WHERE r.id = p_record AND g.kind = 'exercise') OR EXISTS (
        SELECT 1 FROM meetings_decision WHERE record_id = p_record)
    THEN
        RAISE EXCEPTION 'only an exercise has a past that is told' USING ERRCODE = 'RT007';
    END IF;
    PERFORM set_config('rtopnet.moving_back', 'on', true);
    UPDATE meetings_procedure SET opened_at = opened_at - p_by, first_deadline = first_deadline - p_by,
        deadline = deadline - p_by, extended_at = extended_at - p_by, broken_at = broken_at - p_by,
        withdrawn_at = withdrawn_at - p_by, last_day = last_day - floor(extract(epoch FROM p_by) / 86400)::integer
    WHERE record_id = p_record;
    UPDATE meetings_procedureact SET at = at - p_by, until = until - p_by WHERE record_id = p_record;
    PERFORM set_config('rtopnet.moving_back', '', true);
END $$;
"""

TRIGGERS = """
CREATE TRIGGER meetings_procedure_enter BEFORE INSERT ON meetings_procedure
    FOR EACH ROW EXECUTE FUNCTION meetings_enter_round();
CREATE TRIGGER meetings_procedure_keep BEFORE UPDATE OR DELETE ON meetings_procedure
    FOR EACH ROW EXECUTE FUNCTION meetings_keep_round();
CREATE TRIGGER meetings_act_enter BEFORE INSERT ON meetings_procedureact
    FOR EACH ROW EXECUTE FUNCTION meetings_enter_act();
CREATE TRIGGER meetings_note_enter BEFORE INSERT ON meetings_silentnote
    FOR EACH ROW EXECUTE FUNCTION meetings_enter_note();
CREATE TRIGGER meetings_statement_enter BEFORE INSERT ON meetings_chairstatement
    FOR EACH ROW EXECUTE FUNCTION meetings_enter_statement();
CREATE TRIGGER meetings_act_stays BEFORE UPDATE OR DELETE ON meetings_procedureact
    FOR EACH ROW EXECUTE FUNCTION meetings_stays();
CREATE TRIGGER meetings_statement_stays BEFORE UPDATE OR DELETE ON meetings_chairstatement
    FOR EACH ROW EXECUTE FUNCTION meetings_stays();
CREATE TRIGGER meetings_decision_stays BEFORE UPDATE OR DELETE ON meetings_decision
    FOR EACH ROW EXECUTE FUNCTION meetings_stays();
CREATE TRIGGER meetings_workingtext_keep BEFORE UPDATE ON meetings_workingtext
    FOR EACH ROW EXECUTE FUNCTION meetings_keep_drafters();
CREATE TRIGGER meetings_record_held BEFORE UPDATE ON sharing_record
    FOR EACH ROW EXECUTE FUNCTION meetings_hold_record();
CREATE TRIGGER meetings_addressee_held BEFORE INSERT OR DELETE ON sharing_addressee
    FOR EACH ROW EXECUTE FUNCTION meetings_hold_content();
CREATE TRIGGER meetings_text_held BEFORE INSERT OR DELETE ON sharing_recordtext
    FOR EACH ROW EXECUTE FUNCTION meetings_hold_content();
CREATE TRIGGER meetings_part_held BEFORE INSERT OR DELETE ON sharing_recordpart
    FOR EACH ROW EXECUTE FUNCTION meetings_hold_content();
CREATE TRIGGER meetings_partaddressee_held BEFORE INSERT OR DELETE ON sharing_partaddressee
    FOR EACH ROW EXECUTE FUNCTION meetings_hold_content();
CREATE TRIGGER meetings_attachment_held BEFORE INSERT OR DELETE ON sharing_attachment
    FOR EACH ROW EXECUTE FUNCTION meetings_hold_content();
"""

NO_TRIGGERS = """
DROP TRIGGER meetings_record_held ON sharing_record;
DROP TRIGGER meetings_addressee_held ON sharing_addressee;
DROP TRIGGER meetings_text_held ON sharing_recordtext;
DROP TRIGGER meetings_part_held ON sharing_recordpart;
DROP TRIGGER meetings_partaddressee_held ON sharing_partaddressee;
DROP TRIGGER meetings_attachment_held ON sharing_attachment;
DROP FUNCTION meetings_enter_round, meetings_keep_round, meetings_enter_act, meetings_enter_note,
    meetings_enter_statement, meetings_stays, meetings_keep_drafters, meetings_hold_record,
    meetings_hold_content CASCADE;
DROP FUNCTION meetings_hold_still, meetings_adopt_due, meetings_round_facts, meetings_remind_due,
    meetings_move_back, meetings_round_for;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0002_agenda_order'),
        ('network', '0020_posts'),
        ('sharing', '0030_powers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Procedure',
            fields=[
                ('owner', models.UUIDField(editable=False, null=True)),
                ('desk', models.UUIDField(editable=False, null=True)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, editable=False, size=None)),
                ('open_from', models.DateTimeField(editable=False, null=True)),
                ('open_to', models.DateTimeField(editable=False, null=True)),
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('round', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField()),
                ('participants', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('whole_network', models.BooleanField()),
                ('chair', models.UUIDField()),
                ('opened_at', models.DateTimeField()),
                ('last_day', models.DateField()),
                ('last_hour', models.PositiveSmallIntegerField()),
                ('first_deadline', models.DateTimeField()),
                ('deadline', models.DateTimeField()),
                ('short_because', models.TextField(blank=True)),
                ('extended_at', models.DateTimeField(null=True)),
                ('broken_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('reminded', models.PositiveSmallIntegerField(null=True)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='sharing.record')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.region')),
            ],
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('owner', models.UUIDField(editable=False, null=True)),
                ('desk', models.UUIDField(editable=False, null=True)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, editable=False, size=None)),
                ('open_from', models.DateTimeField(editable=False, null=True)),
                ('open_to', models.DateTimeField(editable=False, null=True)),
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('adopted_at', models.DateTimeField()),
                ('year', models.PositiveSmallIntegerField()),
                ('circle', models.CharField(blank=True, max_length=8)),
                ('number', models.PositiveIntegerField()),
                ('reference', models.CharField(max_length=80)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='sharing.record')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.region')),
                ('procedure', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='meetings.procedure')),
            ],
        ),
        migrations.CreateModel(
            name='ChairStatement',
            fields=[
                ('owner', models.UUIDField(editable=False, null=True)),
                ('desk', models.UUIDField(editable=False, null=True)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, editable=False, size=None)),
                ('open_from', models.DateTimeField(editable=False, null=True)),
                ('open_to', models.DateTimeField(editable=False, null=True)),
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('body', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('words', models.TextField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='sharing.record')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='meetings.procedure')),
            ],
        ),
        migrations.CreateModel(
            name='ProcedureAct',
            fields=[
                ('owner', models.UUIDField(editable=False, null=True)),
                ('desk', models.UUIDField(editable=False, null=True)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, editable=False, size=None)),
                ('open_from', models.DateTimeField(editable=False, null=True)),
                ('open_to', models.DateTimeField(editable=False, null=True)),
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('body', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('deed', models.CharField(choices=[('break', 'break'), ('extension', 'extension'), ('reservation', 'reservation'), ('retraction', 'retraction'), ('comment', 'comment'), ('withdrawal', 'withdrawal')], max_length=12)),
                ('words', models.TextField(blank=True)),
                ('until', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='meetings.procedure')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='sharing.record')),
            ],
        ),
        migrations.CreateModel(
            name='SilentNote',
            fields=[
                ('owner', models.UUIDField(editable=False, null=True)),
                ('desk', models.UUIDField(editable=False, null=True)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, editable=False, size=None)),
                ('open_from', models.DateTimeField(editable=False, null=True)),
                ('open_to', models.DateTimeField(editable=False, null=True)),
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('body', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='meetings.procedure')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='sharing.record')),
            ],
        ),
        migrations.CreateModel(
            name='WorkingText',
            fields=[
                ('owner', models.UUIDField(editable=False, null=True)),
                ('desk', models.UUIDField(editable=False, null=True)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, editable=False, size=None)),
                ('open_from', models.DateTimeField(editable=False, null=True)),
                ('open_to', models.DateTimeField(editable=False, null=True)),
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=300)),
                ('body', models.TextField()),
                ('drafters', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('written_at', models.DateTimeField(default=rtopnet.kernel.clock.now)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='sharing.record')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddIndex(
            model_name='procedure',
            index=models.Index(fields=['deadline'], name='procedure_deadline'),
        ),
        migrations.AddConstraint(
            model_name='procedure',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='procedure_read', using='owner = ANY((SELECT acting_principals())::uuid[]) OR readers && (SELECT acting_principals())::uuid[] AND statement_timestamp() >= open_from AND statement_timestamp() < open_to'),
        ),
        migrations.AddConstraint(
            model_name='procedure',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='desk = ANY((SELECT acting_principals())::uuid[]) AND opened_by_id = (SELECT acting_account())', command='INSERT', name='procedure_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='procedure',
            constraint=rtopnet.sharing.deciding.FollowsRecord(name='procedure_follows'),
        ),
        migrations.AddConstraint(
            model_name='procedure',
            constraint=rtopnet.audit.models.Ledgered(name='procedure_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='procedure',
            constraint=models.UniqueConstraint(fields=('record', 'round'), name='procedure_round_once'),
        ),
        migrations.AddConstraint(
            model_name='procedure',
            constraint=models.UniqueConstraint(condition=models.Q(('broken_at__isnull', True), ('withdrawn_at__isnull', True)), fields=('record',), name='procedure_one_stands'),
        ),
        migrations.AddConstraint(
            model_name='procedure',
            constraint=models.CheckConstraint(condition=models.Q(('broken_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='procedure_ends_one_way'),
        ),
        migrations.AddConstraint(
            model_name='procedure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('deadline', models.F('first_deadline')), ('extended_at__isnull', True)), models.Q(('deadline__gt', models.F('first_deadline')), ('extended_at__isnull', False)), _connector='OR'), name='procedure_later_when_extended'),
        ),
        migrations.AddConstraint(
            model_name='procedure',
            constraint=models.CheckConstraint(condition=models.Q(('last_hour__gte', 1), ('last_hour__lte', 24)), name='procedure_hour_of_a_day'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='decision_read', using='owner = ANY((SELECT acting_principals())::uuid[]) OR readers && (SELECT acting_principals())::uuid[] AND statement_timestamp() >= open_from AND statement_timestamp() < open_to'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=rtopnet.sharing.deciding.FollowsRecord(name='decision_follows'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=rtopnet.audit.models.Ledgered(name='decision_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('record',), name='decision_once'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('region', 'year', 'circle', 'number'), name='decision_number_once'),
        ),
        migrations.AddConstraint(
            model_name='chairstatement',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='statement_read', using='owner = ANY((SELECT acting_principals())::uuid[]) OR readers && (SELECT acting_principals())::uuid[] AND statement_timestamp() >= open_from AND statement_timestamp() < open_to'),
        ),
        migrations.AddConstraint(
            model_name='chairstatement',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='body = ANY((SELECT acting_desks())::uuid[]) AND by_id = (SELECT acting_account())', command='INSERT', name='statement_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='chairstatement',
            constraint=rtopnet.sharing.deciding.FollowsRecord(name='chairstatement_follows'),
        ),
        migrations.AddConstraint(
            model_name='chairstatement',
            constraint=rtopnet.audit.models.Ledgered(name='chairstatement_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='chairstatement',
            constraint=models.UniqueConstraint(fields=('procedure',), name='statement_once'),
        ),
        migrations.AddConstraint(
            model_name='chairstatement',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='statement_says_something'),
        ),
        migrations.AddIndex(
            model_name='procedureact',
            index=models.Index(fields=['procedure', 'at'], name='act_in_order'),
        ),
        migrations.AddConstraint(
            model_name='procedureact',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='act_read', using='owner = ANY((SELECT acting_principals())::uuid[]) OR readers && (SELECT acting_principals())::uuid[] AND statement_timestamp() >= open_from AND statement_timestamp() < open_to OR body = ANY((SELECT acting_desks())::uuid[])'),
        ),
        migrations.AddConstraint(
            model_name='procedureact',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='body = ANY((SELECT acting_desks())::uuid[]) AND by_id = (SELECT acting_account()) AND (desk = ANY((SELECT acting_principals())::uuid[]) OR readers && (SELECT acting_principals())::uuid[] AND statement_timestamp() >= open_from AND statement_timestamp() < open_to)', command='INSERT', name='act_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='procedureact',
            constraint=rtopnet.sharing.deciding.FollowsRecord(name='procedureact_follows'),
        ),
        migrations.AddConstraint(
            model_name='procedureact',
            constraint=rtopnet.audit.models.Ledgered(name='procedureact_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='procedureact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('words', ''), _negated=True), models.Q(('deed__in', [rtopnet.meetings.rules.Deed['BREAK'], rtopnet.meetings.rules.Deed['COMMENT'], rtopnet.meetings.rules.Deed['RESERVATION']]), _negated=True), _connector='OR'), name='act_has_its_words'),
        ),
        migrations.AddConstraint(
            model_name='procedureact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('deed', 'extension'), ('until__isnull', False)), models.Q(models.Q(('deed', 'extension'), _negated=True), ('until__isnull', True)), _connector='OR'), name='act_of_extension_says_until'),
        ),
        migrations.AddConstraint(
            model_name='silentnote',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='silentnote_read', using='body = ANY((SELECT acting_desks())::uuid[])'),
        ),
        migrations.AddConstraint(
            model_name='silentnote',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='body = ANY((SELECT acting_desks())::uuid[]) AND by_id = (SELECT acting_account())', command='INSERT', name='silentnote_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='silentnote',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='DELETE', name='silentnote_delete', using='body = ANY((SELECT acting_desks())::uuid[])'),
        ),
        migrations.AddConstraint(
            model_name='silentnote',
            constraint=rtopnet.sharing.deciding.FollowsRecord(name='silentnote_follows'),
        ),
        migrations.AddConstraint(
            model_name='silentnote',
            constraint=rtopnet.audit.models.Ledgered(name='silentnote_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='silentnote',
            constraint=models.UniqueConstraint(fields=('procedure', 'body'), name='silent_note_once'),
        ),
        migrations.AddConstraint(
            model_name='workingtext',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='workingtext_read', using='owner = ANY((SELECT acting_principals())::uuid[]) OR drafters && (SELECT acting_desks())::uuid[]'),
        ),
        migrations.AddConstraint(
            model_name='workingtext',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='owner = ANY((SELECT acting_principals())::uuid[]) AND written_by_id = (SELECT acting_account())', command='INSERT', name='workingtext_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='workingtext',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='(owner = ANY((SELECT acting_principals())::uuid[]) OR drafters && (SELECT acting_desks())::uuid[]) AND written_by_id = (SELECT acting_account())', command='UPDATE', name='workingtext_update', using='owner = ANY((SELECT acting_principals())::uuid[]) OR drafters && (SELECT acting_desks())::uuid[]'),
        ),
        migrations.AddConstraint(
            model_name='workingtext',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='DELETE', name='workingtext_delete', using='desk = ANY((SELECT acting_principals())::uuid[])'),
        ),
        migrations.AddConstraint(
            model_name='workingtext',
            constraint=rtopnet.sharing.deciding.FollowsRecord(name='workingtext_follows'),
        ),
        migrations.AddConstraint(
            model_name='workingtext',
            constraint=rtopnet.audit.models.Ledgered(name='workingtext_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='workingtext',
            constraint=models.UniqueConstraint(fields=('record',), name='working_text_once'),
        ),
        migrations.RunSQL(FUNCTIONS + TRIGGERS, NO_TRIGGERS),
    ]
