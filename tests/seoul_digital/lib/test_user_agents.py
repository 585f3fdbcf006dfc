import pytest

from seoul_digital.lib.user_agents import browser_name

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/120.0.0.0 Safari/537.36", "Chrome(Windows)"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/120.0.0.0 Safari/537.36 Edg/120.0", "Edge(Windows)"),
        (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/118.0 Whale/3.23.214.17 Safari/537.36", "네이버 웨일(Windows)"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0", "Firefox(Linux)"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 Version/17.0 Safari/604", "Safari(iPhone)"),
        (f"Mozilla/5.0 (Linux; Android 13) {WEBKIT} SamsungBrowser/23.0 Chrome/115.0 Mobile Safari/537.36", "삼성 인터넷(Android)"),
        ("curl/8.1", "알 수 없는 브라우저"),
        ("", "알 수 없는 브라우저"),
    ],
)  # fmt: skip
def test_browser_is_named_with_its_system(user_agent, name):
    assert browser_name(user_agent) == name
