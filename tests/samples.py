"""Which of many like cases are in every run: by a fixed rule, so that a run fails as the one before did. `make test-thorough` has them all."""

import pytest


def each(nth, values):
    """For `parametrize`: of the values (tuples where it has several names) the first, and each n-th after it, in every run; the
    others in the thorough ones."""
    return [
        pytest.param(
            *(value if isinstance(value, tuple) else (value,)),
            marks=() if number % nth == 0 else pytest.mark.thorough,
        )
        for number, value in enumerate(values)
    ]
