"""Thresholds: seeded, changed by administrators with history, and heeded by the checks from then on."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.apps import apps

from core.integrity import run_once
from core.models import ChangeRecord, Threshold
from core.plausibility.thresholds import install_thresholds, thresholds
from core.snapshot import snapshots_at
from projects.plausibility import SERIES_JUMP
from seoul_digital.lib.query_params import AskedDate
from tests.factories import make_member
from tests.forms import plain, sent

pytestmark = pytest.mark.django_db


def test_every_kind_has_its_row():
    assert dict(Threshold.objects.values_list("kind", "value")) == {
        kind: Decimal(value.numerator) / value.denominator for kind, value in thresholds().items()
    }
    assert thresholds()["unit-jump"] == 300
    assert thresholds()["place-tolerance"] == Fraction(5, 4)


def test_install_keeps_what_was_chosen_and_adds_what_is_missing():
    Threshold.objects.filter(kind="unit-jump").update(value=50)
    Threshold.objects.filter(kind=SERIES_JUMP).delete()
    install_thresholds(apps.get_app_config("core"))
    assert (thresholds()["unit-jump"], thresholds()[SERIES_JUMP]) == (50, 300)


def test_missing_row_leaves_the_value_of_the_product():
    Threshold.objects.all().delete()
    assert thresholds()["heads-times-posts"] == 3


def test_administrator_changes_a_value_with_history(client):
    client.force_login(make_member("관리자"))
    row = Threshold.objects.get(kind=SERIES_JUMP)
    page = f"/admin/core/threshold/{row.pk}/change/"
    fields = plain(sent(client.get(page), "threshold_form"))
    assert "name" not in fields
    assert "0보다 큰 값을 적어 주세요." in client.post(page, fields | {"value": "0"}).content.decode()
    assert (
        client.post(page, fields | {"value": "40", "change_reason": "지표가 천천히 는다"}).status_code == 302
    )
    assert thresholds()[SERIES_JUMP] == 40
    record = ChangeRecord.objects.of(row).first()
    assert [Decimal(state["value"]) for state in (record.before, record.after)] == [300, 40]


def test_changed_value_is_heeded_by_the_next_check(seeded):
    def jumps():
        findings = run_once(snapshots_at(AskedDate(None))[0])
        return {f.id for f in findings if f.id.startswith("indicator.jump/") and f.level == "warning"}

    assert jumps() == set()
    Threshold.objects.filter(kind=SERIES_JUMP).update(value=Decimal("1.01"))
    assert jumps() == {
        "indicator.jump/internet-of-things-s-pole-installed/2021",
        "indicator.jump/internet-of-things-s-pole-installed/2022",
        "indicator.jump/intelligent-cctv-safety-net-districts/2022",
    }
