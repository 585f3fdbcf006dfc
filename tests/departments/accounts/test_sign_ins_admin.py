"""Sign-ins in admin: in Korean, by the clock of Seoul."""

from datetime import UTC, datetime

import pytest
from axes.models import AccessAttempt, AccessLog

pytestmark = pytest.mark.django_db
WHEN = datetime(2022, 8, 29, 3, 5, tzinfo=UTC)
WHO = {"username": "kim", "ip_address": "10.1.2.3", "user_agent": "Chrome", "path_info": "/accounts/login/"}


def made(model, **fields):
    row = model.objects.create(**WHO, **fields)
    model.objects.filter(pk=row.pk).update(attempt_time=WHEN)
    return row


@pytest.mark.parametrize(("failures", "state"), [(2, "3번 더 틀리면 잠김"), (5, "잠김"), (6, "잠김")])
def test_an_attempt_has_its_state(admin_client, failures, state):
    row = made(AccessAttempt, failures_since_start=failures)
    page = admin_client.get("/admin/axes/accessattempt/").content.decode()
    assert ">상태<" in page.replace('<div class="text"><span>', ">").replace("</span>", "<")
    assert f'<td class="field-state">{state}</td>' in page
    page = admin_client.get(f"/admin/axes/accessattempt/{row.pk}/change/").content.decode()
    assert state in page
    assert "kim, 2022. 8. 29. 12:05" in page


@pytest.mark.parametrize(
    ("model", "fields"),
    [(AccessAttempt, {"failures_since_start": 5}), (AccessLog, {})],
    ids=["attempt", "log"],
)
def test_a_sign_in_is_named_by_who_and_when(admin_client, model, fields):
    row = made(model, **fields)
    address = f"/admin/axes/{model._meta.model_name}/"
    for page in ("", f"{row.pk}/change/", f"{row.pk}/delete/"):
        content = admin_client.get(address + page).content.decode()
        assert "kim" in content
        for word in ("Access Log", "Attempted Access", "+00:00", "STATUS", "Status", "Attempt Remaining"):
            assert word not in content
    assert "kim, 2022. 8. 29. 12:05" in admin_client.get(f"{address}{row.pk}/delete/").content.decode()
