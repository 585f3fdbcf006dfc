"""What a browser sends for a form, and changing what it has sent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.forms import BaseFormSet, BaseModelForm, Widget
from django.forms.formsets import DELETION_FIELD_NAME, INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import QueryDict

Control = tuple[str, list[str]]  # its name, and the values that it sends
Row = dict[str, list[str]]  # the values of one form of a formset by the control's name, its prefix left out


def is_key(text: str) -> bool:
    """Whether what was sent can be the key of a row; what no database can hold is none."""
    return text.isascii() and text.isdecimal() and len(text) <= 18


def take(data: QueryDict, form: BaseModelForm[Any], names: Iterable[str]) -> None:
    """Write into `data` (a mutable QueryDict) what a browser would send for the fields as the form shows them."""
    for name in names:
        bound = form[name]
        addresses = [bound.html_name, *([bound.html_initial_name] if bound.field.show_hidden_initial else [])]
        for address in addresses:
            for part, values in sent(bound.field.widget, address, bound.value()):
                data.setlist(part, values)
                if not values:  # an empty box, or a list with nothing picked, sends nothing
                    del data[part]


def sent(widget: Widget, name: str, value: Any) -> Iterator[Control]:
    """(name, values) of each control of a widget."""
    widget = getattr(widget, "widget", widget)  # of a field of the admin, the one that it wraps
    return _controls(widget.get_context(name, value, {})["widget"])


def _controls(context: Mapping[str, Any]) -> Iterator[Control]:
    if "subwidgets" in context:
        for part in context["subwidgets"]:
            yield from _controls(part)
    elif "optgroups" in context:
        options = [option for _, group, _ in context["optgroups"] for option in group]
        yield context["name"], [str(option["value"]) for option in options if option["selected"]]
    elif context.get("type") == "checkbox":
        yield context["name"], ["on"] if context["attrs"].get("checked") else []
    else:
        yield context["name"], ["" if context["value"] is None else str(context["value"])]


def rearrange(
    data: QueryDict, formset: BaseFormSet[Any], dropped: Collection[int], revived: Collection[int]
) -> None:
    """Take rows out of a formset's data, by their number; what is revived becomes a new row."""
    rows = [_row(data, formset.add_prefix(number)) for number in range(formset.total_form_count())]
    first_new = formset.initial_form_count()
    old = [row for number, row in enumerate(rows[:first_new]) if number not in {*dropped, *revived}]
    for number in revived:
        rows[number].pop(DELETION_FIELD_NAME, None)
        rows[number][formset.model._meta.pk.name] = [""]
        # What went with the row is typed anew, whether it was changed or not.
        for name in [name for name in rows[number] if f"initial-{formset.add_prefix(number)}-{name}" in data]:
            data.pop(f"initial-{formset.add_prefix(number)}-{name}")
    for number, row in enumerate([*old, *(rows[number] for number in revived), *rows[first_new:]]):
        for name, values in row.items():
            data.setlist(f"{formset.add_prefix(number)}-{name}", values)
    data[f"{formset.prefix}-{INITIAL_FORM_COUNT}"] = str(len(old))
    data[f"{formset.prefix}-{TOTAL_FORM_COUNT}"] = str(len(rows) - len(dropped))


def _row(data: QueryDict, prefix: str) -> Row:
    """Take one row's values out of the data."""
    names = [name for name in data if name.startswith(f"{prefix}-")]
    return {name.removeprefix(f"{prefix}-"): data.pop(name) for name in names}
