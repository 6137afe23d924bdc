"""What can be found of records, and the look-up that keeps to what its reader may read."""

import django.contrib.postgres.fields
import django.contrib.postgres.search
import django.db.models.deletion
import rtopnet.audit.models
import rtopnet.kernel.ids
import rtopnet.kernel.rowsecurity
import rtopnet.sharing.searched
from django.db import migrations, models
from rtopnet.sharing.searched import KEYS, NO_SEARCH, POSTINGS, TRIGGERS, search_function


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0040_tokens'),
        ('sharing', '0010_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('owner', models.UUIDField(editable=False, null=True)),
                ('desk', models.UUIDField(editable=False, null=True)),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, editable=False, size=None)),
                ('open_from', models.DateTimeField(editable=False, null=True)),
                ('open_to', models.DateTimeField(editable=False, null=True)),
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('source_table', models.CharField(max_length=63)),
                ('source', models.UUIDField(unique=True)),
                ('narrowed', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), editable=False, null=True, size=None)),
                ('marking', models.PositiveSmallIntegerField(editable=False, null=True)),
                ('title', models.CharField(blank=True, max_length=300)),
                ('text', models.TextField(blank=True)),
                ('language', models.CharField(blank=True, max_length=10)),
                ('words', django.contrib.postgres.search.SearchVectorField()),
                ('tokens', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
            ],
        ),
        migrations.AddField(
            model_name='searchentry',
            name='record',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.record'),
        ),
        migrations.RunSQL(KEYS + POSTINGS + TRIGGERS + search_function(), NO_SEARCH),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['-drafted_at', '-id'], name='record_latest'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=rtopnet.sharing.searched.Searched(name='attachment_searched'),
        ),
        migrations.AddConstraint(
            model_name='record',
            constraint=rtopnet.sharing.searched.Searched(name='record_searched'),
        ),
        migrations.AddConstraint(
            model_name='recordpart',
            constraint=rtopnet.sharing.searched.Searched(name='recordpart_searched'),
        ),
        migrations.AddConstraint(
            model_name='searchentry',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='searchentry_read', using='owner = ANY((SELECT acting_principals())::uuid[]) OR (narrowed IS NULL OR narrowed && (SELECT acting_principals())::uuid[]) AND readers && (SELECT acting_principals())::uuid[] AND statement_timestamp() >= open_from AND statement_timestamp() < open_to'),
        ),
        migrations.AddConstraint(
            model_name='searchentry',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='desk = ANY((SELECT acting_principals())::uuid[]) OR (owner = ANY((SELECT acting_principals())::uuid[]) AND open_from IS NULL)', command='INSERT', name='searchentry_insert', using=''),
        ),
        migrations.AddConstraint(
            model_name='searchentry',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='UPDATE', name='searchentry_update', using='desk = ANY((SELECT acting_principals())::uuid[]) OR (owner = ANY((SELECT acting_principals())::uuid[]) AND open_from IS NULL)'),
        ),
        migrations.AddConstraint(
            model_name='searchentry',
            constraint=rtopnet.kernel.rowsecurity.RowPolicy(check='', command='DELETE', name='searchentry_delete', using='desk = ANY((SELECT acting_principals())::uuid[]) OR (owner = ANY((SELECT acting_principals())::uuid[]) AND open_from IS NULL)'),
        ),
        migrations.AddConstraint(
            model_name='searchentry',
            constraint=rtopnet.audit.models.Ledgered(name='searchentry_ledgered'),
        ),
    ]
