from django import template

from reports.integrity_page import number_text

register = template.Library()
register.filter("finding_number", number_text)
