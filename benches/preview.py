#!/usr/bin/env python3
"""Times the previews of Goodturn, Hugo and Zola: from the save of an article to the new page.

    python3 benches/preview.py [--articles 1000,10000] [--changes 20]

Each tool serves the same articles (see corpus.py) while articles are changed: first the body, seen
on the article's page, then the title, seen on the page and on every list that shows it. Pages are
asked for every 2 ms. Prints one Markdown table for each size. Goodturn is taken from
target/release, Hugo and Zola from PATH where they are there. Linux only: peak memory is read from
/proc.
"""

import argparse
import html
import http.client
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from build import find_tools, machine_line, make_corpus, say, size, sizes

PAUSE = 0.002
PATIENCE = 15
START_PATIENCE = 300
SERVE = {
    "goodturn": [["serve", "--host", "127.0.0.1", "--port", "{port}"]],
    "hugo": [["server", "--bind", "127.0.0.1", "--port", "{port}"]],
    "zola": [["serve", "--interface", "127.0.0.1", "--port", "{port}"],
             ["serve", "--fast", "--debounce", "20", "--interface", "127.0.0.1", "--port", "{port}"]],
}


class Visitor:
    """Asks a server for pages, over one connection as long as it lasts."""

    def __init__(self, port):
        self.port = port
        self.connection = None

    def get(self, path):
        """The status and the text of a page; status 0 when nobody answers."""
        for _ in range(2):
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                self.connection.request("GET", path)
                answer = self.connection.getresponse()
                return answer.status, answer.read().decode(errors="replace")
            except (OSError, http.client.HTTPException):
                self.connection = None
        return 0, ""


@dataclass
class Watched:
    """What was seen while changes were waited for."""

    times: list = field(default_factory=list)
    stale: int = 0
    missing: int = 0
    broken: int = 0

    def wait(self, visitor, pages, is_new):
        """Asks for the pages until each is new; counts what should never be seen meanwhile."""
        start = time.perf_counter()
        left = list(pages)
        while left:
            left = [page for page in left if not self.look(visitor, page, is_new)]
            if not left:
                break
            if time.perf_counter() - start > PATIENCE:
                self.stale += 1
                return
            time.sleep(PAUSE)
        self.times.append(time.perf_counter() - start)

    def look(self, visitor, page, is_new):
        """Whether a page is new."""
        status, text = visitor.get(page)
        if status != 200:
            self.missing += 1
            return False
        if not text.rstrip().endswith("</html>"):
            self.broken += 1
        return is_new(text)


def free_port():
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def peak_memory(pid):
    """The peak of a process's resident memory, in bytes."""
    for line in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024
    return 0


def address_of(site, article):
    """The path of an article's page."""
    return "/" + str(article.relative_to(site / "content").with_suffix("")) + "/"


def title_of(text):
    """The title in the head of an article."""
    return re.search(r'^title\s*[:=]\s*"(.*)"$', text, re.M).group(1)


def pages_showing(visitor, page, title):
    """The page, and the lists that it leads to which show its title."""
    _, text = visitor.get(page)
    targets = {re.sub(r"^https?://[^/]*", "", html.unescape(href)).split("#")[0]
               for href in re.findall(r'href="?([^"\s>]+)', text)}
    shown = [page]
    for target in sorted(targets | {"/"}):
        # An article that names another one's title in its text goes on doing so.
        if target.startswith("/") and target.endswith("/") \
                and not re.match(r"/(r|articles/\d+)/", target):
            status, other = visitor.get(target)
            if status == 200 and title in html.unescape(other):
                shown.append(target)
    return shown


def newest(site, count):
    """The newest articles: those that the first pages of lists show."""
    dated = []
    for article in (site / "content/articles").rglob("*.md"):
        found = re.search(r"^date\s*[:=]\s*(\S+)$", article.read_text("utf-8"), re.M)
        if found:
            dated.append((found.group(1), str(article)))
    return [Path(name) for _, name in sorted(dated, reverse=True)[:count]]


