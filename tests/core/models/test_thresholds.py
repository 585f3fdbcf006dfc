from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from core.models import Threshold


@pytest.mark.parametrize(("value", "text"), [("30.00", "늦은 자료 30일"), ("0.50", "늦은 자료 0.5일")])
def test_threshold_is_called_by_its_value(value, text):
    assert str(Threshold(name="늦은 자료", value=Decimal(value), unit="일")) == text


def test_threshold_is_above_zero():
    with pytest.raises(ValidationError) as error:
        Threshold(name="늦은 자료", value=0, unit="일").clean_fields(exclude=["kind"])
    assert error.value.message_dict == {"value": ["0보다 큰 값을 적어 주세요."]}
