from django.db import migrations

from departments.history import populate


class Migration(migrations.Migration):
    dependencies = [
        ("departments", "0005_history"),
    ]

    operations = [
        migrations.RunPython(populate("departments"), migrations.RunPython.noop),
    ]
