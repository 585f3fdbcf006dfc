from axes.apps import AppConfig


class SignInsConfig(AppConfig):
    """axes, which has no Korean name of its own."""

    verbose_name = "로그인"

    def ready(self):
        super().ready()
        from . import cleanup  # noqa: F401  (listens to sign-ins)
