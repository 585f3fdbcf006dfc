"""Projects of the demonstration city."""

from glossary.models import Definition
from projects.models import Brief, Measurement, Target, Vision

SLUG = "demonstration-city-001"


def of_august(model):
    return model.objects.filter(source__bureau__slug=SLUG, source__as_of="2022-08-31")


def test_a_brief_says_what_its_indicators_say(city):
    brief = of_august(Brief).order_by("number")[0]
    installed, users = of_august(Measurement).filter(indicator__project=brief.project).order_by("indicator")
    target = of_august(Target).get(indicator=installed.indicator)
    assert (installed.indicator.unit, users.indicator.unit, target.due) == ("대", "명", "2022-12")
    for figure in (installed, users, target):
        assert figure.printed in brief.achievements


def test_a_brief_has_steps_people_and_money(city):
    brief = of_august(Brief).order_by("number")[0]
    assert [(step.title, step.start, step.recorded) for step in brief.milestones.all()] == [
        ("기본계획 수립", "2022-02", "done"),
        ("사업 착수", "2022-05", "done"),
        ("중간 점검", "2022-10", ""),
        ("준공과 개방", "2023-03", ""),
    ]
    assert [contact.role for contact in brief.contacts.all()] == ["대변인정책과장"]
    assert sum(part.amount for part in brief.fundings.all()) == brief.budget


def test_both_editions_have_vision_and_terms(city):
    assert Vision.objects.filter(source__bureau__slug=SLUG).count() == 2
    assert of_august(Definition).count() == 10
