"""What belongs to a brief, a vision or an indicator, in its form."""

from departments.fields_admin import HouseStacked, HouseTabular
from seoul_digital import amounts

from .models import Contact, Funding, Measurement, Milestone, Target, VisionStrategy, VisionValue


class ContactInline(HouseTabular):
    model = Contact
    fields = ("order", "role", "names", "phone", "department")
    autocomplete_fields = ("department",)


class FundingInline(HouseTabular):
    model = Funding
    amount_unit = amounts.MILLION
    fields = ("order", "name", "amount", "printed")


class MilestoneInline(HouseStacked):
    model = Milestone
    outline_rows = 4
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("listing", "order", "key"),
                    "title",
                    ("start", "end", "all_year", "period_printed"),
                    ("recorded", "recorded_in"),
                    "note",
                )
            },
        ),
    )


class VisionValueInline(HouseTabular):
    model = VisionValue
    fields = ("order", "name")


class VisionStrategyInline(HouseTabular):
    model = VisionStrategy
    fields = ("order", "strategy")
    autocomplete_fields = ("strategy",)


class MeasurementInline(HouseTabular):
    model = Measurement
    fields = ("measured_on", "printed", "value", "place", "source")
    autocomplete_fields = ("source",)


class TargetInline(HouseTabular):
    model = Target
    fields = ("due", "printed", "value", "place", "source")
    autocomplete_fields = ("source",)
