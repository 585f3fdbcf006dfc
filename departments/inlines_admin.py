"""Facts of the organisation in the forms of their sources."""

from django.utils.functional import SimpleLazyObject

from core.admin.control_total_form import ControlTotalForm
from core.admin.fields import BaseTabular
from core.admin.sources import register_source_inline
from core.models import ControlTotal
from core.subjects import subject_names

from .models import Duty, FoundationProfile, Placement, Staffing
from .staffing_form import SeriesFields


@register_source_inline
class PlacementInline(BaseTabular):
    model = Placement
    fields = ("order", "department", "parent", "note")
    autocomplete_fields = ("department", "parent")


@register_source_inline
class FoundationProfileInline(BaseTabular):
    model = FoundationProfile
    autocomplete_fields = ("department",)


@register_source_inline
class DutyInline(BaseTabular):
    model = Duty
    fields = ("department", "order", "text")
    autocomplete_fields = ("department",)


@register_source_inline
class StaffingInline(SeriesFields, BaseTabular):
    model = Staffing
    own_fields = ("order", "department", "authorized")
    autocomplete_fields = ("department",)


@register_source_inline
class ControlTotalInline(BaseTabular):
    model = ControlTotal
    form = ControlTotalForm
    fields = ("measure", "subject", "fiscal_year", "value", "printed")

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.names = SimpleLazyObject(subject_names)
        return formset
