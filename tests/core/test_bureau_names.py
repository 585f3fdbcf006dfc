"""Labels name their bureau while there are several to tell apart."""

import pytest

from core.bureau_names import (
    BureauNames,
    bureau_name,
    has_several_bureaus,
    naming_bureaus,
    note_present,
    of_bureau,
)
from departments.models import Department


@pytest.fixture
def several(monkeypatch):
    monkeypatch.setattr(BureauNames, "former", lambda self: {})
    with naming_bureaus():
        note_present([Department(pk=1, name="디지털정책관"), Department(pk=2, name="주택정책관")])
        yield


def test_label_names_its_bureau(several):
    assert has_several_bureaus()
    assert of_bureau("업무보고", 2) == "주택정책관 업무보고"
    assert (bureau_name(1), bureau_name(9), bureau_name(None)) == ("디지털정책관", "", "")


def test_label_that_names_it_already_stays(several):
    assert of_bureau("주택정책관 업무보고", 2) == "주택정책관 업무보고"


def test_one_bureau_is_not_named():
    with naming_bureaus():
        note_present([Department(pk=1, name="디지털정책관")])
        assert not has_several_bureaus()
        assert of_bureau("업무보고", 1) == "업무보고"


def test_nothing_is_named_outside():
    note_present([Department(pk=1, name="디지털정책관")])
    assert (has_several_bureaus(), of_bureau("업무보고", 1)) == (False, "업무보고")
