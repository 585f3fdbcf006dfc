from django.db import migrations

from departments.history import populate


class Migration(migrations.Migration):
    dependencies = [
        ("glossary", "0002_history"),
    ]

    operations = [
        migrations.RunPython(populate("glossary"), migrations.RunPython.noop),
    ]
