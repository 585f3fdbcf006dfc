from django import template

from core.integrity import number_text
from seoul_digital.lib.outline import signs

register = template.Library()
register.filter("finding_number", lambda value: signs.labelled(number_text(value)))
