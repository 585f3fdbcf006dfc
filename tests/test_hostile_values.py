"""No value in any parameter of any address is answered by 500, on either engine.

The parameters are those that the views read, found by reading over their shoulder, and those of the filters of admin's lists. What the guard of
all refuses (seoul_digital/request_validation.py) is tried at every route; what passes it, at every parameter by itself. In every run each sixteenth
parameter gets one of the values in turn, in the thorough ones each; HOSTILE=40 tries all, of every model.
"""

import os
from contextlib import contextmanager
from itertools import cycle, islice
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.core.handlers import wsgi
from django.db import transaction
from django.forms import BooleanField, CharField
from django.http import QueryDict
from django.http import request as http_request
from django.urls import resolve, reverse

from budgets.models import BudgetFigure
from core.models import ChangeRecord
from departments.models import User
from tests.forms import sent
from tests.test_pages import ROUTES
from tests.test_permissions import ADDRESSES, keys, own_and_other  # noqa: F401 (a fixture)

REFUSED = [
    "%00",
    "a%00b",
    "%ed%a0%80",
    "%ff",
    "%c3",
    "9" * 23,
    "-" + "9" * 23,
    "%ef%bc%99" * 23,
    "1," + "9" * 23,
]
PASSED = [
    "", " ", "0", "-1", "9" * 18, "-" + "9" * 18, "4294967296", "1.5", "1e400", "NaN", "Infinity", "0x10", "1_0", "%d9%a3", "%c2%b2",
    "'", '"', "%27%20OR%201=1--", "%25", "_", "%5c", "(((((", "%5b", "*", "<script>alert(1)</script>", "{{7*7}}", "../../etc/passwd", "%0d%0aX: y",
    "9999-12-31", "0001-01-01", "2022-02-30", "%e2%80%ae", "%f0%9f%92%a9", "a" * 3000, "null", "[]", "1,2,x",
]  # fmt: skip
EACH = int(os.environ.get("HOSTILE") or 1)
IS_WHOLE = EACH > 1
EVERYWHERE = {"as_of", "bureau", "download", "format", "items"}
UNREAD = {"csrfmiddlewaretoken"}


class Recorder:
    """The names that are asked for of the query string or the form of requests."""

    def __init__(self, monkeypatch, module):
        self.names = names = set()

        class Recording(QueryDict):
            def __getitem__(self, key):
                names.add(key)
                return super().__getitem__(key)

            def getlist(self, key, default=None):
                names.add(key)
                return super().getlist(key, default)

            def __contains__(self, key):
                names.add(key)
                return super().__contains__(key)

        monkeypatch.setattr(module, "QueryDict", Recording)

    def take(self):
        taken = {name for name in self.names if isinstance(name, str)} - UNREAD
        self.names.clear()
        return sorted(taken)


@pytest.fixture
def queries(monkeypatch):
    return Recorder(monkeypatch, wsgi)


@pytest.fixture
def forms(monkeypatch):
    return Recorder(monkeypatch, http_request)


@pytest.fixture
def root(client, seeded):
    client.force_login(User.objects.create(username="root-of-all", is_superuser=True))
    client.raise_request_exception = False
    return client


def model_addresses():
    """Of each model in admin the addresses of its list and of one object; in the suite all of one model, of others the list."""
    for model in admin.site._registry:
        prefix = f"admin:{model._meta.app_label}_{model._meta.model_name}_"
        key = own_and_other(model)[0].pk
        for name, _, pattern in ROUTES:
            if name.startswith(prefix) and (
                IS_WHOLE or model is BudgetFigure or name.endswith("_changelist")
            ):
                yield reverse(name, args=[key, 1][: len(pattern.pattern.converters)])


def get_addresses(keys):  # noqa: F811
    own = (address.format(**keys) for address, _ in ADDRESSES.values() if not address.startswith("POST"))
    return [*own, *model_addresses(), reverse("admin:auth_user_password_change", args=[keys["user"]])]


def reader_of(address, name):
    """The code that reads a parameter: the pages of all models in admin share theirs, and what every page has is read once."""
    view = resolve(address.partition("?")[0]).view_name
    return (
        name if name in EVERYWHERE else (view.rpartition("_")[2] if view.startswith("admin:") else view, name)
    )


def parameters_of(client, address, queries):
    """What the page reads, of a list of admin also what its filters ask for."""
    queries.take()
    is_admin = address.startswith("/admin/")
    changelist = (client.get(address if is_admin else with_query(address, "download=x")).context or {}).get(
        "cl"
    )
    specs = changelist.filter_specs if changelist else []
    return sorted({*queries.take(), *(name for spec in specs for name in spec.expected_parameters())})


