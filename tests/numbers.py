"""A text with a number for each thing that may become of one; tests/numbers_fixtures.py puts it into a report."""

from projects.models import Measurement
from tests.forms import plain, sent

TEXT = "ㅇ 공공와이파이 4,530대 설치\n - 현원 24명, 도로 폭 20m"
INSTALLED = "measurement:public-wifi-first-phase-ap"
AT_INSTALLED = ("achievements", "4530", "대", 0)


def measure(value):
    """What was installed in the first phase is another number."""
    row = Measurement.objects.get(indicator__slug="public-wifi-first-phase-ap", source__as_of="2022-08-29")
    row.value, row.printed = value, f"{value:,}대"
    row.save()


def address(wifi, **query):
    asked = "".join(f"&{name}={value}" for name, value in query.items())
    return f"/document/numbers/?row=projects.brief.{wifi.pk}{asked}"


def form_of(client, wifi, url=""):
    return plain(sent(client.get(url or address(wifi)), f"ask-projects.brief.{wifi.pk}.achievements"))


def answered(client, wifi, url="", **answers):
    """The answer to a form as it was opened now."""
    form = form_of(client, wifi, url)
    return client.post(url or address(wifi), form | answers)


def said(client):
    return [str(message) for message in client.get("/").context["messages"]]
