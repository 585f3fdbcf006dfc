"""Names of recorded rows: those of administration in Korean, words of ours in English."""

from django.utils.translation import override

from core.audit.recording import tracked_models
from dashboard.model_names import model_name
from departments.models import User
from seoul_digital.lib.language import has_hangul


def test_every_recorded_model_has_its_name_in_both_languages():
    for model in tracked_models():
        with override("ko"):
            assert model_name(model) == model._meta.verbose_name
        with override("en"):
            assert not has_hangul(model_name(model)), model


def test_a_user_is_a_user():
    with override("en"):
        assert model_name(User) == "User"
