"""Files in admin: what the list shows leaves, what comes in is seen first, and only who may do so does it."""

import io
import json
from datetime import timedelta

import openpyxl
import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.models import StoredFile, StoredPiece
from departments.models import Department, Staffing, User
from tests.audit import RESTORABLE, records_of
from tests.factories import make_member
from tests.samples import each
from tests.tampering import tamper

MODELS = [model for model in RESTORABLE if admin.site.is_registered(model)]
LIST = "/admin/departments/staffing/"


def uploads():
    """The names of the files that wait for their confirmation."""
    return storages["import_export"].listdir("")[1]


@pytest.fixture
def admin_client(client, seeded, django_user_model):
    client.force_login(django_user_model.objects.create(username="root", last_name="김", is_superuser=True))
    return client


@pytest.fixture
def staffing(seeded):
    return Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")


def text_of(response):
    return " ".join(response.content.decode().split())


def csv_of(*rows):
    return "\r\n".join(",".join(map(str, row)) for row in rows).encode()


def send(client, content, name="정원.csv", address=LIST):
    return client.post(
        f"{address}import/", {"resource": "0", "import_file": SimpleUploadedFile(name, content)}
    )


def changed(staffing, authorized=70):
    return csv_of(["자료", "부서", "정원"], [staffing.source.slug, "data-center", authorized])


def token_of(response):
    return response.context["confirm_form"].initial["token"]


def confirm(client, response, address=LIST, **fields):
    return client.post(f"{address}process_import/", {"token": token_of(response), **fields}, follow=True)


def rows_of(response):
    return list(
        openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0].iter_rows(values_only=True)
    )


# Export


@pytest.mark.parametrize("model", each(3, MODELS), ids=lambda model: model._meta.label_lower)
def test_every_list_has_its_files(admin_client, model):
    base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    page = text_of(admin_client.get(base))
    assert f"{base}import/" in page and f"{base}export/" in page
    assert [admin_client.get(f"{base}{part}/").status_code for part in ("import", "export")] == [200, 200]
    template = openpyxl.load_workbook(io.BytesIO(admin_client.get(f"{base}import/template/").content))
    exported = rows_of(admin_client.post(f"{base}export/", {"format": "xlsx"}))
    assert [cell.value for cell in template.worksheets[0][1]] == list(exported[0])
    assert template.sheetnames[1] == "설명"


def test_what_the_list_shows_leaves_in_its_order(admin_client):
    query = "?source__as_of=2022-08-29&q=담당관&o=-2"
    shown = [staffing.department.name for staffing in admin_client.get(LIST + query).context["cl"].queryset]
    response = admin_client.post(f"{LIST}export/{query}", {"format": "xlsx"})
    assert len(shown) > 1
    assert [row[1] for row in rows_of(response)[1:]] == shown
    assert "filename*=utf-8''%EC%9D%B8%EB%A0%A5_" in response["Content-Disposition"]


def test_each_format_leaves(admin_client):
    json_rows = json.loads(admin_client.post(f"{LIST}export/", {"format": "json"}).content)
    assert json_rows[0].keys() == {"자료", "부서", "차례", "정원", "일반직", "임기제", "관리운영직"}
    assert isinstance(json_rows[0]["정원"], int)
    assert admin_client.post(f"{LIST}export/", {"format": "csv"}).content.startswith(b"\xef\xbb\xbf")
    assert "자료,부서".encode("cp949") in admin_client.post(f"{LIST}export/", {"format": "cp949"}).content
    assert admin_client.post(f"{LIST}export/", {"format": "exe"}).status_code == 400


def test_more_than_fits_is_not_exported(admin_client, monkeypatch):
    monkeypatch.setattr("core.import_export.admin.MAX_EXPORTED", 3)
    response = admin_client.post(f"{LIST}export/", {"format": "xlsx"})
    assert response.status_code == 400
    assert "3행까지 내보냅니다" in text_of(response)


def test_an_export_asks_a_fixed_number_of_questions(admin_client, django_assert_num_queries):
    admin_client.post("/admin/budgets/budgetfigure/export/", {"format": "json"})
    with django_assert_num_queries(
        7
    ):  # who asks, the filters' bureaus (2), how many, the rows, the names of sources and units
        admin_client.post("/admin/budgets/budgetfigure/export/", {"format": "json"})


def test_a_filter_that_makes_no_sense_leads_to_the_page_without_it(admin_client):
    assert admin_client.get(f"{LIST}export/?source__id__exact=x").status_code == 302


