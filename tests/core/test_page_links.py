"""Where an object is shown: every model that readers see has its pages, and every address leads to one."""

import pytest

from core.models import ControlTotal, Source
from core.page_links import document_place, known, page_urls, pages_of_model, pages_of_scope, pages_showing
from core.snapshot import Snapshot
from departments.models import Staffing
from projects.models import Brief, Project
from tests.audit import RESTORABLE
from tests.factories import NOBODY, make_source
from tests.forms import sent
from tests.samples import each

UNSEEN = {
    "departments.user",
    "core.source",
    "core.controltotal",
    "core.threshold",
    "budgets.columnmapping",
    "budgets.departmentalias",
}
MODELS = [model for model in RESTORABLE if pages_of_model(model)]


@pytest.fixture
def snapshot(seeded):
    return Snapshot.from_query(NOBODY, {})


def test_every_model_that_readers_see_has_pages():
    assert {model._meta.label_lower for model in RESTORABLE if not pages_of_model(model)} <= UNSEEN


def test_addresses_of_objects_of_many_models_are_one_query(snapshot, django_assert_num_queries):
    project, staffing, source = (
        Project.objects.get(slug="public-wifi"),
        Staffing.objects.first(),
        Source.objects.first(),
    )
    assert snapshot.bureaus
    with django_assert_num_queries(1):
        urls = page_urls({Project: [project.pk, 999], Staffing: [staffing.pk], Source: [source.pk]}, snapshot)
    assert urls[Project] == {project.pk: "/projects/public-wifi/"}
    assert list(urls[Staffing]) == [staffing.pk]
    assert Source not in urls


@pytest.mark.parametrize("model", each(2, MODELS), ids=lambda model: model._meta.label_lower)
def test_its_addresses_lead_to_pages(staff_client, snapshot, model):
    for _, address in pages_showing(model.objects.order_by("pk").last(), snapshot):
        assert staff_client.get(address).status_code == 200, address


def test_a_figure_is_shown_on_its_sources_day(snapshot):
    staffing = Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")
    assert pages_showing(staffing, snapshot) == [
        ("부서", "/departments/data-center/?as_of=2022-08-29"),
        ("조직·인력", "/departments/?as_of=2022-08-29"),
        ("현황판", "/?as_of=2022-08-29"),
    ]


@pytest.mark.parametrize("scope", Source.Scope)
def test_a_source_is_shown_on_the_pages_of_its_scope(snapshot, scope):
    source = Source.objects.filter(scope=scope).order_by("-as_of").first()
    assert [name for name, _ in pages_showing(source, snapshot)] == [
        page.name for page in pages_of_scope(scope)
    ]


def test_a_printed_total_is_shown_with_its_source(snapshot):
    total = ControlTotal.objects.filter(source__scope="revenue").first()
    assert [name for name, _ in pages_showing(total, snapshot)] == ["세입", "현황판"]


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_what_is_not_in_force_is_shown_nowhere(snapshot, state):
    staffing = Staffing.objects.first()
    staffing.source.state = state
    assert pages_showing(staffing, snapshot) == []


def test_what_only_a_draft_speaks_of_is_known_to_nobody(snapshot):
    project, brief = Project.objects.create(slug="planned", name="새 사업"), Brief.objects.first()
    brief.pk, brief.project, brief.number = None, project, 99
    assert known(Project, [project.pk]) == {project.pk}  # as no source speaks of it
    brief.source = make_source(brief.source.bureau, "projects", "2022-12-31", "draft")
    brief.save()
    assert known(Project, [project.pk, Brief.objects.get(number=1).project_id]) == {
        Brief.objects.get(number=1).project_id
    }


def messages_after(client, staffing, **values):
    address = f"/admin/departments/staffing/{staffing.pk}/change/"
    response = client.post(address, sent(client.get(address), "staffing_form") | values, follow=True)
    return [str(message) for message in response.context["messages"]]


def test_a_save_says_where_it_is_seen(admin_client, seeded):
    staffing = Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")
    assert (
        '바뀐 값이 보이는 화면: <a href="/departments/data-center/?as_of=2022-08-29">부서</a>, '
        '<a href="/departments/?as_of=2022-08-29">조직·인력</a>, <a href="/?as_of=2022-08-29">현황판</a>'
    ) in messages_after(admin_client, staffing, authorized="70")


def test_a_save_of_a_draft_says_that_it_is_not_seen_yet(admin_client, seeded):
    staffing = Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")
    Source.objects.filter(pk=staffing.source_id).update(state="draft")
    told = messages_after(admin_client, staffing, authorized="70")
    assert "‘인력 (2022. 8. 29.)’ 자료는 작성 중입니다. 확정하면 화면에 보입니다." in told


def test_every_place_in_the_report_is_one_of_the_document(staff_client, snapshot):
    document = staff_client.get("/document/").content.decode()
    places = [document_place(snapshot, key) for key in (*Source.Scope, "milestone", "measurement")]
    assert len(places) == 11
    for _, address in places:
        assert f'id="{address.partition("#")[2]}"' in document
    assert document_place(snapshot, "expenditure") == (
        "Ⅰ. 일반현황, 2022년도 세입․세출 예산현황",
        "/document/#expenditure",
    )
    assert document_place(snapshot, "count") is None
