"""What both have changed, as people read it."""

import pytest
from django import forms

from core.edit_conflicts.presentation import ContestedField, ContestedObject, ContestedValue, submitted_text
from departments.models import Department


def contested(name, is_same=False):
    value = ContestedValue("x")
    return ContestedField(name, "이름", "", value, value, "", is_same, None)


@pytest.mark.parametrize(
    ("is_gone", "deletes", "names"),
    [(False, False, ["a"]), (True, False, ["row-1"]), (False, True, ["row-1"])],
)
def test_names_of_the_controls_with_a_choice(is_gone, deletes, names):
    fields = [contested("a"), contested("b", is_same=True)]
    found = ContestedObject("row-1", "", "", (), fields, is_gone, deletes, False)
    assert found.names == names


class UnitForm(forms.ModelForm):
    class Meta:
        model = Department
        fields = ("name", "kind")


@pytest.mark.parametrize(
    ("name", "sent", "text"),
    [
        ("name", "데이터센터", "데이터센터"),
        ("kind", "bureau", "국·정책관"),
        ("kind", "<b>", "<b>"),
        ("name", "", ""),
    ],
)
def test_submitted_text_is_read_by_the_form_else_as_typed(name, sent, text, monkeypatch):
    monkeypatch.setattr(UnitForm, "_post_clean", lambda form: None)
    form = UnitForm({"name": "데이터센터", "kind": "office", name: sent})
    assert submitted_text(form, name, Department._meta.get_field(name)) == text
