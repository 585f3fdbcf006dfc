from axes.apps import AppConfig


class SignInsConfig(AppConfig):
    """axes, which has no Korean name of its own."""

    verbose_name = "로그인"
