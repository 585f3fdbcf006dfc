"""What the server itself logs, in lines that nobody can forge either."""

from typing import Any

from gunicorn.glogging import Logger

from ..logs import LineFormatter


class LineLogger(Logger):
    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(LineFormatter(self.error_fmt, self.datefmt))
