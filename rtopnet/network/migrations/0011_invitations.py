"""Invitations to posts, and closing accounts."""

import django.db.models.deletion
import rtopnet.audit.models
import rtopnet.kernel.clock
import rtopnet.kernel.ids
import rtopnet.kernel.rowsecurity
from django.conf import settings
from django.db import migrations, models

FORWARD = """
-- What is offered to whom stays as it was given; who accepts does so while signing in.
CREATE FUNCTION network_refuse_other_offer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an invitation stays as it was given' USING ERRCODE = 'RT003';
END $$;
CREATE TRIGGER invitation_stays BEFORE UPDATE ON network_invitation FOR EACH ROW
    WHEN ((NEW.region_id, NEW.post_id, NEW.desk, NEW.email, NEW.secret_sha256, NEW.expires_at, NEW.invited_by_id)
        IS DISTINCT FROM
        (OLD.region_id, OLD.post_id, OLD.desk, OLD.email, OLD.secret_sha256, OLD.expires_at, OLD.invited_by_id)
        OR OLD.accepted_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL)
    EXECUTE FUNCTION network_refuse_other_offer();

-- The states and institutions whose account it is: of the posts it holds or will hold, else of its last.
CREATE FUNCTION network_desks_of(p_account uuid) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(
        (SELECT array_agg(DISTINCT coalesce(p.state_id, p.institution_id)) FROM network_holding h
            JOIN network_post p ON p.id = h.post_id
            WHERE h.account_id = p_account AND (h.ends_at IS NULL OR h.ends_at > statement_timestamp())),
        (SELECT ARRAY[coalesce(p.state_id, p.institution_id)] FROM network_holding h
            JOIN network_post p ON p.id = h.post_id
            WHERE h.account_id = p_account ORDER BY h.ends_at DESC LIMIT 1))
$$;

-- Whether somebody besides p_account decides for the desk now.
CREATE FUNCTION network_has_other_decider(p_desk uuid, p_account uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM network_holding h JOIN network_post p ON p.id = h.post_id
        JOIN network_account a ON a.id = h.account_id
        WHERE a.is_active AND a.id <> p_account AND coalesce(p.state_id, p.institution_id) = p_desk
          AND p.kind IN ('focal_point', 'deputy', 'secretariat', 'analyst', 'un_liaison')
          AND h.starts_at <= statement_timestamp()
          AND (h.ends_at IS NULL OR h.ends_at > statement_timestamp()))
$$;

-- A desk closes accounts that are its own and nobody else's. A focal point's is closed by a focal point
-- alone, or a deputy could lock the state's first out; nobody closes a desk's last.
CREATE FUNCTION network_may_close(p_account uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce((
        SELECT network_desks_of(a.id) <@ acting_desks()
            AND NOT EXISTS (SELECT 1 FROM unnest(network_desks_of(a.id)) AS desk
                WHERE NOT network_has_other_decider(desk, a.id))
            AND (a.id = acting_account() OR NOT EXISTS (
                SELECT 1 FROM network_holding h JOIN network_post p ON p.id = h.post_id
                WHERE h.account_id = a.id AND p.kind = 'focal_point'
                  AND (h.ends_at IS NULL OR h.ends_at > statement_timestamp())))
        FROM network_account a
        WHERE a.id = p_account AND a.is_active AND a.region_id = acting_region()), false)
$$;

CREATE FUNCTION network_close_account(p_account uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
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
"""

BACKWARD = """
DROP FUNCTION network_close_account(uuid), network_may_close(uuid), network_has_other_decider(uuid, uuid),
    network_desks_of(uuid);
DROP TRIGGER invitation_stays ON network_invitation;
DROP FUNCTION network_refuse_other_offer();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0010_second_factor_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('desk', models.UUIDField(editable=False)),
                ('email', models.EmailField(max_length=254)),
                ('language', models.CharField(default='en', max_length=12)),
                ('invited_at', models.DateTimeField(default=rtopnet.kernel.clock.now)),
                ('expires_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('secret_sha256', models.CharField(max_length=64, unique=True)),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='network.post')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='network.region')),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='account',
            name='account_insert',
        ),
        migrations.RemoveConstraint(
            model_name='region',
            name='region_read',
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check="(SELECT acting_capacity()) IN ('installation') OR ((SELECT acting_capacity()) IN ('sign_in') AND EXISTS (SELECT 1 FROM network_invitation i WHERE i.email = network_account.email AND i.region_id = network_account.region_id AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL))", command='INSERT', name='account_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='holding',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='holding_read_signing_in', using="(SELECT acting_capacity()) IN ('sign_in')"),
        ),
        migrations.AddConstraint(
            model_name='holding',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check="(SELECT acting_capacity()) IN ('sign_in') AND EXISTS (SELECT 1 FROM network_invitation i JOIN network_account a ON a.email = i.email AND a.region_id = i.region_id WHERE a.id = network_holding.account_id AND i.post_id = network_holding.post_id AND i.region_id = network_holding.region_id AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL)", command='INSERT', name='holding_insert_accepting', using=''),
        ),
        migrations.AddConstraint(
            model_name='institution',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='institution_read_signing_in', using="(SELECT acting_capacity()) IN ('sign_in')"),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='post_read_signing_in', using="(SELECT acting_capacity()) IN ('sign_in')"),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check="state_id = ANY((SELECT acting_desks())::uuid[]) AND region_id = (SELECT acting_region()) AND institution_id IS NULL AND kind IN ('deputy', 'contributor')", command='INSERT', name='post_insert_by_desk', using=''),
        ),
        migrations.AddConstraint(
            model_name='region',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='region_read', using="id = (SELECT acting_region()) OR (SELECT acting_capacity()) IN ('installation', 'sign_in')"),
        ),
        migrations.AddConstraint(
            model_name='state',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='state_read_signing_in', using="(SELECT acting_capacity()) IN ('sign_in')"),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='invitation_read', using="desk = ANY((SELECT acting_desks())::uuid[]) OR (SELECT acting_capacity()) IN ('installation') OR (SELECT acting_capacity()) IN ('sign_in')"),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check="desk = ANY((SELECT acting_desks())::uuid[]) AND invited_by_id = (SELECT acting_account()) AND accepted_at IS NULL AND region_id = (SELECT acting_region()) AND EXISTS (SELECT 1 FROM network_post p WHERE p.id = post_id AND p.region_id = network_invitation.region_id AND p.kind NOT IN ('focal_point', 'operator') AND coalesce(p.state_id, p.institution_id) = desk) OR (SELECT acting_capacity()) IN ('installation')", command='INSERT', name='invitation_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check="desk = ANY((SELECT acting_desks())::uuid[]) AND accepted_at IS NULL OR (SELECT acting_capacity()) IN ('installation') OR (SELECT acting_capacity()) IN ('sign_in')", command='UPDATE', name='invitation_update', using="desk = ANY((SELECT acting_desks())::uuid[]) AND accepted_at IS NULL OR (SELECT acting_capacity()) IN ('installation') OR (SELECT acting_capacity()) IN ('sign_in')"),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=rtopnet.audit.models.Ledgered(name='invitation_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True)), fields=('post',), name='post_offered_to_one_person'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='invitation_accepted_or_withdrawn'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
