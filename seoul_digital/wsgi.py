import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "seoul_digital.settings")
application = get_wsgi_application()

from .request_validation import Utf8Request  # noqa: E402 (Django must be set up)

application.request_class = Utf8Request
