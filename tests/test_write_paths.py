"""The watch over every POST of the tests itself."""

import pytest

from departments.models import Staffing
from tests.factories import make_member
from tests.forms import plain, sent


@pytest.fixture
def form(client, seeded):
    client.force_login(make_member("관리자"))
    row = Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")
    address = f"/admin/departments/staffing/{row.pk}/change/"
    return address, plain(sent(client.get(address))) | {"authorized": "70", "change_reason": "정원 조정"}


def test_a_write_without_its_record_is_noticed(client, form, monkeypatch):
    monkeypatch.setattr("core.audit.recording._record", lambda *arguments, **options: None)
    with pytest.raises(AssertionError, match="정원의? .*바뀐 내역에는"):
        client.post(*form)


def test_a_write_with_its_record_passes(client, form):
    assert client.post(*form).status_code == 302
