from hashlib import sha256

import django.db.models.deletion
from django.db import migrations, models
from django.utils.timezone import now

PIECE = 1 << 20


def store(apps, schema_editor):
    """The content of each published file becomes a sealed stored file; names are made of its key, as nobody else's are."""
    files, pieces = apps.get_model('core', 'StoredFile'), apps.get_model('core', 'StoredPiece')
    for key in apps.get_model('reports', 'PublishedFile').objects.values_list('pk', flat=True):
        published = apps.get_model('reports', 'PublishedFile').objects.get(pk=key)
        content = bytes(published.content)
        stored = files.objects.create(
            name=f'{key:032x}',
            folder='published',
            place='database',
            size=len(content),
            sha256=published.sha256,
            is_whole=True,
            created_at=now(),
        )
        for number, start in enumerate(range(0, len(content), PIECE)):
            piece = content[start : start + PIECE]
            pieces.objects.create(file=stored, number=number, content=piece, sha256=sha256(piece).hexdigest())
        files.objects.filter(pk=stored.pk).update(is_sealed=True)
        apps.get_model('reports', 'PublishedFile').objects.filter(pk=key).update(stored_file=stored)


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_stored_files'),
        ('reports', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='publishedfile',
            name='stored_file',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile', verbose_name='저장한 파일'),
        ),
        migrations.RunPython(store, migrations.RunPython.noop),
    ]