@dataclass
class Outcome:
    """What one tool took."""

    start: float
    body: Watched
    title: Watched
    lists: int
    memory: int


def measure_tool(tool, arguments, site, changes):
    """Serves a site and changes articles in it."""
    port = free_port()
    command = [tool.program, *(part.format(port=port) for part in arguments)]
    log = tempfile.TemporaryFile()
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=site, env=tool.environment(),
                               stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        visitor = Visitor(port)
        while visitor.get("/")[0] != 200:
            if process.poll() is not None or time.perf_counter() - began > START_PATIENCE:
                log.seek(0)
                sys.exit(f"{tool.name} does not serve:\n{log.read().decode(errors='replace')}")
            time.sleep(PAUSE)
        start = time.perf_counter() - began
        articles = newest(site, changes)
        time.sleep(1)
        body, title, lists = Watched(), Watched(), 0
        for turn, article in enumerate(articles):
            text = article.read_text("utf-8")
            mark = f"A body changed in turn {turn}."
            page = address_of(site, article)
            visitor.get(page)
            time.sleep(0.3)
            article.write_text(f"{text}\n{mark}\n", "utf-8")
            body.wait(visitor, [page], lambda seen, mark=mark: mark in seen)
        for turn, article in enumerate(articles):
            text = article.read_text("utf-8")
            old, new = title_of(text), f"The title of turn {turn} is new"
            shown = pages_showing(visitor, address_of(site, article), old)
            lists += len(shown) - 1
            time.sleep(0.3)
            article.write_text(text.replace(old, new, 1), "utf-8")
            title.wait(visitor, shown, lambda seen, new=new: new in html.unescape(seen))
        return Outcome(start, body, title, lists, peak_memory(process.pid))
    finally:
        process.terminate()
        process.wait()


def figures(watched):
    """The times of a kind of change, as people read them."""
    if not watched.times:
        return "never"
    times = [each * 1000 for each in watched.times]
    text = f"{statistics.median(times):.0f} ms ({min(times):.0f}–{max(times):.0f})"
    return f"{text}, {watched.stale} never" if watched.stale else text


def print_table(title, rows):
    """One table."""
    print(f"\n### {title}\n")
    print("| tool | start | body: median (min–max) | title and lists: median (min–max) "
          "| lists | not 200 | half written | peak memory |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for label, outcome in rows:
        missing = outcome.body.missing + outcome.title.missing
        broken = outcome.body.broken + outcome.title.broken
        print(f"| {label} | {outcome.start:.2f} s | {figures(outcome.body)} "
              f"| {figures(outcome.title)} | {outcome.lists} | {missing} | {broken} "
              f"| {size(outcome.memory)} |", flush=True)


def main():
    """Reads the command line and measures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--articles", type=sizes, default=[1000, 10_000], metavar="N,N",
                        help="sizes of library (default: 1000,10000)")
    parser.add_argument("--changes", type=int, default=20, metavar="N",
                        help="changes of each kind (default: 20)")
    arguments = parser.parse_args()
    tools = [tool for tool in find_tools() if not tool.settings]
    if not tools:
        sys.exit("nothing to measure")
    with tempfile.TemporaryDirectory(prefix="goodturn-bench-") as place:
        folder = Path(place)
        print(f"Machine: {machine_line(folder)}.")
        for articles in arguments.articles:
            rows = []
            for tool in tools:
                for command in SERVE[tool.name]:
                    corpus = folder / f"articles-{articles}"
                    make_corpus(corpus, articles, [tool])
                    typed = " ".join([tool.name, *command[:-2]])
                    say(f"  {articles:,} articles: {typed}")
                    outcome = measure_tool(tool, command, corpus / tool.name, arguments.changes)
                    rows.append((f"`{typed}` {tool.version}", outcome))
                    shutil.rmtree(corpus)
            print_table(f"{articles:,} articles, {arguments.changes} changes of each kind", rows)


if __name__ == "__main__":
    main()
