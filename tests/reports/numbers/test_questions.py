"""The names of controls, by which an answer finds its number."""

from dataclasses import replace

from core.mentions.mention import Kind, Mention
from core.mentions.states import State
from reports.numbers.questions import Question, lost_name


def test_question_is_named_by_the_place_of_its_number():
    question = Question(3, State.UNBOUND, "24명", "현원 ", ",", ())
    assert (question.name, question.fact_edit, question.missing) == ("number-3", "", "")


def test_lost_mention_is_named_by_what_it_says():
    mention = Mention("overview", "24", "명", 0, "", "", Kind.BOUND, "staffing:data-center/headcount")
    assert lost_name(mention) == lost_name(replace(mention, is_lost=True))
    assert lost_name(mention) != lost_name(replace(mention, target="staffing:ict-security/headcount"))
    assert lost_name(mention).startswith("lost-")
