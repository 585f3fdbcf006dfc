from datetime import UTC, datetime

import pytest
from axes.models import AccessAttempt, AccessLog


@pytest.mark.parametrize("model", [AccessAttempt, AccessLog])
@pytest.mark.parametrize(("name", "shown"), [("kim", "kim"), (None, "모름")])
def test_sign_in_is_told_in_korean_and_in_our_time(model, name, shown):
    row = model(username=name, attempt_time=datetime(2022, 8, 29, 0, 5, tzinfo=UTC))
    assert str(row) == f"{shown}, 2022. 8. 29. 09:05"
