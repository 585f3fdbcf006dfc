"""What hangs on a project's report, in its form."""

from departments.models import User
from projects.models import Brief
from tests.forms import sent


def test_brief_form_has_its_tables(client, seeded):
    client.force_login(User.objects.create(username="root", is_superuser=True))
    brief = Brief.objects.get(number=1)
    response = client.get(f"/admin/projects/brief/{brief.pk}/change/")
    assert response.status_code == 200
    found = {one.formset.prefix for one in response.context["inline_admin_formsets"]}
    assert found == {"contacts", "fundings", "milestones"}


def test_a_milestone_is_added_without_a_key(admin_client, seeded):
    brief = Brief.objects.get(number=1)
    address = f"/admin/projects/brief/{brief.pk}/change/"
    page = admin_client.get(address)
    form = sent(page, "brief_form")
    assert not [name for name in form if name.endswith("-key")]
    count = int(form["milestones-TOTAL_FORMS"][0])
    row = {"listing": "schedule", "order": "190", "title": "5G 시범운영", "id": "", "brief": brief.pk}
    form |= {f"milestones-{count}-{name}": value for name, value in row.items()}
    assert admin_client.post(address, form | {"milestones-TOTAL_FORMS": count + 1}).status_code == 302
    assert brief.milestones.get(title="5G 시범운영").key == "5g-sibeomunyeong"
