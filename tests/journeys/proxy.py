"""The compose file's proxy as a process, and clients that speak to it byte by byte."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.installation import ROOT, Installation, free_port

TEMPLATE = ROOT / "config" / "deployment" / "nginx.conf.template"
HOST = "127.0.0.1"
DRIP_SECONDS = 0.3


@dataclass(frozen=True)
class Proxy:
    """Where the proxy listens, and what it wrote."""

    folder: Path
    http_port: int
    https_port: int

    @property
    def url(self) -> str:
        return f"https://{HOST}:{self.https_port}"

    @property
    def log(self) -> str:
        return (self.folder / "proxy.log").read_text()


def filled_in(environment: dict[str, str]) -> str:
    """The template as the image fills it in: names that begin with PROXY_, and no others."""
    text = TEMPLATE.read_text()
    return re.sub(r"\$\{(PROXY_\w+)\}", lambda name: environment[name.group(1)], text)


def make_certificate(folder: Path) -> None:
    folder.mkdir()
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-days", "2", "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=IP:{HOST}",
            "-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem"),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip


def start_proxy(made: Installation) -> Proxy:
    """Start nginx before the installation's web process."""
    proxy = Proxy(made.folder, free_port(), free_port())
    make_certificate(made.folder / "tls")
    (made.folder / "nginx.conf").write_text(
        filled_in(
            {
                "PROXY_UPSTREAM": f"{HOST}:{made.port}",
                "PROXY_RESOLVER": HOST,
                "PROXY_HTTP_PORT": str(proxy.http_port),
                "PROXY_HTTPS_PORT": str(proxy.https_port),
                "PROXY_TLS_DIR": str(made.folder / "tls"),
                "PROXY_TEMP_DIR": str(made.folder),
            }
        )
    )
    # The superuser's processes would give up their rights, and with them a test's private folder.
    who = "user root; " if os.geteuid() == 0 else ""
    made.start(
        "proxy",
        [
            shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(made.folder / "nginx.conf"),
            "-e", str(made.folder / "nginx-start.log"),
            "-g", f"daemon off; {who}pid {made.folder / 'nginx.pid'};",
        ],
    )  # fmt: skip
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            socket.create_connection((HOST, proxy.https_port), timeout=2).close()
            return proxy
        except OSError:
            time.sleep(0.1)
    raise AssertionError((made.folder / "proxy.log").read_text())


def connect(port: int, *, tls: bool = True, source: str = HOST) -> socket.socket:
    """A connection from a network address: all of 127.0.0.0/8 is this machine."""
    made = socket.create_connection((HOST, port), timeout=90, source_address=(source, 0))
    if not tls:
        return made
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(made)


def ask(on: socket.socket, head: str, body: bytes = b"") -> str:
    """Send a request as it stands; the whole answer as text, until the other side hangs up."""
    on.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)
    parts = []
    try:
        while part := on.recv(65536):
            parts.append(part)
    except OSError:
        pass
    on.close()
    return b"".join(parts).decode(errors="replace")


def status_of(answer: str) -> int:
    return int(answer.split(" ", 2)[1]) if answer.startswith("HTTP/") else 0


def get(proxy: Proxy, path: str, *, host: str = HOST, source: str = HOST, more: str = "") -> str:
    head = f"GET {path} HTTP/1.1\nHost: {host}\nConnection: close{more}"
    return ask(connect(proxy.https_port, source=source), head)


class SlowPosts:
    """Posts that promise a long body and send it a byte at a time, for as long as they may."""

    def __init__(self, port: int, number: int, *, tls: bool = True, source: str = HOST):
        self.sockets = []
        for _ in range(number):
            on = connect(port, tls=tls, source=source)
            on.sendall(
                b"POST /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n"
                b"Content-Type: application/x-www-form-urlencoded\r\n"
                b"X-Forwarded-Proto: https\r\n\r\nlogin="
            )
            self.sockets.append(on)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._drip, daemon=True)

    def _drip(self) -> None:
        while not self._ended.wait(DRIP_SECONDS):
            for on in self.sockets:
                try:
                    on.sendall(b"x")
                except OSError:
                    continue

    def __enter__(self) -> "SlowPosts":
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._ended.set()
        self._thread.join()
        for on in self.sockets:
            on.close()
