"""What the environment may say, and the sentence where it may not. tests/seoul_digital/test_settings.py starts a process for others."""

from ipaddress import ip_network

import pytest
from django.core.exceptions import ImproperlyConfigured

from seoul_digital import environment


def test_networks_are_addresses_and_ranges(monkeypatch):
    monkeypatch.setenv("SOME", " 10.1.2.3, 10.2.0.0/16,,::1 ")
    assert environment.networks("SOME") == [
        ip_network("10.1.2.3/32"),
        ip_network("10.2.0.0/16"),
        ip_network("::1/128"),
    ]
    monkeypatch.delenv("SOME")
    assert environment.networks("SOME") == []


@pytest.mark.parametrize("wrong", ["localhost", "10.0.0.1/8", "*"])
def test_networks_that_are_none_stop_the_start(monkeypatch, wrong):
    monkeypatch.setenv("METRICS_FROM", wrong)
    with pytest.raises(ImproperlyConfigured) as refused:
        environment.networks("METRICS_FROM")
    assert str(refused.value).endswith("주소나 대역을 쉼표로 나누어 적으십시오(예: 10.1.2.3, 10.2.0.0/16).")


def test_an_object_store_is_a_bucket_with_or_without_a_folder(monkeypatch):
    for text, found in (
        ("", ""),
        ("s3://reports", "s3://reports"),
        (" s3://re.po-1/a/B_c/ ", "s3://re.po-1/a/B_c"),
    ):
        monkeypatch.setenv("FILES_STORE", text)
        assert environment.object_store("FILES_STORE") == found


@pytest.mark.parametrize(
    "wrong", ["reports", "https://reports", "s3://", "s3://Re", "s3://reports/a b", "s3:///a"]
)
def test_an_object_store_that_is_none_stops_the_start(monkeypatch, wrong):
    monkeypatch.setenv("FILES_STORE", wrong)
    with pytest.raises(ImproperlyConfigured, match="s3://버킷/폴더처럼 적거나 비워 두십시오"):
        environment.object_store("FILES_STORE")


def test_seconds_have_a_least(monkeypatch):
    monkeypatch.setenv("SOME", "2.5")
    assert environment.seconds("SOME", 5, least=2) == 2.5
    monkeypatch.setenv("SOME", "")
    assert environment.seconds("SOME", 5, least=2) == 5.0
    monkeypatch.setenv("SOME", "1.9")
    with pytest.raises(ImproperlyConfigured):
        environment.seconds("SOME", 5, least=2)


def test_days_are_a_number_or_nothing(monkeypatch):
    for text, found in (("", None), (" 3 ", 3), ("0", 0)):
        monkeypatch.setenv("REMIND_DAYS", text)
        assert environment.days("REMIND_DAYS") == found


@pytest.mark.parametrize("wrong", ["three", "-1", "1.5", "3일"])
def test_days_that_are_none_stop_the_start(monkeypatch, wrong):
    monkeypatch.setenv("REMIND_DAYS", wrong)
    with pytest.raises(ImproperlyConfigured, match="날수를 숫자로 적거나"):
        environment.days("REMIND_DAYS")


def test_session_limit_is_in_seconds(monkeypatch):
    monkeypatch.setenv("SOME", "0.5")
    assert environment.session_limit("SOME", "12", 3600) == 1800
    monkeypatch.setenv("SOME", "0.1")
    with pytest.raises(ImproperlyConfigured):
        environment.session_limit("SOME", "120", 60)
