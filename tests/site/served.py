#!/usr/bin/env python3
"""Builds the sample library, serves it on this machine, and runs a command on it.

    served.py PREFIX COMMAND [ARGUMENT]…

The site lies under PREFIX ("/" or "/library/"). In the arguments, {url} stands for its address and
{site} for its folder. The exit code is the command's. GOODTURN names the program to build with.
"""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

LIBRARY = Path(__file__).resolve().parents[2]
PARTS = ["goodturn.yaml", "goodturn.lock", "industries.yaml", "content", "templates", "static"]
# A day after everything in the sample was published, so that no run depends on the calendar.
TODAY = "1800000000"
POLICY = "default-src 'self'; img-src 'self' data:"

PIECE = """---
title: A piece for the checks
date: 2026-01-05
general: true
{}---
It was published, and is then moved or taken back.
"""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the files of a site under a prefix, with a strict policy and its own page for 404."""

    prefix = "/"

    def translate_path(self, path):
        if not path.startswith(self.prefix):
            return str(Path(self.directory) / "not-there")
        return super().translate_path("/" + path[len(self.prefix) :])

    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        # Tells linkchecker that it need not wait between requests.
        self.send_header("LinkChecker", "welcome")
        super().end_headers()

    def send_error(self, code, message=None, explain=None):
        page = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)

    def log_message(self, *_):
        pass


def build(program, library, site, url):
    """Builds a copy of the library that also has a moved piece and one that was taken back."""
    for part in PARTS:
        source = LIBRARY / part
        if source.is_dir():
            shutil.copytree(source, library / part)
        elif source.exists():
            library.mkdir(exist_ok=True)
            shutil.copy(source, library / part)
    environment = dict(os.environ, SOURCE_DATE_EPOCH=TODAY)
    command = [program, "-q", "-C", library, "build", "--out", site, "--base-url", url]
    moved, retired = library / "content/check-moved.md", library / "content/check-retired.md"
    for piece in (moved, retired):
        piece.write_text(PIECE.format(f"slug: {piece.stem}\n"))
    subprocess.run(command, env=environment, check=True)
    moved.write_text(PIECE.format("slug: check-moved-here\n"))
    retired.write_text(PIECE.format("slug: check-retired\nretired: true\n"))
    subprocess.run(command, env=environment, check=True)


def main():
    prefix, command = sys.argv[1], sys.argv[2:]
    program = os.environ.get("GOODTURN", LIBRARY / "target/debug/goodturn")
    with tempfile.TemporaryDirectory(prefix="goodturn-site-") as temporary:
        site = Path(temporary, "site")
        handler = type("Handler", (Handler,), {"prefix": prefix})
        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(handler, directory=str(site))
        )
        url = f"http://127.0.0.1:{server.server_port}{prefix}"
        build(program, Path(temporary, "library"), site, url)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        filled = [part.replace("{url}", url).replace("{site}", str(site)) for part in command]
        result = subprocess.run(filled)
        server.shutdown()
    sys.exit(result.returncode)


main()
