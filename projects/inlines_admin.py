"""Inline forms of briefs, visions and indicators."""

from core.admin.fields import BaseStacked, BaseTabular
from seoul_digital.lib import amounts

from .models import Contact, Funding, Measurement, Milestone, Target, VisionStrategy, VisionValue


class ContactInline(BaseTabular):
    model = Contact
    fields = ("order", "role", "names", "phone", "department")
    autocomplete_fields = ("department",)


class FundingInline(BaseTabular):
    model = Funding
    amount_unit = amounts.MILLION
    fields = ("order", "name", "amount", "printed")


class MilestoneInline(BaseStacked):
    model = Milestone
    in_line = ("listing", "period_printed", "recorded")
    outline_rows = 2
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("listing", "order", "title"),
                    ("start", "end", "all_year", "period_printed", "recorded", "recorded_in"),
                    "note",
                )
            },
        ),
    )


class VisionValueInline(BaseTabular):
    model = VisionValue
    fields = ("order", "name")


class VisionStrategyInline(BaseTabular):
    model = VisionStrategy
    fields = ("order", "strategy")
    autocomplete_fields = ("strategy",)


class MeasurementInline(BaseTabular):
    model = Measurement
    fields = ("measured_on", "printed", "value", "place", "source")
    autocomplete_fields = ("source",)


class TargetInline(BaseTabular):
    model = Target
    fields = ("due", "printed", "value", "place", "source")
    autocomplete_fields = ("source",)
