from django import template

from core.checklist.rules import ChecklistItem

from ..editions.checklist.checklist import Checklist

register = template.Library()


@register.filter
def is_new(checklist: Checklist, item: ChecklistItem) -> bool:
    return checklist.is_new(item)
