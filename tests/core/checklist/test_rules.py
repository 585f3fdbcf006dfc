import pytest

from core.checklist import rules as registry
from core.checklist.rules import ChecklistItem, change_url, register_rule, rules
from departments.models import Department


@pytest.fixture
def known(monkeypatch):
    """A registry of its own."""
    monkeypatch.setattr(registry, "_rules", {})


def test_rules_that_stop_come_first(known):
    @register_rule("x.seen", "본 것")
    def seen(draft):
        yield ChecklistItem("하나")

    register_rule("x.stops", "막는 것", refusal="{count}건을 고치십시오.")(seen)
    assert [(rule.key, rule.title) for rule in rules()] == [("x.stops", "막는 것"), ("x.seen", "본 것")]
    assert [item.words for item in rules()[0].find(None)] == ["하나"]


def test_rule_registered_again_takes_the_place(known):
    for title in ("옛 제목", "새 제목"):
        register_rule("x.rule", title)(lambda draft: ())
    assert [rule.title for rule in rules()] == ["새 제목"]


def test_item_is_the_same_wherever_it_leads():
    assert ChecklistItem("하나", "/a/") == ChecklistItem("하나", "/b/")


def test_change_url_is_the_form_of_the_row():
    assert change_url(Department(pk=3)) == "/admin/departments/department/3/change/"
