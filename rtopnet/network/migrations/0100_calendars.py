"""Days of rest and public holidays of states."""


import django.db.models.deletion
import rtopnet.audit.models
import rtopnet.kernel.ids
import rtopnet.kernel.rowsecurity
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0020_posts'),
    ]

    operations = [
        migrations.CreateModel(
            name='StateCalendar',
            fields=[
                ('id', models.UUIDField(default=rtopnet.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('rest_days', models.JSONField(default=list)),
                ('holidays', models.JSONField(default=dict)),
                ('source', models.TextField()),
                ('as_of', models.DateField()),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='network.region')),
                ('state', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='calendar', to='network.state')),
            ],
            options={
                'abstract': False,
                'constraints': [rtopnet.kernel.rowsecurity.RowPolicy(check='', command='SELECT', name='statecalendar_read', using="region_id = (SELECT acting_region()) OR (SELECT acting_capacity()) IN ('installation')"), rtopnet.kernel.rowsecurity.RowPolicy(check="(SELECT acting_capacity()) IN ('installation')", command='INSERT', name='statecalendar_insert', using=''), rtopnet.kernel.rowsecurity.RowPolicy(check='', command='UPDATE', name='statecalendar_update', using="(SELECT acting_capacity()) IN ('installation')"), rtopnet.kernel.rowsecurity.RowPolicy(check='', command='DELETE', name='statecalendar_delete', using="(SELECT acting_capacity()) IN ('installation')"), rtopnet.audit.models.Ledgered(name='statecalendar_ledgered')],
            },
        ),
    ]
