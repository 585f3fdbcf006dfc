"""Columns of import and export files that differ from the models' fields."""

from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models

from core.import_export.fields import FileColumn
from core.import_export.resources import BaseResource
from core.import_export.widgets import TextWidget
from core.models import ControlTotal, Source
from core.models.sources import ACCOUNT_KINDS, ACCOUNT_NAMES
from core.subjects import name_of, subject_names, subject_of

from .models import JobSeries, Staffing, StaffingCount, User


class UserResource(BaseResource):
    """Who there is, with their roles and without passwords: who is new signs in once an administrator has given a first one."""

    class Meta(BaseResource.Meta):
        model = User
        fields = ("username", "last_name", "first_name", "email", "department", "groups", "is_active")

    def init_instance(self, row=None):
        user = super().init_instance(row)
        user.set_unusable_password()
        return user


class SubjectWidget(TextWidget):
    """What a printed total is of, by its name."""

    note, example = (
        "부서나 세입 과목의 이름. 회계나 직종을 나누면 그 뒤에 붙임. 전체는 비움",
        "데이터센터 일반회계",
    )

    @cached_property
    def names(self):
        return subject_names()

    def clean(self, value, row=None, **kwargs):
        text = super().clean(value).strip()
        try:
            return subject_of(text, self.names)
        except ValueError:
            if ControlTotal.objects.filter(subject=text).exists():  # of what has gone since
                return text
            raise

    def render(self, value, obj=None, **kwargs):
        return name_of(value, self.names) if value else None


class SourceResource(BaseResource):
    """The account that a source is limited to stands in words."""

    class Meta(BaseResource.Meta):
        model = Source

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["account"].widget = AccountWidget()


class AccountWidget(TextWidget):
    note, example = "일반회계, 특별회계, 기금 또는 회계의 이름", "일반회계"

    def clean(self, value, row=None, **kwargs):
        word = super().clean(value).strip()
        return ACCOUNT_KINDS.get(word, word)

    def render(self, value, obj=None, **kwargs):
        return ACCOUNT_NAMES.get(value, value) or None


class ControlTotalResource(BaseResource):
    value = FileColumn(ControlTotal._meta.get_field("value"), "값(금액은 원, 비율은 %)")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["subject"].widget = SubjectWidget()

    class Meta(BaseResource.Meta):
        model = ControlTotal


class SeriesColumn(FileColumn):
    """The count of one job series, under its name; of a unit that has none of the series an empty cell adds none."""

    def __init__(self, series: JobSeries):
        count = models.PositiveIntegerField(series.name, null=True, blank=True)
        count.set_attributes_from_name(series.form_field)
        super().__init__(count)
        self.series = series

    def stored(self, staffing: Staffing) -> StaffingCount | None:
        rows = staffing.counts.all() if staffing.pk else ()
        return next((row for row in rows if row.series_id == self.series.pk), None)

    def get_value(self, instance):
        row = self.stored(instance)
        return instance.__dict__.get(self.attribute, row and row.count)

    def clean(self, row, **kwargs):
        count = super().clean(row, **kwargs)
        try:
            self.model_field.run_validators(count)
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error
        return count

    def save(self, instance, row, is_m2m=False, **kwargs):
        count = self.clean(row, **kwargs)
        setattr(instance, self.attribute, 0 if count is None and self.stored(instance) else count)

    def save_count(self, staffing: Staffing) -> None:
        count, row = self.get_value(staffing), self.stored(staffing)
        if count is not None and (row is None or row.count != count):
            row = row or StaffingCount(staffing=staffing, series=self.series)
            row.count = count
            row.save()


class StaffingResource(BaseResource):
    """A column for each job series there is, beside the unit's own."""

    unknown_hint = "이 열을 지우거나, 새 직종이라면 먼저 관리 화면의 ‘직종’에 더해 주세요."

    class Meta(BaseResource.Meta):
        model = Staffing

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.own_columns = list(self.fields.values())
        self.series_columns = [SeriesColumn(series) for series in JobSeries.objects.all()]
        self.fields |= {column.attribute: column for column in self.series_columns}

    def joined(self, queryset):
        return super().joined(queryset).prefetch_related("counts")

    def skip_row(self, instance, original, row, import_validation_errors=None):
        pairs = ((column.get_value(instance), column.get_value(original)) for column in self.own_columns)
        instance.is_same_itself = all(new == old for new, old in pairs)
        return super().skip_row(instance, original, row, import_validation_errors)

    def do_instance_save(self, instance, is_create):
        if is_create or not instance.is_same_itself:
            super().do_instance_save(instance, is_create)

    def after_save_instance(self, instance, row, **kwargs):
        super().after_save_instance(instance, row, **kwargs)
        for column in self.series_columns:
            column.save_count(instance)
