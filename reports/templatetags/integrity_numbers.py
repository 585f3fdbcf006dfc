from django import template

from core.integrity import number_text

register = template.Library()
register.filter("finding_number", number_text)
