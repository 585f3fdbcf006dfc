"""Facts in the forms of their sources: each source offers the tables of its own scope."""

import pytest

from core.models import Source
from departments.models import User

TABLES = {
    "organisation": {"placement_set", "foundationprofile_set"},
    "duties": {"duty_set"},
    "staffing": {"staffing_set", "controltotal_set"},
}


@pytest.mark.parametrize("scope", TABLES)
def test_source_form_has_the_tables_of_its_scope(client, seeded, scope):
    client.force_login(User.objects.create(username="root", is_superuser=True))
    source = Source.objects.filter(scope=scope).newest_first().first()
    response = client.get(f"/admin/core/source/{source.pk}/change/")
    assert response.status_code == 200
    found = {one.formset.prefix for one in response.context["inline_admin_formsets"]}
    assert TABLES[scope] <= found
