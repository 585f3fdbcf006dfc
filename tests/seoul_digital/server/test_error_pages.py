"""What the server answers by itself: a Korean page with the headers of every page."""

import pytest

from seoul_digital.server.error_pages import error_page, error_response


def parts_of(status):
    head, _, body = error_response(status).partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    return first, dict(line.split(": ", 1) for line in lines), body


def test_error_response_has_the_headers_of_every_page():
    first, headers, body = parts_of(431)
    assert first == "HTTP/1.1 431 Request Header Fields Too Large"
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Connection"] == "close"
    assert int(headers["Content-Length"]) == len(body)
    assert "이 사이트의 쿠키를 지우고 다시 로그인해 주세요." in body.decode()


@pytest.mark.parametrize(("status", "known"), [(418, "400"), (599, "500")])
def test_error_response_of_an_unknown_status(status, known):
    assert parts_of(status)[0].startswith(f"HTTP/1.1 {known} ")


def test_error_response_full_says_when_to_come_again():
    assert parts_of(503)[1]["Retry-After"] == "10"
    assert "Retry-After" not in parts_of(500)[1]


def test_error_page_keeps_the_number_of_a_status_without_a_sentence():
    page = error_page(418)
    assert "418" in page
    assert "요청을 읽을 수 없습니다" in page