@contextmanager
def undone():
    """What a request did is taken back, so that an error of the database does not stop the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def with_query(address, query):
    return f"{address}{'&' if '?' in address else '?'}{query}"


def test_every_route_refuses_what_nobody_can_take(client, db):
    """By one guard before the sign-in, whatever the name of the parameter."""
    values = cycle(REFUSED)
    for _, route, pattern in ROUTES:
        path = "/" + route.replace("^", "").replace("$", "").replace("(?P<url>.*)", "x")
        for argument, converter in pattern.pattern.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").lower()
            path = path.replace(f"<{kind}:{argument}>", "1")
        for value in islice(values, EACH):
            response = client.get(f"{path}?anything={value}")
            assert response.status_code == 400, (path, value)
            assert "요청을 읽을 수 없습니다" in response.content.decode()


@pytest.mark.parametrize("nth", [16, pytest.param(1, marks=pytest.mark.thorough)])
@pytest.mark.filterwarnings("ignore:.*naive datetime")
def test_no_parameter_of_a_page_is_answered_by_an_error(root, keys, queries, nth):  # noqa: F811
    values, read, broken = cycle(PASSED), set(), []
    for address in get_addresses(keys):
        for name in parameters_of(root, address, queries):
            if reader_of(address, name) in read:
                continue
            read.add(reader_of(address, name))
            if len(read) % nth:
                continue
            for value in islice(values, EACH):
                with undone():
                    response = root.get(with_query(address, f"{name}={value}"))
                if response.status_code >= 500:
                    broken.append((address, name, value))
    assert broken == []
    assert len(read) > 100


# Forms


NUL, HALF, LONG = "가%00나", "가%ed%a0%80나", "9" * 23
FORM_MODELS = [
    model for model in admin.site._registry if model._meta.app_label not in ("axes", "auth", "reports")
]


def form_fields(response):
    """Of the form and its inlines: name in the page, the field, and its errors."""
    context = response.context
    forms = [context["adminform"].form]
    forms += [form for inline in context["inline_admin_formsets"] for form in inline.formset.forms]
    for form in forms:
        for name, field in form.fields.items():
            yield form.add_prefix(name), field, form.errors.get(name) if form.is_bound else None


def post(client, address, fields):
    pairs = [f"{name}={value}" for name, values in fields.items() for value in values]
    return client.post(address, "&".join(pairs), content_type="application/x-www-form-urlencoded")


def silent_fields(client, instance, value, is_meant):
    """The names of the fields of a model's form that do not answer where all that are meant get the value at once."""
    opts = instance._meta
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[instance.pk])
    page = client.get(address)
    given = {name: [quote(text) for text in texts] for name, texts in sent(page).items()}
    meant = {name for name, field, _ in form_fields(page) if name in given and is_meant(field)}
    if not meant:
        return []
    response = post(client, address, given | {name: [value] for name in meant})
    assert response.status_code == 200
    return [name for name, _, errors in form_fields(response) if name in meant and not errors]


def is_text(field):
    return type(field) is CharField and not field.disabled


def is_number_or_key(field):
    return not isinstance(field, CharField | BooleanField) and not field.disabled


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("number", "model"), [*enumerate(FORM_MODELS)], ids=lambda value: getattr(value, "__name__", "")
)
def test_a_form_of_admin_answers_at_each_field(root, number, model):
    """All fields of a kind at once get what none can take, and each says so; nothing is saved."""
    instance = own_and_other(model)[0]
    before = ChangeRecord.objects.count()
    assert silent_fields(root, instance, (NUL, HALF)[number % 2], is_text) == []
    assert silent_fields(root, instance, LONG, is_number_or_key) == []
    assert ChangeRecord.objects.count() == before


# Actions


def post_addresses(keys):  # noqa: F811
    every = (address.format(**keys) for address, _ in ADDRESSES.values())
    return [address.removeprefix("POST ") for address in every if not address.endswith("logout/")]


@pytest.mark.thorough
def test_no_parameter_of_an_action_is_answered_by_an_error(root, keys, forms):  # noqa: F811
    values, broken, read = cycle([LONG, *PASSED]), [], 0
    for address in post_addresses(keys):
        forms.take()
        if post(root, address, {"x": ["x"]}).status_code == 405:
            continue
        names = forms.take()
        assert post(root, address, {name: [NUL] for name in names or "x"}).status_code in (200, 400, 422), (
            address
        )
        for name in names:
            for value in islice(values, EACH):
                read += 1
                with undone():
                    response = post(root, address, {name: [value]})
                if response.status_code >= 500:
                    broken.append((address, name, value))
    assert broken == []
    assert read > 100
