from django import template

from dashboard.integrity_page import number_text

register = template.Library()
register.filter("finding_number", number_text)
