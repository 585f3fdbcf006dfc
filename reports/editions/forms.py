"""What people fill in about an edition."""

from django import forms

from core.models.changes import LONGEST_REASON
from seoul_digital.lib.fields import DayField
from seoul_digital.lib.query_params import asked_date

LONGEST_NOTE = 2_000


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class EditionForm(forms.Form):
    title = forms.CharField(label="제목", max_length=100, help_text="업무보고의 표지에 인쇄됩니다.")
    council_session = forms.CharField(
        label="의회 회기", max_length=100, required=False, help_text="예: 제314회 임시회"
    )
    deadline = DayField(label="제출 마감", widget=DayInput)


class NewEditionForm(EditionForm):
    as_of = DayField(label="기준일", widget=DayInput)
    field_order = ("title", "council_session", "as_of", "deadline")

    def clean_as_of(self):
        """Within the years that pages can be asked for."""
        as_of = self.cleaned_data["as_of"]
        if error := asked_date(as_of.isoformat()).error:
            raise forms.ValidationError(error)
        return as_of


def note_from(parameters, name="note") -> str:
    """A note that somebody wrote, without blanks around it."""
    return parameters.get(name, "").replace("\r\n", "\n").strip()[:LONGEST_NOTE]


def reason_from(parameters, name="reason") -> str:
    """A reason in one line."""
    return " ".join(parameters.get(name, "").split())[:LONGEST_REASON]
