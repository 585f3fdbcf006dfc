import pytest

pytestmark = pytest.mark.django_db


def test_the_page_counts_what_holds_and_lists_what_does_not(staff_client):
    page = staff_client.get("/integrity/").content.decode()
    assert "점검한 식 1,530개 가운데 1,521개가 맞고, 오류 7건, 참고 2건이 있습니다." in page
    assert page.count('<li>\n  <p class="head">') == 9
    assert '<dt>정보화 용어 설명 5G 본문</dt><dd class="num">200</dd>' in page
    assert '<dt>정보화 용어 설명 5G 표</dt><dd class="num">20</dd>' in page
    assert "설명 달기" not in page


def test_the_page_asks_a_fixed_number_of_questions(staff_client, django_assert_num_queries):
    with django_assert_num_queries(10):
        staff_client.get("/integrity/")
    with django_assert_num_queries(6):  # the findings are those of the same data
        staff_client.get("/integrity/")


@pytest.mark.parametrize("file_format", ["xlsx", "csv"])
def test_findings_download(manager_client, file_format):
    response = manager_client.get(f"/integrity/?download=findings&format={file_format}")
    assert response.status_code == 200
    if file_format == "csv":
        assert (
            "임시적세외수입 2022,임시적세외수입 2022 = 아래 과목 5개의 합,954794,적힌 값,5878506,계산한 값,4923712,천원"
            in response.content.decode("utf-8-sig")
        )
