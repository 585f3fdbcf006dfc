"""What a reader sees of a page, told from its HTML alone: hidden words, closed details and words for machines do not count."""

import re
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNSEEN = {"head", "script", "style", "template", "noscript", "select", "datalist", "title", "desc", "dialog"}
UNSEEN_CLASSES = {"sr", "sr-only", "visually-hidden"}
INLINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "br",
    "em",
    "i",
    "mark",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "time",
    "u",
    "wbr",
}
BREAK = "¶"  # stands where one block or cell ends and the next begins


class Page(HTMLParser):
    """`text` is the seen text and `rows` the table rows, both without white space and with BREAK between blocks or cells."""

    def __init__(self, html: str):
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.pieces: list[str] = []
        self.rows: list[str] = []
        self.row_starts: list[int] = []
        self.feed(html)
        self.text = squeezed("".join(self.pieces))

    @property
    def is_hidden(self) -> bool:
        return any(hidden for _, hidden in self.open)

    def handle_starttag(self, tag, attrs):
        self.block(tag)
        if tag == "tr":
            self.row_starts.append(len(self.pieces))
        if tag not in VOID:
            closed = bool(self.open) and self.open[-1][0] == "details closed" and tag != "summary"
            name = "details closed" if tag == "details" and "open" not in dict(attrs) else tag
            self.open.append((name, closed or is_unseen(tag, dict(attrs))))

    def handle_endtag(self, tag):
        names = [name.split()[0] for name, _ in self.open]
        if tag not in names:
            return
        del self.open[len(names) - 1 - names[::-1].index(tag) :]
        self.block(tag)
        if tag == "tr":
            self.rows.append(squeezed("".join(self.pieces[self.row_starts.pop() :])))

    def handle_startendtag(self, tag, attrs):
        self.block(tag)

    def handle_data(self, data):
        if not self.is_hidden:
            self.pieces.append(data)

    def block(self, tag):
        if tag not in INLINE:
            self.pieces.append(BREAK)

    def shows(self, text: str) -> bool:
        return squeezed(text) in self.text.replace(BREAK, "")

    def shows_in_row(self, parts: list[str]) -> bool:
        """All parts in one table row, in that order; a number is a whole number and a `-` a whole cell."""
        pattern = re.compile(".*?".join(map(whole, parts)))
        return any(pattern.search(row) for row in self.rows)

    def shows_near(self, parts: list[str], within: int = 60) -> bool:
        """All parts in that order, each within `within` characters of the one before."""
        return bool(re.search(f".{{0,{within}}}?".join(map(whole, parts)), self.text))


def is_unseen(tag: str, attributes: dict[str, str | None]) -> bool:
    classes = set((attributes.get("class") or "").split())
    hidden = attributes.keys() & {"hidden", "popover"} or tag in UNSEEN and "open" not in attributes
    return bool(hidden or classes & UNSEEN_CLASSES)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def whole(part: str) -> str:
    part = squeezed(part)
    if part == "-":
        return f"(?<={BREAK})-(?={BREAK})"
    before = r"(?<![\d,.△])" if part[0].isdigit() else ""
    after = r"(?![\d]|[,.]\d)" if part[-1].isdigit() else ""
    return before + re.escape(part) + after
