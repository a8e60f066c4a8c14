"""A real Chromium, told what to do over its debugging protocol; it knows pages, files and clicks."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from websockets.sync.client import ClientConnection, connect

LONGEST_WAIT: Final = 60
"""Seconds after which an answer that has not come is a failure."""


def found() -> str | None:
    """Where the browser is installed, if it is."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Page:
    """One page of the browser."""

    def __init__(self, socket: ClientConnection, url: str) -> None:
        self._socket = socket
        self._asked = 0
        self._session: str | None = None
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.requests: list[str] = []
        """Addresses the page asked for, itself included."""
        self.ask("Network.enable")
        self.ask("Page.enable")
        self.ask("Page.navigate", url=url)
        self.run("new Promise(done => document.readyState == 'complete' ? done() : addEventListener('load', done))")

    def ask(self, method: str, **params: Any) -> Any:
        """One command of the protocol and its answer."""
        self._asked += 1
        told = {"id": self._asked, "method": method, "params": params}
        self._socket.send(json.dumps({**told, "sessionId": self._session} if self._session else told))
        while True:
            answer = json.loads(self._socket.recv(timeout=LONGEST_WAIT))
            if answer.get("method") == "Network.requestWillBeSent":
                self.requests.append(answer["params"]["request"]["url"])
            if answer.get("id") == self._asked:
                assert "error" not in answer, answer
                return answer["result"]

    def run(self, script: str) -> Any:
        """The value of a script, waited for."""
        answer = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def choose(self, selector: str, path: Path) -> None:
        """What a file or folder picker gives."""
        element = self.ask("Runtime.evaluate", expression=f"document.querySelector({json.dumps(selector)})")
        self.ask("DOM.setFileInputFiles", files=[str(path)], objectId=element["result"]["objectId"])


@contextlib.contextmanager
def opened(url: str, profile: Path) -> Iterator[Page]:
    """A headless browser with this page, gone when the block ends."""
    program = found()
    assert program is not None, "chromium is not installed"
    words = ["--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-port=0"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        words.append("--no-sandbox")  # Chromium refuses root otherwise, as on build machines
    process = subprocess.Popen(
        [program, *words, f"--user-data-dir={profile}", "about:blank"], stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stderr is not None
        address = next(place[0] for line in process.stderr if (place := re.search(r"ws://\S+", line)))
        with connect(address, max_size=None, open_timeout=LONGEST_WAIT) as socket:
            yield Page(socket, url)
    finally:
        process.terminate()
        process.wait(LONGEST_WAIT)
