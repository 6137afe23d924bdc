"""Who the database session acts as, readable by row policies."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION acting_account() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('rtopnet.account', true), '')::uuid $$;

CREATE FUNCTION acting_capacity() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('rtopnet.capacity', true), '') $$;
"""

BACKWARD = "DROP FUNCTION acting_capacity(); DROP FUNCTION acting_account();"


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
