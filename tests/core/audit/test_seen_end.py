"""A chain that was cut or written anew no longer holds the end that was last seen."""

import pytest

from core.audit import seals, seen_end
from core.models import ChainLink
from tests.tampering import erase, tamper

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


@pytest.fixture
def end(seeded, settings, tmp_path):
    settings.CHAIN_ENDS = tmp_path / "chain"
    end = seals.link()
    seen_end.write([end.position, end.value])
    return end


def test_an_end_that_is_there_is_not_missed(end):
    assert seen_end.missing() == ""
    assert seen_end.path().read_text() == f'[{end.position}, "{end.value}"]'


@pytest.mark.parametrize("is_gone", [True, False])
def test_an_end_that_is_gone_or_another_is_named_and_kept(end, is_gone):
    erase(ChainLink, end.position) if is_gone else tamper(ChainLink, end.position, head="0" * 64)
    assert "지난번에 본 사슬의 끝이 지금 사슬에 없습니다" in seen_end.missing()
    seen_end.write([1, "another"])
    assert f"제{end.position:,}호" in seen_end.missing()


def test_without_a_file_nothing_is_missed(seeded, settings, tmp_path):
    settings.CHAIN_ENDS = tmp_path
    assert seen_end.missing() == ""