# Import


def test_a_preview_changes_nothing_and_says_what_would(admin_client, staffing):
    response = send(admin_client, changed(staffing))
    page = text_of(response)
    assert response.status_code == 200
    assert '<span class="k">정원</span> <del>69</del> <span aria-hidden="true">→</span> <ins>70</ins>' in page
    assert "더함 <b>0</b>건, 고침 <b>1</b>건" in page
    assert "파일에 없는 열은 그대로 둡니다: 차례, 일반직, 임기제, 관리운영직" in page
    staffing.refresh_from_db()
    assert staffing.authorized == 69


def test_a_confirmed_file_is_put_in_with_its_reason(admin_client, staffing):
    response = confirm(admin_client, send(admin_client, changed(staffing)), change_reason="정원 조정")
    assert response.redirect_chain == [(LIST, 302)]
    assert "‘정원.csv’에서 0건을 더하고 1건을 고쳤습니다." in text_of(response)
    staffing.refresh_from_db()
    newest = records_of(staffing).first()
    assert (staffing.authorized, newest.kind) == (70, "changed")
    assert (newest.user.username, newest.reason) == (
        "root",
        "파일에서 가져옴: 정원.csv. 정원 조정",
    )
    assert LogEntry.objects.get().object_id == str(staffing.pk)
    assert uploads() == []


def test_what_a_file_did_to_the_figures_is_told(admin_client, staffing):
    page = text_of(confirm(admin_client, send(admin_client, changed(staffing, 699))))
    assert "맞지 않는 값이 있습니다" in page
    page = text_of(confirm(admin_client, send(admin_client, changed(staffing, 69))))
    assert "풀렸습니다" in page


def test_the_same_file_again_changes_nothing(admin_client, staffing):
    confirm(admin_client, send(admin_client, changed(staffing)))
    before = records_of(staffing).count()
    response = send(admin_client, changed(staffing))
    assert "바뀌는 것이 없습니다" in text_of(response)
    assert "confirm_form" not in response.context
    assert records_of(staffing).count() == before


def test_an_exported_file_changes_nothing(admin_client, staffing):
    for file_format in ("xlsx", "csv", "cp949", "json"):
        exported = admin_client.post(f"{LIST}export/", {"format": file_format})
        name = f"인력.{'csv' if file_format == 'cp949' else file_format}"
        assert "바뀌는 것이 없습니다" in text_of(send(admin_client, exported.content, name))


def test_a_bad_file_is_refused_as_a_whole(admin_client, staffing):
    content = changed(staffing) + b"\r\n" + csv_of([staffing.source.slug, "nowhere", "x"])
    response = send(admin_client, content)
    page = text_of(response)
    assert response.status_code == 400
    assert "[정원.csv] 3행 ‘부서’ 열: ‘nowhere’에 맞는 부서를 찾을 수 없습니다." in page
    assert "[정원.csv] 3행 ‘정원’ 열: ‘x’는 숫자로 읽을 수 없습니다." in page
    assert 'name="token"' not in page
    assert uploads() == []


def test_what_changed_since_the_preview_is_shown_again(admin_client, staffing):
    preview = send(admin_client, changed(staffing))
    staffing.authorized = 68
    staffing.save()
    response = confirm(admin_client, preview)
    assert response.status_code == 409
    assert "미리 본 뒤에 자료가 바뀌었습니다" in text_of(response)
    assert "<del>68</del>" in text_of(response)
    staffing.refresh_from_db()
    assert staffing.authorized == 68
    confirm(admin_client, response)
    staffing.refresh_from_db()
    assert staffing.authorized == 70


def test_a_file_is_put_in_once(admin_client, staffing):
    preview = send(admin_client, changed(staffing))
    confirm(admin_client, preview)
    response = confirm(admin_client, preview)
    assert response.status_code == 400
    assert "이미 가져온 파일입니다" in text_of(response)


def test_another_node_confirms_what_was_previewed_on_one(admin_client, staffing, monkeypatch, tmp_path):
    """It shares the database, and neither a name nor a folder."""
    preview = send(admin_client, changed(staffing))
    monkeypatch.setattr("socket.gethostname", lambda: "other")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert "1건을 고쳤습니다" in text_of(confirm(admin_client, preview))


