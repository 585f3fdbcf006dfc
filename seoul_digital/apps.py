from axes.apps import AppConfig
from django.utils.formats import date_format
from django.utils.timezone import localtime


class SignInsConfig(AppConfig):
    """axes, which has no Korean name of its own."""

    verbose_name = "로그인"

    def ready(self):
        super().ready()
        from . import cleanup  # noqa: F401  (listens to sign-ins)

        for name in ("AccessAttempt", "AccessLog", "AccessFailureLog"):
            # axes writes English and UTC
            self.get_model(name).__str__ = lambda row: (
                f"{row.username or '모름'}, {date_format(localtime(row.attempt_time), 'Y. n. j. H:i')}"
            )
