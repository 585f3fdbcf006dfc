"""What the home page shows, as tables."""

import io

import openpyxl


def test_home_workbook_has_staff_attention_and_what_comes(manager_client):
    response = manager_client.get("/?download=all&format=xlsx")
    assert response.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert {"인력", "확인이 필요한 것", "기준일 뒤 90일"} <= set(book.sheetnames)
    staff = [cell for row in book["인력"].values for cell in row]
    assert [cell for cell in staff if isinstance(cell, int)][:3] == [266, 258, -8]


def test_home_table_of_what_comes_as_csv(manager_client):
    response = manager_client.get("/?download=upcoming&format=csv")
    assert response.status_code == 200
    head = response.content.decode("utf-8-sig").splitlines()[0]
    assert head == "때,사업,실적·일정,무엇,기간,상태"
