"""Columns of import and export files that differ from the models' fields."""

from django.core.exceptions import ValidationError
from django.db import models

from core.import_export.fields import Column
from core.import_export.resources import BaseResource
from core.models import ControlTotal

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


class ControlTotalResource(BaseResource):
    value = Column(ControlTotal._meta.get_field("value"), "값(금액은 원, 비율은 %)")

    class Meta(BaseResource.Meta):
        model = ControlTotal


class SeriesColumn(Column):
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
