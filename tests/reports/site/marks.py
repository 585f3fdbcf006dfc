"""The numbers of a page that lead to sheets, as its script finds them."""

from html.parser import HTMLParser


class _Marks(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.shared = [], ""

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        if tag == "tr":
            self.shared = names.get("data-facts", "")
        if fact := names.get("data-fact"):
            identity, _, day = fact.partition("#")
            self.found.append((self.shared + identity if identity.startswith("/") else identity, day))


def marks_of(page):
    """(identity, other day than the page's) of each, in the page's order."""
    parser = _Marks()
    parser.feed(page)
    return parser.found
