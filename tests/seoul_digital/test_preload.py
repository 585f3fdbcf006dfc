from pathlib import Path

from django.conf import settings
from django.template import engines

from seoul_digital.preload import warm


def cached():
    (loader,) = engines["django"].engine.template_loaders
    return {str(key) for key in loader.get_template_cache}


def test_every_template_is_compiled_before_the_first_page():
    engines["django"].engine.template_loaders[0].reset()
    warm()
    (directory,) = settings.TEMPLATES[0]["DIRS"]
    assert {path.relative_to(directory).as_posix() for path in Path(directory).rglob("*.html")} <= cached()
