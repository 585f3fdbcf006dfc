"""개조식 text in forms: typed on the left, shown as readers will see it on the right."""

from typing import Any

from django import forms
from django.urls import reverse

from seoul_digital.lib.outline import html, parser
from seoul_digital.lib.outline.errors import MAX_CHARACTERS

from ..mentions.marking import Pieces, unlinked
from ..mentions.states import TextState
from .text_numbers import asked_of


class OutlineInput(forms.Textarea):
    """`text_name` names the text that the form shows, `numbers` are those that it has."""

    template_name = "admin/widgets/outline.html"
    numbers: TextState | None = None

    class Media:
        js = ["js/admin-outline.js"]

    def __init__(self, attrs: Any = None, label: str = "", text_name: str = "") -> None:
        self.label, self.text_name = label, text_name
        super().__init__(
            {"class": "outline-source", "rows": 14, "spellcheck": "false", "data-limit": MAX_CHARACTERS}
            | (attrs or {})
        )

    def get_context(self, name: str, value: Any, attrs: Any) -> Any:
        return super().get_context(name, value, attrs) | {
            "preview_url": reverse("admin:outline_preview"),
            "label": self.label,
            "limit": f"{MAX_CHARACTERS:,}",
            "preview": preview(value or "", self.label, self.numbers),
            "text_name": self.text_name,
        }


def preview(text: str, name: str = "", numbers: TextState | None = None) -> dict[str, Any]:
    """`html` as pages show it (`name` says whose tables these are) with its `numbers` by state and what is asked of them or, where it
    can't be read, the `error`, the number of its `line` and what was `typed` there."""
    try:
        link = {"link": Pieces(numbers.tokens, unlinked)} if numbers else {}
        shown = {"html": html.render(parser.parse(text), name=name, **link)}
        return shown | ({"asked": asked_of(numbers)} if numbers and numbers.is_asked else {})
    except parser.OutlineError as error:
        lines = text.splitlines()
        return {
            "error": str(error),
            "line": error.line,
            "typed": lines[error.line - 1] if 0 < error.line <= len(lines) else "",
            "mark": error.mark,
            "choices": error.choices,
        }
