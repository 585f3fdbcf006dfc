"""Querysets that are asked by one query give what each gives alone."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.db import connection, router
from django.db.models import (
    Avg,
    Count,
    Exists,
    F,
    FloatField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    TextField,
    Value,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, TruncMonth

from budgets.models import BudgetFigure
from core.data_version import Revisions
from core.models import ChangeRecord, ControlTotal, Source, StoredFile
from core.models.stored_files import StoredPiece
from core.remembered import parts, together
from core.remembered.parts import Making
from core.remembered.queries import RememberedQuery
from core.remembered.together import SharedQuery, SharedTuples, SharedValues, ask, read_together
from departments.models import Department, Duty, Placement, Staffing, User
from projects.models import Brief, Measurement, Vision

pytestmark = [pytest.mark.engine, pytest.mark.django_db]


@pytest.fixture
def asked(seeded):
    """What the database is asked."""
    queries = []

    def note(run, *query):
        queries.append(query[0])
        return run(*query)

    with connection.execute_wrapper(note):
        yield queries


def content(rows):
    """With what Django keeps of a row that it has read, and the types of all."""
    return [
        (type(row), {name: told(value) for name, value in vars(row).items()})
        if hasattr(row, "_meta")
        else told(row)
        for row in rows
    ]


def told(value):
    if isinstance(value, tuple | list):
        return [type(value), *map(told, value)]
    if isinstance(value, dict):
        return {key: told(each) for key, each in value.items()}
    if isinstance(value, QuerySet):  # of rows below, each of which knows the one above
        return [type(value), *(row.pk for row in value)]
    if hasattr(value, "fields_cache"):
        return content(filter(None, value.fields_cache.values())), value.db, value.adding
    return type(value), bytes(value) if isinstance(value, memoryview) else value


def querysets():
    of_bureau = Department.objects.filter(kind="bureau")
    yield Source.objects.newest_first()
    yield Source.objects.select_related("bureau").filter(bureau__in=of_bureau).order_by("-as_of", "pk")
    yield Measurement.objects.select_related("indicator__project").order_by("-value", "pk")
    yield Measurement.objects.order_by("pk").values("value", "indicator__name", "source__as_of")
    yield Measurement.objects.order_by("pk").values_list("value", "pk")
    yield Brief.objects.order_by("pk").values_list("number", flat=True)
    yield Brief.objects.order_by("pk").annotate(word=Value("가"), no=Value(None, TextField()))
    yield Brief.objects.prefetch_related("milestones").order_by("number", "pk").only("title")
    yield BudgetFigure.objects.order_by("pk")[:20]
    yield (
        BudgetFigure.objects.values("source")
        .annotate(Sum("current"), Count("pk"), Max("pk"), Max("line"), mean=Avg("current"))
        .order_by("source")
    )
    yield BudgetFigure.objects.order_by("pk").annotate(as_float=Cast("pk", FloatField()))[:3]
    yield Placement.objects.annotate(
        has_parent=Exists(Placement.objects.filter(department=OuterRef("parent"))), slug=F("department__slug")
    ).order_by("-has_parent", "pk")
    yield Department.objects.values("kind").distinct().order_by("kind")
    yield ControlTotal.objects.order_by("pk")
    yield User.objects.order_by("pk")
    yield User.objects.order_by("pk").values_list("is_active", "last_login", "date_joined__date")
    yield User.objects.order_by("pk").annotate(month=TruncMonth("date_joined")).values("month")
    yield Group.objects.filter(Q(name__contains="%") | Q(name="간부"))
    yield ChangeRecord.objects.order_by("pk")
    yield ChangeRecord.objects.order_by("pk").values_list("after", "before__title", KT("after__title"))
    yield StoredPiece.objects.select_related("file").order_by("pk")
    yield Group.objects.filter(name="간부").union(Group.objects.filter(name="열람"), all=True)
    yield Source.objects.filter(pk__in=[])
    yield Source.objects.none()
    yield Source.objects.filter(document="there is none")
    yield Department.objects.distinct().values_list("name").order_by("slug")


@pytest.fixture
def every_type(seeded):
    User.objects.create(username="a", is_active=False, last_login=datetime(2026, 1, 1, 0, 0, 0, 123456, UTC))
    User.objects.create(username="b")
    Measurement.objects.filter(pk=Measurement.objects.first().pk).update(value=Decimal("12345.0010"))
    stored = StoredFile.objects.create(name="file", folder="uploads", place="database", size=3)
    StoredPiece.objects.create(file=stored, number=0, content=b"\x00\xff%s")
    brief = Brief.objects.first()
    brief.title = "바뀐 제목 100%"
    brief.save()
    assert ChangeRecord.objects.exists()


def test_each_queryset_has_the_rows_that_it_has_alone(every_type):
    alone = [content(list(queryset)) for queryset in querysets()]
    together = [content(rows) for rows in read_together(querysets())]
    assert list(map(len, alone)) == list(map(len, together))
    for number, (expected, found) in enumerate(zip(alone, together, strict=True)):
        assert found == expected, number


def test_many_querysets_are_one_query_and_what_cannot_be_united_its_own(asked):
    querysets = [Source.objects.order_by("pk"), Group.objects.order_by("name"), Source.objects.none()]
    united = Group.objects.filter(name="간부").union(Group.objects.filter(name="열람"))
    found = read_together([*querysets, united])
    assert [len(rows) for rows in found] == [Source.objects.count(), Group.objects.count(), 0, 2]
    assert len(asked) == 2 + 2


def test_one_queryset_is_asked_as_usual(asked):
    queryset = Group.objects.order_by("name")
    found, _ = read_together([queryset, Group.objects.none()])
    assert [group.name for group in found][:2] == ["간부", "관리자"]
    assert len(asked) == 1 and "UNION" not in asked[0]


def test_a_queryset_made_of_one_that_was_answered_asks_for_itself(asked):
    queryset = Group.objects.order_by("name")
    read_together([queryset, Source.objects.order_by("pk")])
    assert [group.name for group in queryset.filter(name="열람")] == ["열람"]
    assert len(asked) == 2


def test_a_part_of_a_page_rests_on_what_it_takes_alone(seeded):
    revisions = Revisions.read(with_drafts=False)
    making = Making("/", "2022-08-29", revisions)
    with connection.execute_wrapper(making.note), making.begun():
        duties, staffing, nothing = map(
            SharedQuery, [Duty.objects.order_by("pk"), Staffing.objects.order_by("pk"), Vision.objects.none()]
        )
        ask([duties, staffing, nothing])
        assert making.reads.tables == set()
        _, reads = parts.rows("a", None, lambda: len(duties.answer() + nothing.answer()))
        assert reads.tables == {"departments_duty"} == making.reads.tables
        staffing.answer()
    assert making.reads.scopes(revisions) == {"duties", "staffing"}


def by_name(*names):
    return [Group.objects.filter(name=name) for name in names]


def test_queries_stay_within_what_an_engine_allows(asked, monkeypatch):
    monkeypatch.setattr(together, "MOST_QUERIES", 2)
    names = ("간부", "열람", "간부")
    assert [rows[0].name for rows in read_together(by_name(*names))] == [*names]
    assert len(asked) == 2
    monkeypatch.setattr(together, "MOST_COLUMNS", 1)
    read_together(by_name(*names))
    assert len(asked) == 2 + 3


def test_parameters_stay_within_what_an_engine_allows(asked, monkeypatch):
    monkeypatch.setattr(connection.features, "max_query_params", 3)
    names = ("간부", "열람", "없는 이름", "간부")
    assert [len(rows) for rows in read_together(by_name(*names))] == [1, 1, 0, 1]
    assert len(asked) == 2


def test_remembered_values_are_asked_where_the_rest_of_the_page_is(monkeypatch):
    """First of the primary, then on a page that the replica answers."""
    remembered = RememberedQuery(lambda key: Source.objects.filter(pk=key).values("slug"))
    SharedValues(remembered, 1)
    monkeypatch.setattr(together, "connections", {"replica": connection})
    monkeypatch.setattr(router, "db_for_read", lambda model, **hints: "replica")
    at_once = []
    monkeypatch.setattr(together, "_ask_at_once", lambda queries, connection: at_once.append(len(queries)))
    ask([SharedValues(remembered, 1), SharedValues(remembered, 2)])
    assert at_once == [2]


@pytest.mark.django_db
def test_tuples_of_remembered_queries_are_those_of_values_list(seeded):
    asking = RememberedQuery(
        lambda *keys: Source.objects.filter(pk__in=keys).order_by("pk").values_list("as_of", "scope"), 2
    )
    keys = list(Source.objects.order_by("pk").values_list("pk", flat=True)[:2])
    expected = list(Source.objects.filter(pk__in=keys).order_by("pk").values_list("as_of", "scope"))
    queries = [SharedTuples(asking, *keys), SharedTuples(asking, *keys)]
    assert queries[0].answer() == expected  # alone
    ask(queries)
    assert queries[1].answer() == expected