def test_nobody_confirms_what_another_sent_or_what_was_forged(admin_client, staffing, client):
    token = token_of(send(admin_client, changed(staffing)))
    client.force_login(User.objects.create(username="second", is_superuser=True))
    for forged in (token, token[:-1], "", "../../etc/passwd"):
        assert client.post(f"{LIST}process_import/", {"token": forged}).status_code == 400
    assert client.post("/admin/departments/duty/process_import/", {"token": token}).status_code == 400
    staffing.refresh_from_db()
    assert staffing.authorized == 69


def test_a_file_that_would_change_nothing_any_more_is_not_kept(admin_client, staffing):
    preview = send(admin_client, changed(staffing))
    confirm(admin_client, send(admin_client, changed(staffing)))
    response = confirm(admin_client, preview)
    assert response.status_code == 409
    assert "바뀌는 것이 없습니다" in text_of(response)
    assert "confirm_form" not in response.context
    assert uploads() == []


def test_forged_fields_of_a_form_change_nothing(client, staffing):
    """The format and the stored name come from the file and the token; what to export, from the list alone."""
    client.force_login(make_member("부서 담당", unit="big-data"))
    file = SimpleUploadedFile("정원.csv", changed(staffing))
    fields = {"resource": "0", "format": "7", "import_file_name": "../../etc/passwd", "import_file": file}
    assert "이 자료를 바꿀 권한이 없습니다" in text_of(client.post(f"{LIST}import/", fields))
    response = client.post(f"{LIST}export/", {"format": "csv", "export_items": [staffing.pk]})
    assert response.status_code == 400
    assert "data-center" not in client.post(f"{LIST}export/", {"format": "csv"}).content.decode()


def test_old_files_are_cleared_away(admin_client, staffing):
    send(admin_client, changed(staffing))
    old = uploads()
    StoredFile.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    send(admin_client, changed(staffing))
    assert len(uploads()) == 1
    assert uploads() != old


def test_a_file_name_is_shown_and_never_used(admin_client, staffing):
    response = send(admin_client, changed(staffing), "../../<b>x.csv")
    assert "&lt;b&gt;x.csv" in response.content.decode()
    assert "<b>x.csv" not in response.content.decode()
    assert [len(name) for name in uploads()] == [32]


def test_a_changed_file_is_not_put_in(admin_client, staffing):
    preview = send(admin_client, changed(staffing))
    tamper(StoredPiece, StoredPiece.objects.get().pk, content=changed(staffing, 71))
    response = confirm(admin_client, preview)
    assert response.status_code == 400
    staffing.refresh_from_db()
    assert staffing.authorized == 69


def test_a_large_file_is_refused(admin_client):
    response = send(admin_client, b"x" * (10 * 1024 * 1024 + 1))
    assert response.status_code == 400
    assert "파일이 10MB를 넘습니다" in text_of(response)


def test_nothing_sent_is_told(admin_client):
    response = admin_client.post(f"{LIST}import/", {"resource": "0"})
    assert (response.status_code, response.context["form"].errors["import_file"]) == (
        400,
        ["필수 항목입니다."],
    )


def test_confirming_is_no_get(admin_client):
    assert admin_client.get(f"{LIST}process_import/").status_code == 405


def test_the_pages_keep_the_policy(admin_client, staffing):
    """No script or style inside the page."""
    for response in (send(admin_client, changed(staffing)), admin_client.get(f"{LIST}export/")):
        page = response.content.decode()
        assert "style=" not in page
        assert "onchange=" not in page


# Who may


def test_a_member_of_a_unit_puts_in_what_is_the_units_own(client, staffing):
    client.force_login(make_member("부서 담당", unit="data-center"))
    preview = send(client, changed(staffing))
    assert preview.status_code == 200, text_of(preview)
    confirm(client, preview)
    staffing.refresh_from_db()
    assert staffing.authorized == 70


def test_rows_beyond_what_fits_on_the_page_are_counted(admin_client):
    rows = [[f"unit-{number}", f"{number}팀", "팀"] for number in range(300)]
    response = send(
        admin_client, csv_of(["이름표", "이름", "종류"], *rows), "부서.csv", "/admin/departments/department/"
    )
    assert "바뀌는 300행 가운데 처음 200행을 보였습니다." in text_of(response)
    assert len(response.content) < 300_000
    confirm(admin_client, response, "/admin/departments/department/")
    assert Department.objects.filter(slug__startswith="unit-").count() == 300
    assert records_of(Department).filter(after__slug__startswith="unit-", kind="created").count() == 300
