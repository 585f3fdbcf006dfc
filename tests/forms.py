"""What a browser would send of a page's form."""

from html.parser import HTMLParser

ANY = "*"
UNSENT = {"submit", "button", "image", "reset", "file"}


class _Form(HTMLParser):
    def __init__(self, form_id):
        super().__init__()
        self.form_id, self.inside, self.fields, self.forms = form_id, False, {}, [{}]
        self.select = self.area = None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.inside, self.fields = self.form_id in (given.get("id"), ANY), {}
            self.forms.append(self.fields)
        elif not self.inside or "disabled" in given:
            return
        elif tag == "input" and given.get("name") and given.get("type", "text") not in UNSENT:
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self.add(given["name"], given.get("value", "on" if given.get("type") == "checkbox" else ""))
        elif tag == "textarea":
            self.area = given["name"]
            self.fields[self.area] = [""]
        elif tag == "select":
            self.select = given.get("name")
        elif tag == "option" and self.select and "selected" in given:
            self.add(self.select, given.get("value", ""))

    def handle_data(self, data):
        if self.area:
            self.fields[self.area][0] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area:
            self.fields[self.area][0] = self.fields[self.area][0].removeprefix("\r\n").removeprefix("\n")
            self.area = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.inside = False

    def add(self, name, value):
        self.fields.setdefault(name, []).append(value)


def sent(response, form_id=ANY):
    """Names and values of the form of that id, as it stands; of the largest form without one."""
    reader = _Form(form_id)
    reader.feed(response.content.decode())
    fields = max(reader.forms, key=len)
    assert fields, f"no form {form_id}"
    return fields


def plain(fields):
    """For changing them: a single value as text."""
    return {name: values if len(values) > 1 else values[0] for name, values in fields.items()}
