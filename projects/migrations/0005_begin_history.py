from django.db import migrations

from departments.history import populate


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0004_history"),
    ]

    operations = [
        migrations.RunPython(populate("projects"), migrations.RunPython.noop),
    ]
