"""A file out of admin and in again, in a real browser under the real policy."""

import csv

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import follow, width_of

LIST = "/admin/departments/staffing/"


@pytest.fixture
def lenient(open_page, signed_in):
    """Chromium writes refused requests to the console."""
    return open_page(refused=400, storage_state=signed_in)


def send(page, path, address):
    page.goto(f"{address}import/")
    preview(page, path)


def preview(page, path):
    page.get_by_label("파일").set_input_files(path)
    follow(page.get_by_role("button", name="미리보기"))


def test_a_list_leaves_is_changed_and_comes_back(page, tmp_path):
    page.goto(f"{LIST}?q=데이터센터")
    follow(page.get_by_role("link", name="내보내기", exact=True))
    page.get_by_label("CSV(UTF-8)").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="내보내기").click()
    assert download.value.suggested_filename.startswith("인력_")
    download.value.save_as(tmp_path / "인력.csv")
    with (tmp_path / "인력.csv").open(encoding="utf-8-sig", newline="") as stream:
        head, *rows = csv.reader(stream)
    assert {row[1] for row in rows} == {"데이터센터"}
    rows[0][head.index("차례")] = "77"
    with (tmp_path / "인력.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([head, *rows])

    page.goto(LIST)
    follow(page.get_by_role("link", name="가져오기", exact=True))
    preview(page, tmp_path / "인력.csv")
    expect(page.locator(".changes tbody ins")).to_have_text(["77"])
    page.set_viewport_size({"width": 360, "height": 740})
    assert width_of(page) <= 360
    follow(page.get_by_role("button", name="가져오기"))
    expect(page.locator(".messagelist")).to_contain_text("0건을 더하고 1건을 고쳤습니다")


def test_a_bad_file_says_where_it_is_bad(open_page, signed_in, tmp_path):
    (tmp_path / "부서.csv").write_text("이름표,이름,종류\nnew,새 과,학과\n", "utf-8")
    page = open_page(refused=400, storage_state=signed_in)
    send(page, tmp_path / "부서.csv", "/admin/departments/department/")
    expect(page.get_by_role("alert")).to_contain_text("[부서.csv] 2행 ‘종류’ 열: ‘학과’는 고를 수 없습니다.")


def test_the_pages_are_accessible(lenient, tmp_path, assert_accessible):
    lenient.goto(f"{LIST}export/")
    assert_accessible(lenient)
    for kind in ("과", "학과"):
        (tmp_path / "부서.csv").write_text(f"이름표,이름,종류\nnew,새 과,{kind}\n", "utf-8")
        send(lenient, tmp_path / "부서.csv", "/admin/departments/department/")
        assert_accessible(lenient)
