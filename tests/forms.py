"""What a browser would send: the controls of a page's largest form, read from its HTML."""

from html.parser import HTMLParser


def form_of(response):
    """Values by name (lists, as a request has them) of the form with the most controls."""
    reader = _Reader()
    reader.feed(response.content.decode())
    return max(reader.forms, key=len)


def plain(fields):
    """For the test client: single values as text."""
    return {name: values if len(values) > 1 else values[0] for name, values in fields.items()}


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self.select, self.area = [{}], None, None

    def handle_starttag(self, tag, pairs):
        attributes = dict(pairs)
        if tag == "form":
            self.forms.append({})
        elif tag == "input":
            self._input(attributes)
        elif tag == "select":
            self.select = [attributes["name"], "multiple" in attributes, [], []]
        elif tag == "option" and self.select:
            self.select[2 if "selected" in attributes else 3].append(attributes.get("value", ""))
        elif tag == "textarea":
            self.area = [attributes["name"], ""]

    def _input(self, attributes):
        kind, name = attributes.get("type", "text"), attributes.get("name")
        is_off = kind in {"checkbox", "radio"} and "checked" not in attributes
        if name and not is_off and kind not in {"submit", "button", "file"} and "disabled" not in attributes:
            self._add(name, attributes.get("value", "on" if kind == "checkbox" else ""))

    def _add(self, name, value):
        self.forms[-1].setdefault(name, []).append(value)

    def handle_data(self, data):
        if self.area:
            self.area[1] += data

    def handle_endtag(self, tag):
        if tag == "select" and self.select:
            name, is_multiple, selected, others = self.select
            for value in selected or ([] if is_multiple else others[:1]):
                self._add(name, value)
            self.select = None
        elif tag == "textarea" and self.area:
            self._add(self.area[0], self.area[1].removeprefix("\r\n").removeprefix("\n"))
            self.area = None
