"""Files of records, and what was found out about each."""

import django.contrib.postgres.fields
import django.db.models.deletion
import rtopnet.audit.models
import rtopnet.kernel.clock
import rtopnet.kernel.ids
import rtopnet.kernel.rowsecurity
import rtopnet.sharing.deciding
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0002_parts_and_replies'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('owner', models.UUIDField(editable=False, null=True)),
                ('desk', models.UUIDField(editable=False, null=True)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, editable=False, size=None)),
                ('open_from', models.DateTimeField(editable=False, null=True)),
                ('open_to', models.DateTimeField(editable=False, null=True)),
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=255)),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('detected_type', models.CharField(max_length=127)),
                ('declared_type', models.CharField(max_length=127)),
                ('storage_key', models.UUIDField(editable=False, unique=True)),
                ('uploaded_at', models.DateTimeField(default=rtopnet.kernel.clock.now)),
                ('cleaned_from', models.UUIDField(null=True)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='sharing.record')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AttachmentFinding',
            fields=[
                ('owner', models.UUIDField(editable=False, null=True)),
                ('desk', models.UUIDField(editable=False, null=True)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, editable=False, size=None)),
                ('open_from', models.DateTimeField(editable=False, null=True)),
                ('open_to', models.DateTimeField(editable=False, null=True)),
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('stamp', 'stamp'), ('scan', 'scan'), ('preview', 'preview'), ('metadata', 'metadata')], max_length=10)),
                ('outcome', models.CharField(max_length=10)),
                ('detail', models.JSONField(default=dict)),
                ('token', models.BinaryField(null=True)),
                ('at', models.DateTimeField(default=rtopnet.kernel.clock.now)),
                ('attachment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='sharing.attachment')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='sharing.record')),
            ],
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(fields=['record'], name='attachment_record'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='attachment_read', using='owner = ANY((SELECT acting_principals())::uuid[]) OR readers && (SELECT acting_principals())::uuid[] AND statement_timestamp() >= open_from AND statement_timestamp() < open_to'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='uploaded_by_id = (SELECT acting_account()) AND (desk = ANY((SELECT acting_principals())::uuid[]) OR (owner = ANY((SELECT acting_principals())::uuid[]) AND open_from IS NULL))', command='INSERT', name='attachment_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='DELETE', name='attachment_delete', using='desk = ANY((SELECT acting_principals())::uuid[]) OR (owner = ANY((SELECT acting_principals())::uuid[]) AND open_from IS NULL)'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=rtopnet.sharing.deciding.FollowsRecord(name='attachment_follows'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=rtopnet.audit.models.Ledgered(name='attachment_ledgered'),
        ),
        migrations.AddConstraint(
            model_name='attachmentfinding',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='finding_read', using="owner = ANY((SELECT acting_principals())::uuid[]) OR (kind <> 'metadata' AND readers && (SELECT acting_principals())::uuid[] AND statement_timestamp() >= open_from AND statement_timestamp() < open_to)"),
        ),
        migrations.AddConstraint(
            model_name='attachmentfinding',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check="(SELECT acting_capacity()) IN ('installation')", command='INSERT', name='finding_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='attachmentfinding',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='DELETE', name='finding_delete', using='desk = ANY((SELECT acting_principals())::uuid[]) OR (owner = ANY((SELECT acting_principals())::uuid[]) AND open_from IS NULL)'),
        ),
        migrations.AddConstraint(
            model_name='attachmentfinding',
            constraint=rtopnet.sharing.deciding.FollowsRecord(name='attachmentfinding_follows'),
        ),
        migrations.AddConstraint(
            model_name='attachmentfinding',
            constraint=rtopnet.audit.models.Ledgered(name='attachmentfinding_ledgered'),
        ),
    ]
