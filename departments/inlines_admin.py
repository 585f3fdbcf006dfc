"""Facts of the organisation in the forms of their sources."""

from django.utils.functional import SimpleLazyObject

from .control_total_form import ControlTotalForm
from .fields_admin import HouseTabular
from .models import ControlTotal, Duty, FoundationProfile, Placement, Staffing
from .sources_admin import shows_facts
from .subjects import subject_names


@shows_facts
class PlacementInline(HouseTabular):
    model = Placement
    fields = ("order", "department", "parent", "note")
    autocomplete_fields = ("department", "parent")


@shows_facts
class FoundationProfileInline(HouseTabular):
    model = FoundationProfile
    autocomplete_fields = ("department",)


@shows_facts
class DutyInline(HouseTabular):
    model = Duty
    fields = ("department", "order", "text")
    autocomplete_fields = ("department",)


@shows_facts
class StaffingInline(HouseTabular):
    model = Staffing
    fields = ("order", "department", "authorized", "general", "fixed_term", "management")
    autocomplete_fields = ("department",)


@shows_facts
class ControlTotalInline(HouseTabular):
    model = ControlTotal
    form = ControlTotalForm
    fields = ("measure", "subject", "fiscal_year", "value", "printed")

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.names = SimpleLazyObject(subject_names)
        return formset
