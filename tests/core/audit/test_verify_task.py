"""Looking through everything in the background."""

import pytest

from core.audit.verify_task import last_look, verify_records
from core.tasks.backend import QueueFull
from departments.models import Department
from tests.background import run_waiting
from tests.tampering import tamper


def test_the_last_look_is_kept_with_what_it_found(seeded, caplog, settings, tmp_path):
    settings.CHAIN_ENDS = tmp_path  # no other test's
    assert last_look() is None
    verify_records.enqueue()
    with pytest.raises(QueueFull):
        verify_records.enqueue()
    run_waiting()
    found = last_look().return_value
    assert [(result["title"], result["found"]) for result in found["results"]] == [
        ("기록 사슬", []),
        ("저장된 사실", []),
        ("저장한 파일", []),
        ("발행본", []),
    ]
    assert (found["cut"], len(found["head"])) == ("", 64)
    tamper(Department, Department.objects.get(slug="data-center").pk, name="딴 센터")
    verify_records.enqueue()
    run_waiting()
    words = "부서 ‘데이터센터’의 이름: 바뀐 내역에는 ‘데이터센터’, 지금은 ‘딴 센터’입니다."
    assert last_look().return_value["results"][1]["found"] == [words]
    assert f"records are not as they were written: {words}" in caplog.text
