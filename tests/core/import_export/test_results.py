"""What a file would do: which values change, and a digest that is the same while it would do the same."""

from datetime import date

import pytest

from core.audit.changes import ChangedField
from core.import_export.results import FieldDiff, FileResult, FileRow


class Resource:
    """One with two columns, whose cells are those of the instance."""

    def get_diff_headers(self):
        return ["정원", "주요업무"]

    def get_import_fields(self):
        return [self, self]

    def export(self, instance):
        return next(instance)


def diff(before, after, new=False):
    found = FieldDiff(Resource(), iter(before), new)
    found.compare_with(Resource(), iter(after))
    return found.as_html()


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        (1234, 1235, "1,234", "1,235"),
        (-5, None, "△5", ""),
        (date(2022, 8, 9), "2022-08", "2022. 8. 9.", "2022-08"),
    ],
)
def test_diff_holds_what_changes_in_words(before, after, old, new):
    assert diff([before, "같은 글"], [after, "같은 글"]) == [ChangedField("정원", old, new)]


def test_diff_of_a_new_row_has_nothing_before():
    assert diff([69, "있던 기본값"], [70, None], new=True) == [ChangedField("정원", "", "70")]


def test_diff_of_a_long_text_is_by_line():
    (change,) = diff([1, "하나\n둘\n셋"], [1, "하나\n넷\n셋"])
    assert change.lines == (("-", "둘"), ("+", "넷"))


def result_of(*rows, skipped=0):
    result = FileResult()
    result.totals["skip"] = skipped
    for number, kind, changes in rows:
        row = FileRow()
        row.number, row.import_type, row.diff = number, kind, changes
        result.append_row_result(row)
    return result


def test_digest_follows_what_there_was_before_and_not_what_comes():
    seen = result_of((2, "update", [ChangedField("정원", "69", "70")]), skipped=3).digest
    assert (
        result_of((2, "update", [ChangedField("정원", "69", "71")]), (3, "skip", []), skipped=3).digest
        == seen
    )
    for other in (
        (2, "update", [ChangedField("정원", "68", "70")]),
        (2, "new", [ChangedField("정원", "69", "70")]),
    ):
        assert result_of(other, skipped=3).digest != seen
    assert result_of((2, "update", [ChangedField("정원", "69", "70")]), skipped=2).digest != seen
