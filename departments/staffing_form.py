"""The form of a unit's staffing, with a field for each job series. Every count in it is a small form of its own row, so that
two people's changes of it are told apart as those of any other row."""

from collections.abc import Sequence

from django import forms

from .models import JobSeries, Staffing, StaffingCount


class CountForm(forms.ModelForm):
    """One count; its prefix is the whole name of its field in the unit's form."""

    class Meta:
        model = StaffingCount
        fields = ("count",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        count = self.fields["count"]
        count.required, count.show_hidden_initial = False, True  # what nobody typed is left to whoever did
        if self.instance.series_id:
            count.label = self.instance.series.name

    def add_prefix(self, field_name):
        return self.prefix

    def clean_count(self):
        return self.cleaned_data["count"] or 0


class StaffingForm(forms.ModelForm):
    """`parts` are the forms of the counts, in the order of `series`."""

    series: Sequence[JobSeries] = ()

    class Meta:
        model = Staffing
        fields = ("order", "department", "authorized")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = self.instance.counts.all() if self.instance.pk else ()
        known = {row.series_id: row for row in rows}
        self.parts = [
            self._part(known.get(job_series.pk) or StaffingCount(), job_series) for job_series in self.series
        ]
        for job_series, part in zip(self.series, self.parts, strict=True):
            self.fields[job_series.form_field] = part.fields["count"]
            if part.instance.pk:
                self.initial[job_series.form_field] = part.initial["count"]
            setattr(self.instance, job_series.form_field, part.initial["count"])  # for who may only look

    def _part(self, row, series):
        row.series = series
        return CountForm(
            self.data if self.is_bound else None, instance=row, prefix=self.add_prefix(series.form_field)
        )

    def clean(self):
        for part in self.parts:
            name = part.instance.series.form_field
            if name not in self.errors and not part.is_valid():
                self.add_error(name, part.errors["count"])
        return super().clean()

    def save(self, commit=True):
        """The unit's own row only where something of it was changed."""
        own = set(self.changed_data) - {job_series.form_field for job_series in self.series}
        if commit and self.instance.pk and not own:
            self._save_m2m()
            return self.instance
        return super().save(commit)

    def _save_m2m(self):
        super()._save_m2m()
        for part in self.parts:
            if part.has_changed():
                part.instance.staffing = self.instance
                part.save()


class SeriesFields:
    """For the admin and the inline of staffing: `own_fields`, then the field of job_series job series that there is."""

    form = StaffingForm
    own_fields: tuple[str, ...] = ()

    def get_fields(self, request, obj=None):
        return [*self.own_fields, *(job_series.form_field for job_series in all_series(request))]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("counts")

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(request, obj, change=change, **{"form": _form_of(request), **kwargs})

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, **{"form": _form_of(request), **kwargs})


def all_series(request) -> list[JobSeries]:
    """Read once a request."""
    if not hasattr(request, "job_series"):
        request.job_series = list(JobSeries.objects.all())
    return request.job_series


def _form_of(request):
    series = all_series(request)
    declared = {
        job_series.form_field: forms.IntegerField(label=job_series.name, required=False)
        for job_series in series
    }
    return type(StaffingForm.__name__, (StaffingForm,), {**declared, "series": series})
