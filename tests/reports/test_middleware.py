from django.http import HttpResponse

from reports.middleware import ReportSizeMiddleware
from reports.text_size import ReportTooLargeError


def test_document_too_large_is_a_page_that_says_so(rf):
    middleware = ReportSizeMiddleware(lambda request: HttpResponse())
    response = middleware.process_exception(rf.get("/document/"), ReportTooLargeError("글이 너무 깁니다."))
    assert response.status_code == 422
    assert "글이 너무 깁니다." in response.content.decode()


def test_other_errors_are_not_its_own(rf):
    middleware = ReportSizeMiddleware(lambda request: HttpResponse())
    assert middleware.process_exception(rf.get("/document/"), ValueError()) is None
    assert middleware(rf.get("/")).status_code == 200
