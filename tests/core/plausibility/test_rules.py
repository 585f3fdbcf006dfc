"""Rules of what is improbable: registered by model, asked in order, confirmed by what they say."""

import pytest

from core.models import ControlTotal, Source
from core.plausibility import rules as plausibility


@pytest.fixture
def rules(monkeypatch):
    """None but those of the test."""
    monkeypatch.setattr(plausibility, "_rules", {})


def test_doubts_are_those_of_every_rule_of_the_model(rules):
    @plausibility.register_plausibility("core.source")
    def long_document(source):
        if len(source.document) > 3:
            yield "문서 이름이 깁니다."

    @plausibility.register_plausibility("core.source")
    def two_sentences(source):
        yield from ("첫째", "둘째")

    assert plausibility.doubts(Source(document="긴 이름")) == ["문서 이름이 깁니다.", "첫째", "둘째"]
    assert plausibility.doubts(Source(document="x")) == ["첫째", "둘째"]
    assert plausibility.doubts(ControlTotal()) == []


@pytest.mark.parametrize(
    ("sentences", "token"),
    [([], ""), (["a"], "ca978112ca1b"), (["a", "b"], "ca978112ca1b 3e23e8160039")],
)
def test_token_is_the_start_of_each_sentences_sha256(sentences, token):
    assert plausibility.token(sentences) == token
