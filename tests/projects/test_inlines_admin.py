"""What hangs on a project's report, in its form."""

from departments.models import User
from projects.models import Brief


def test_brief_form_has_its_tables(client, seeded):
    client.force_login(User.objects.create(username="root", is_superuser=True))
    brief = Brief.objects.get(number=1)
    response = client.get(f"/admin/projects/brief/{brief.pk}/change/")
    assert response.status_code == 200
    found = {one.formset.prefix for one in response.context["inline_admin_formsets"]}
    assert found == {"contacts", "fundings", "milestones"}
