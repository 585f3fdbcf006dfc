"""All the lines of a department as a file."""

import io

import openpyxl


def download(client, file_format):
    return client.get(f"/budgets/expenditure/ict-security/?download=lines&format={file_format}")


def test_lines_file_as_csv(manager_client):
    response = download(manager_client, "csv")
    assert response.status_code == 200
    rows = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert "예산현액(천원)" in rows[0]
    assert len(rows) > 1


def test_lines_file_as_a_workbook(manager_client):
    response = download(manager_client, "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert sheet["A2"].value.endswith("기준 · (단위: 천원, %)")
    assert sheet.max_row > 3


def test_lines_file_of_another_format_is_not_found(manager_client):
    assert download(manager_client, "exe").status_code == 404
