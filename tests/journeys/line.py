"""The line between a phone and the server, which can be cut before, during and after sending."""

import socket
import threading
from contextlib import suppress


class Line:
    """Passes bytes on in both directions; ``address`` is what the phone opens.

    ``cut`` lets nothing through. ``lose_replies`` lets requests through and drops what the
    server answers: the phone cannot know whether it was heard.
    """

    def __init__(self, port: int) -> None:
        self._server = ("127.0.0.1", port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://localhost:{self._listener.getsockname()[1]}"
        self.requests: list[bytes] = []
        self._is_cut = self._loses_replies = False
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        self._is_cut = True
        self._hang_up()

    def lose_replies(self) -> None:
        self._loses_replies = True
        self._hang_up()

    def mend(self) -> None:
        self._is_cut = self._loses_replies = False
        self._hang_up()

    def close(self) -> None:
        self._listener.close()
        self._hang_up()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                phone, _ = self._listener.accept()
                if self._is_cut:
                    phone.close()
                    continue
                server = socket.create_connection(self._server)
                self._open |= {phone, server}
                pairs = ((phone, server, True), (server, phone, False))
                for source, target, is_request in pairs:
                    threading.Thread(
                        target=self._pass_on, args=(source, target, is_request), daemon=True
                    ).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, is_request: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                if is_request:
                    self.requests.append(data)
                elif self._loses_replies:
                    # The server has answered, so it has done what it was asked.
                    break
                target.sendall(data)
        for end in (source, target):
            self._drop(end)

    def _hang_up(self) -> None:
        for end in list(self._open):
            self._drop(end)

    def _drop(self, end: socket.socket) -> None:
        self._open.discard(end)
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
