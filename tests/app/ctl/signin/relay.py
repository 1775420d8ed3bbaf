"""Somebody in between: TLS ends here under another certificate and goes on to the host."""

import select
import socket
import ssl
import tempfile
import threading

import signin  # noqa: F401  (finds the modules of tests/peer)
from signinclient import NO_CHECK
from wsmanpeer import make_certificate, pin_of


class Relay:
    """Looks like a Host to Desk.run(); `hello` has the pin of its own certificate."""

    def __init__(self, host, folder):
        self.host = host
        self.tls = True
        with tempfile.TemporaryDirectory(dir=folder) as place:
            cert, key = make_certificate(place)
            self.hello = {"pin": pin_of(cert)}
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(cert, key)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://localhost:{self.listener.getsockname()[1]}/wsman"
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def _accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near):
        try:
            near = self.context.wrap_socket(near, server_side=True)
            far = NO_CHECK.wrap_socket(socket.create_connection(("127.0.0.1", self.host.port)))
        except OSError:
            return
        with near, far:
            try:
                while self._pump(near, far):
                    pass
            except OSError:
                pass

    @staticmethod
    def _pump(near, far):
        """Hands on what has arrived; False at the end of either side."""
        ready = [end for end in (near, far) if end.pending()]
        ready = ready or select.select([near, far], [], [])[0]
        for source, target in ((near, far), (far, near)):
            if source not in ready:
                continue
            try:
                source.setblocking(False)
                data = source.recv(65536)
            except ssl.SSLWantReadError:
                continue  # nothing for us: session tickets
            finally:
                source.setblocking(True)
            if not data:
                return False
            target.sendall(data)
        return True
