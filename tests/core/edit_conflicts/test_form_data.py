"""What a browser would send of a form's fields, and rows taken out of a formset's data."""

import pytest
from django import forms
from django.http import QueryDict

from core.edit_conflicts.form_data import is_key, rearrange, sent, take


class Numbers(forms.Form):
    name = forms.CharField()
    wanted = forms.BooleanField(required=False)
    kinds = forms.MultipleChoiceField(choices=[("a", "가"), ("b", "나")])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", True),
        ("", False),
        ("-1", False),
        ("１２", False),
        ("1" * 18, True),
        ("1" * 19, False),
        ("x", False),
    ],
)
def test_is_key_of_what_a_database_can_hold(text, expected):
    assert is_key(text) is expected


@pytest.mark.parametrize(
    ("widget", "value", "expected"),
    [
        (forms.TextInput(), "69", [("x", ["69"])]),
        (forms.TextInput(), None, [("x", [""])]),
        (forms.CheckboxInput(), True, [("x", ["on"])]),
        (forms.CheckboxInput(), False, [("x", [])]),
        (forms.Select(choices=[("1", "가"), ("2", "나")]), "2", [("x", ["2"])]),
        (forms.SplitDateTimeWidget(), None, [("x_0", [""]), ("x_1", [""])]),
    ],
)
def test_sent_values_of_a_widget(widget, value, expected):
    assert list(sent(widget, "x", value)) == expected


def test_take_writes_what_the_form_shows():
    data = QueryDict(mutable=True)
    data.update({"wanted": "on", "name": "옛것"})
    form = Numbers(initial={"name": "새것", "wanted": False, "kinds": ["a", "b"]})
    take(data, form, ["name", "wanted", "kinds"])
    assert dict(data.lists()) == {"name": ["새것"], "kinds": ["a", "b"]}  # an empty box sends nothing


class Row:
    """A formset of rows with an `id`, of which the first two are stored."""

    prefix = "row"

    class model:  # noqa: N801
        class _meta:  # noqa: N801
            class pk:  # noqa: N801
                name = "id"

    def add_prefix(self, number):
        return f"row-{number}"

    def total_form_count(self):
        return 3

    def initial_form_count(self):
        return 2


def rows_of(data):
    return {name: data[name] for name in sorted(data)}


def formset_data():
    data = QueryDict(mutable=True)
    data.update({"row-TOTAL_FORMS": "3", "row-INITIAL_FORMS": "2"})
    for number, (key, text) in enumerate([("7", "가"), ("8", "나"), ("", "다")]):
        data.update({f"row-{number}-id": key, f"row-{number}-text": text})
    data["row-1-DELETE"] = "on"
    return data


def test_rearrange_takes_a_dropped_row_out():
    data = formset_data()
    rearrange(data, Row(), dropped=[0], revived=[])
    assert rows_of(data) == {
        "row-0-DELETE": "on",
        "row-0-id": "8",
        "row-0-text": "나",
        "row-1-id": "",
        "row-1-text": "다",
        "row-INITIAL_FORMS": "1",
        "row-TOTAL_FORMS": "2",
    }


def test_rearrange_makes_a_revived_row_new():
    data = formset_data()
    rearrange(data, Row(), dropped=[], revived=[1])
    assert rows_of(data) == {
        "row-0-id": "7",
        "row-0-text": "가",
        "row-1-id": "",
        "row-1-text": "나",
        "row-2-id": "",
        "row-2-text": "다",
        "row-INITIAL_FORMS": "1",
        "row-TOTAL_FORMS": "3",
    }
