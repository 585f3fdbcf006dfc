"""The form of an upload."""

from typing import cast

from django import forms

from departments.models import Department
from seoul_digital.lib.fields import DayField
from seoul_digital.lib.query_params import asked_date

from .bureaus import offered_bureaus
from .fields import KINDS
from .options import Options
from .sandbox.sandbox_protocol import SCALES


class BudgetUploadForm(forms.Form):
    """`user` uploads; `viewed` is the bureau that he looks at, None where there is no fact of any."""

    asked_first = ("file", "as_of", "bureau", "unit")

    file = forms.FileField(
        label="파일",
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
        error_messages={"required": "파일을 고르십시오."},
    )
    as_of = DayField(
        label="기준일",
        error_messages={"required": "기준일을 적으십시오."},
    )
    bureau = forms.ModelChoiceField(
        Department.objects.none(), label="국·정책관", required=False, to_field_name="slug"
    )
    unit = forms.ChoiceField(
        label="금액 단위",
        required=False,
        choices=[("", "파일에 적힌 대로"), *((unit, unit) for unit in SCALES)],
    )
    fiscal_year = forms.IntegerField(
        label="회계연도", required=False, min_value=1990, max_value=2099, help_text="파일에 열이 없을 때"
    )
    kind = forms.ChoiceField(label="종류", required=False, choices=[("", "머리글로 알아냄"), *KINDS.items()])
    department = forms.ModelChoiceField(
        Department.objects.all(),
        label="부서",
        required=False,
        to_field_name="slug",
        empty_label="파일에 적힌 대로",
        help_text="파일에 부서 열이 없을 때",
    )
    account = forms.ChoiceField(
        label="회계",
        required=False,
        choices=[
            ("", "파일에 적힌 대로"),
            ("general", "일반회계"),
            ("special", "특별회계"),
            ("fund", "기금"),
        ],
        help_text="파일에 회계 열이 없을 때",
    )
    sheet = forms.CharField(
        label="시트", required=False, max_length=31, help_text="표가 있는 시트가 여럿일 때"
    )
    header_row = forms.IntegerField(
        label="머리글 행", required=False, min_value=1, max_value=60, help_text="머리글로 볼 행이 여럿일 때"
    )
    hidden = forms.BooleanField(label="숨긴 행도 읽기", required=False)

    def __init__(self, user, viewed, *data):
        super().__init__(*data)
        self.viewed = viewed
        bureau = cast(forms.ModelChoiceField, self.fields["bureau"])
        bureau.queryset = offered_bureaus(user)
        bureau.required = viewed is None
        bureau.empty_label = f"파일의 부서로 알아냄(없으면 {viewed})" if viewed else "고르십시오"
        bureau.error_messages["required"] = "어느 국·정책관의 파일인지 고르십시오."

    def first_fields(self):
        return [self[name] for name in self.asked_first]

    def further_fields(self):
        return [field for field in self if field.name not in self.asked_first]

    @property
    def target(self) -> Department:
        """The bureau that was chosen, else the one to fall back on."""
        return self.cleaned_data["bureau"] or self.viewed

    def clean_as_of(self):
        as_of = self.cleaned_data["as_of"]
        if error := asked_date(as_of.isoformat()).error:
            raise forms.ValidationError(error)
        return as_of

    def options(self) -> Options:
        given = self.cleaned_data
        return Options(
            as_of=given["as_of"].isoformat(),
            unit=given["unit"],
            kind=given["kind"],
            sheet=given["sheet"],
            header_row=given["header_row"],
            fiscal_year=given["fiscal_year"],
            account=given["account"],
            department=given["department"].slug if given["department"] else "",
            hidden=given["hidden"],
            find_bureau=given["bureau"] is None,
        )
