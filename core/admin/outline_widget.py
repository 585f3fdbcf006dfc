"""개조식 text in forms: typed on the left, shown as readers will see it on the right."""

from typing import Any

from django import forms
from django.urls import reverse

from seoul_digital.lib.outline import html, parser
from seoul_digital.lib.outline.errors import MAX_CHARACTERS


class OutlineInput(forms.Textarea):
    template_name = "admin/widgets/outline.html"

    class Media:
        js = ["js/admin-outline.js"]

    def __init__(self, attrs: Any = None, label: str = "") -> None:
        self.label = label
        super().__init__(
            {"class": "outline-source", "rows": 14, "spellcheck": "false", "data-limit": MAX_CHARACTERS}
            | (attrs or {})
        )

    def get_context(self, name: str, value: Any, attrs: Any) -> Any:
        return super().get_context(name, value, attrs) | {
            "preview_url": reverse("admin:outline_preview"),
            "label": self.label,
            "limit": f"{MAX_CHARACTERS:,}",
            "preview": preview(value or "", self.label),
        }


def preview(text: str, name: str = "") -> dict:
    """`html` as pages show it (`name` says whose tables these are) or, where it can't be read, the `error`, the number of its `line` and what was `typed` there."""
    try:
        return {"html": html.render(parser.parse(text), name=name)}
    except parser.OutlineError as error:
        lines = text.splitlines()
        return {
            "error": str(error),
            "line": error.line,
            "typed": lines[error.line - 1] if 0 < error.line <= len(lines) else "",
            "mark": error.mark,
            "choices": error.choices,
        }
