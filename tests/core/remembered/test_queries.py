import pytest
from django.contrib.auth.models import Group

from budgets.models import BudgetFigure
from core.models import Source
from core.remembered.queries import RememberedQuery
from departments.models import User, UserSession

pytestmark = [pytest.mark.engine, pytest.mark.django_db]


def test_sql_is_put_together_once_and_asked_of_each_key():
    made = []

    def members(user):
        made.append(user)
        return Group.objects.filter(user=user).order_by("name").values_list("name")

    query = RememberedQuery(members)
    first, second = (User.objects.create(username=name) for name in ("first", "second"))
    second.groups.set(Group.objects.filter(name__in=("간부", "열람")))
    assert [query.rows(user.pk) for user in (first, second)] == [[], [("간부",), ("열람",)]]
    assert len(made) == 1


def test_key_may_be_a_text():
    query = RememberedQuery(lambda key: UserSession.objects.filter(session_key=key))
    UserSession.objects.create(session_key="abc", session_data="x", expire_date="2030-01-01T00:00+09:00")
    assert [row.session_data for row in UserSession.objects.raw(*query.compile("abc"))] == ["x"]
    assert not list(UserSession.objects.raw(*query.compile("other")))


def test_user_has_the_access_that_the_orm_would_say(seeded):
    for name in ("간부", "예산 담당"):
        user = User.objects.create(username=name)
        user.groups.set([Group.objects.get(name=name)])
        asked = User.objects.with_access().get(pk=user.pk)
        found = User.objects.get_with_access(user.pk)
        for flag in ("can_export", "uses_admin", "is_administrator"):
            assert getattr(found, flag) is getattr(asked, flag)
        assert found == asked and not found.get_deferred_fields()
    assert User.objects.get_with_access(0) is None


def test_values_are_those_that_the_queryset_gives(seeded):
    query = RememberedQuery(lambda source: BudgetFigure.objects.filter(source=source).by_account())
    source = Source.objects.filter(scope="expenditure", state="in_force").latest("as_of")
    found = query.values(source.pk)
    assert found == list(BudgetFigure.objects.filter(source=source).by_account())
    assert {type(row["total_current"]) for row in found} == {int}
    assert query.values(0) == []
