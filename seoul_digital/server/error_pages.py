"""What the server itself answers, without the application: a Korean page with the headers that every page has."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

SENTENCES = {
    400: ("요청을 읽을 수 없습니다", "주소나 입력한 값이 올바른지 확인해 주세요."),
    403: ("요청을 받을 수 없습니다", "이 서버를 거쳐서는 들어올 수 없습니다. 관리자에게 알려 주세요."),
    405: (
        "이 주소는 이렇게 열 수 없습니다",
        "단추나 양식으로만 보내거나 보기만 하는 주소입니다. 앞의 화면으로 돌아가 다시 시도해 주세요.",
    ),
    408: ("요청이 다 오지 않았습니다", "연결이 느리거나 끊겼습니다. 처리한 것은 없으니 다시 시도해 주세요."),
    411: ("요청을 읽을 수 없습니다", "보내는 내용의 길이(Content-Length)를 함께 보내야 합니다."),
    414: ("주소가 너무 깁니다", "거르는 조건이나 찾는 말을 줄여 다시 시도해 주세요."),
    416: ("파일의 그 부분은 없습니다", "파일을 처음부터 다시 내려받아 주세요."),
    417: ("요청을 읽을 수 없습니다", "이 서버가 모르는 조건(Expect)이 붙어 있습니다."),
    431: ("요청의 머리글이 너무 큽니다", "이 사이트의 쿠키를 지우고 다시 로그인해 주세요."),
    500: ("처리하지 못했습니다", "잠시 뒤에 다시 시도해 주세요. 되풀이되면 관리자에게 알려 주세요."),
    501: ("요청을 읽을 수 없습니다", "이 서버가 모르는 방식으로 보낸 요청입니다."),
    503: (
        "지금은 받을 자리가 없습니다",
        "서버가 바쁘거나 디스크가 찼습니다. 처리한 것은 없으니 잠시 뒤에 다시 시도해 주세요.",
    ),
}
# Those of settings.MIDDLEWARE that only add headers, outermost first.
HEADER_MIDDLEWARE = (
    "seoul_digital.middleware.PrivateResponseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)


class _SecureRequest(HttpRequest):
    """Over HTTPS, so that nobody is redirected."""

    def _get_scheme(self) -> str:
        return "https"


def error_page(status: int) -> str:
    """A status without a sentence of its own is explained as 400 or 500."""
    sentence, advice = SENTENCES.get(status) or SENTENCES[400 if status < 500 else 500]
    return render_to_string("server_error.html", {"status": status, "sentence": sentence, "advice": advice})


@cache
def error_response(status: int) -> bytes:
    """The whole answer, after which the connection is closed. A status without a sentence of its own is answered as 400 or 500."""
    if status not in SENTENCES:
        status = 400 if status < 500 else 500
    page = error_page(status)

    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse(page, status=status)

    for path in reversed(HEADER_MIDDLEWARE):
        answer = import_string(path)(answer)
    response = answer(_SecureRequest())
    response.headers["Content-Length"] = str(len(response.content))
    response.headers["Connection"] = "close"
    if status == 503:
        response.headers["Retry-After"] = "10"
    lines = [
        f"HTTP/1.1 {status} {response.reason_phrase}",
        *(f"{k}: {v}" for k, v in response.headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + response.content
