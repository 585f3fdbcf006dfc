"""Log lines that nobody can forge."""

import logging


class LineFormatter(logging.Formatter):
    """One line a message: line ends that came in with a request (in a path, a user name) are escaped; a traceback keeps its own."""

    def formatMessage(self, record):
        return super().formatMessage(record).replace("\r", "\\r").replace("\n", "\\n")
