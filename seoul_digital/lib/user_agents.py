"""What browser on what system a `User-Agent` names, in words for its owner."""

# The first that is in the text, for a browser names those that it is like as well.
BROWSERS = (
    ("Whale/", "네이버 웨일"),
    ("SamsungBrowser/", "삼성 인터넷"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
UNKNOWN = "알 수 없는 브라우저"


def browser_name(user_agent: str) -> str:
    """`Chrome(Windows)`"""
    browser, system = _first(BROWSERS, user_agent) or UNKNOWN, _first(SYSTEMS, user_agent)
    return f"{browser}({system})" if system else browser


def _first(names: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for mark, name in names if mark in text), "")
