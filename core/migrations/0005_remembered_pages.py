from django.db import migrations

# Nothing of it goes to the disk at a commit, to a replica, or into a copy; its contents are compressed already.
MAKE = """
CREATE UNLOGGED TABLE core_remembered_page (digest bytea PRIMARY KEY, content bytea NOT NULL, kept_at timestamptz NOT NULL);
ALTER TABLE core_remembered_page ALTER COLUMN content SET STORAGE EXTERNAL;
"""


def make_table(apps, schema_editor):
    """Of PostgreSQL alone, where several nodes may share a database."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(MAKE)


def drop_table(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TABLE core_remembered_page")


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0004_background_tasks'),
    ]

    operations = [
        migrations.RunPython(make_table, drop_table),
    ]
