from django.db import migrations

from departments.history import populate


class Migration(migrations.Migration):
    dependencies = [
        ("budgets", "0002_history"),
    ]

    operations = [
        migrations.RunPython(populate("budgets"), migrations.RunPython.noop),
    ]
