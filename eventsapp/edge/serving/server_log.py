"""The web server's own log lines, through our handler and without addresses or paths."""

from typing import Any

from gunicorn.config import Config
from gunicorn.glogging import Logger


class ServerLog(Logger):  # type: ignore[misc]
    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        # The server's line names the client's address and repeats what it sent.
        if msg.startswith("Invalid request"):
            super().warning("invalid request refused")
        else:
            super().warning(msg, *args, **kwargs)

    def exception(self, _msg: str, *_args: Any, **_kwargs: Any) -> None:
        # The server's line names the raw address asked for.
        self.error_log.error("request could not be handled", exc_info=True)
