import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0002_published_files_in_pieces'),
    ]

    operations = [
        migrations.AlterField(
            model_name='publishedfile',
            name='stored_file',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile', verbose_name='저장한 파일'),
        ),
        migrations.RemoveField(
            model_name='publishedfile',
            name='content',
        ),
    ]
