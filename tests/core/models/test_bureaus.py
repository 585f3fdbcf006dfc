from django.db import models

from core.models.bureaus import NO_BUREAU, bureau_key


def test_bureau_key_is_limited_to_bureaus():
    key = bureau_key(models.PROTECT, related_name="+")
    assert key.remote_field.limit_choices_to == {"kind": "bureau"}
    assert (str(key.verbose_name), key.error_messages["invalid"]) == ("국·정책관", NO_BUREAU)
    assert key.remote_field.on_delete is models.PROTECT
