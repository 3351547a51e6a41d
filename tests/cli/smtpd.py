"""A mail server on this computer that does as it is told, for the tests of sending.

    python3 smtpd.py MODE FOLDER

Prints its port, then runs until its standard input ends. Writes each message to FOLDER/N.eml, the
envelope to FOLDER/N.json, a line for each step to FOLDER/log, and the certificate of the authority
that it is certified by to FOLDER/ca.pem. The one user is ann@shelf.example, with password "s3cret!".

MODE: tls, starttls, plain (offers no TLS), open (plain, no login), or one of these over TLS:
refuse-recipient, refuse-letter, silent (never says a word), silent-after-text, hang-up-after-text, spoil (puts
a folder in the place of the file that the variable SPOIL names, before it takes the letter).
"""

import asyncio
import json
import os
import ssl
import sys
from pathlib import Path

import trustme
from aiosmtpd.smtp import SMTP, AuthResult

USER, PASSWORD = b"ann@shelf.example", b"s3cret!"


class Desk:
    """What the server does with what it is given."""

    def __init__(self, mode, folder):
        self.mode, self.folder, self.count = mode, folder, 0

    def log(self, line):
        with open(self.folder / "log", "a", encoding="utf-8") as log:
            print(line, file=log)

    def authenticate(self, server, session, envelope, mechanism, data):
        right = (data.login, data.password) == (USER, PASSWORD)
        self.log("login" if right else "wrong password")
        return AuthResult(success=right, handled=right)

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.log(f"to {address}")
        if self.mode == "refuse-recipient" and address.startswith("ana"):
            return "550 5.1.1 Nobody here has that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.log("text")
        if self.mode == "refuse-letter":
            return "554 5.7.1 That looks like spam"
        if self.mode == "silent-after-text":
            await asyncio.sleep(3600)
        if self.mode == "hang-up-after-text":
            server.transport.abort()
            await asyncio.sleep(3600)
        if self.mode == "spoil":
            Path(os.environ["SPOIL"]).unlink()
            Path(os.environ["SPOIL"]).mkdir()
        self.count += 1
        (self.folder / f"{self.count}.eml").write_bytes(envelope.original_content)
        is_safe = server.transport.get_extra_info("ssl_object") is not None
        facts = {"from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": is_safe}
        (self.folder / f"{self.count}.json").write_text(json.dumps(facts), "utf-8")
        return "250 Taken"


class Silent(asyncio.Protocol):
    """Lets everybody connect, and says nothing."""


async def main(mode, folder):
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "ca.pem")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    desk = Desk(mode, folder)
    has_login = mode != "open"

    def serve():
        if mode == "silent":
            return Silent()
        is_late = mode == "starttls"
        return SMTP(
            desk,
            hostname="localhost",
            tls_context=context if is_late else None,
            require_starttls=is_late,
            authenticator=desk.authenticate if has_login else None,
            auth_required=has_login,
            auth_require_tls=is_late,
        )

    secure = None if mode in ("starttls", "plain", "open", "silent") else context
    server = await asyncio.get_running_loop().create_server(serve, "127.0.0.1", 0, ssl=secure)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
