"""What people fill in about an edition."""

from django import forms

from core.admin.plausibility import CONFIRMED
from core.plausibility.rules import doubts, token
from seoul_digital.lib import typed_text
from seoul_digital.lib.fields import DayField
from seoul_digital.lib.query_params import asked_date

from ..models import Edition
from .sources import EditionRefused


class EditionForm(forms.Form):
    """What is improbable of an edition is asked about, unless `asks` is off; `as_of` is its base date where the form has none."""

    title = forms.CharField(label="제목", max_length=100, help_text="업무보고의 표지에 인쇄됩니다.")
    council_session = forms.CharField(
        label="의회 회기", max_length=100, required=False, help_text="예: 제314회 임시회"
    )
    deadline = DayField(label="제출 마감")
    correction = forms.CharField(
        label="정정 내용",
        max_length=300,
        required=False,
        help_text="이미 발행한 보고서를 바로잡는 회차일 때 무엇을 왜 고쳤는지 적습니다. 표지에 인쇄됩니다.",
    )

    def __init__(self, *args, as_of=None, asks=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.as_of, self.asks, self.asked = as_of, asks, ""

    def clean(self):
        given = super().clean()
        as_of, deadline = given.get("as_of", self.as_of), given.get("deadline")
        if as_of and deadline and self.asks and self.has_changed():
            found = doubts(Edition(as_of=as_of, deadline=deadline))
            if found and self.data.get(CONFIRMED) != token(found):
                self.asked = token(found)
                self.add_error(None, found)
        return given


class NewEditionForm(EditionForm):
    as_of = DayField(label="기준일")
    field_order = ("title", "council_session", "as_of", "deadline", "correction")

    def clean_as_of(self):
        """Within the years that pages can be asked for."""
        as_of = self.cleaned_data["as_of"]
        if error := asked_date(as_of.isoformat()).error:
            raise forms.ValidationError(error)
        return as_of


def note_from(parameters, name="note") -> str:
    """A note that somebody wrote. Raises EditionRefused where it is too long."""
    return _refused_if_long(typed_text.note_from, parameters, name)


def reason_from(parameters, name="reason") -> str:
    """A reason in one line. Raises EditionRefused where it is too long."""
    return _refused_if_long(typed_text.line_from, parameters, name)


def _refused_if_long(read, parameters, name) -> str:
    try:
        return read(parameters, name)
    except typed_text.TextTooLongError as error:
        raise EditionRefused(str(error)) from error
