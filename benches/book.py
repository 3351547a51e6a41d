#!/usr/bin/env python3
"""Times `goodturn book`: an EPUB and a PDF of one long book.

    python3 benches/book.py [--chapters 110] [--words 200000] [--runs 3]

Prints one Markdown table: user time, wall time and peak memory of the whole process, which reads
the library first. Goodturn is taken from target/release.
"""

import argparse
import os
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


def chapter(number, count, dice):
    """A chapter of about so many words, with what chapters have."""
    lines = [f"# Chapter {number}: what we learned\n"]
    written = 0
    while written < count:
        if written and written % 5 == 0:
            lines.append(f"## What came next, part {len(lines)}\n")
        paragraph = " ".join(dice.pick(SENTENCES) for _ in range(6))
        written += len(paragraph.split())
        lines.append(f"{paragraph} It is **worth it**.\n")
        if len(lines) % 3 == 0:
            lines[-1] = f"{paragraph}[^{len(lines)}]\n\n[^{len(lines)}]: Ask them.\n"
        if len(lines) % 7 == 0:
            lines.append(f"{TABLE}\n- one\n- two\n- three\n\n> They said so.\n")
    return "\n".join(lines)


def write_library(folder, chapters, count):
    """A library with one book."""
    book = folder / "content/book"
    book.mkdir(parents=True)
    (folder / "goodturn.yaml").write_text("title: Bench\n", "utf-8")
    (book / "book.yaml").write_text(SETTINGS, "utf-8")
    dice = Dice(1)
    for number in range(1, chapters + 1):
        text = chapter(number, count // chapters, dice)
        (book / f"{number}-chapter.md").write_text(text, "utf-8")


def run(program, folder, name):
    """One run: wall, user, memory and size of the file."""
    ending = name.lower()
    out = folder / f"book.{ending}"
    start = time.perf_counter()
    process = subprocess.Popen([program, "-C", folder, "book", folder / "content/book",
                                f"--{ending}", out, "--quiet"])
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"goodturn book failed with exit code {process.returncode}")
    return wall, usage.ru_utime, usage.ru_maxrss * 1024, out.stat().st_size


def main():
    """Reads the command line and measures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--chapters", type=int, default=110, metavar="N")
    parser.add_argument("--words", type=int, default=200_000, metavar="N")
    parser.add_argument("--runs", type=int, default=3, metavar="N")
    arguments = parser.parse_args()
    tools = find_goodturn()
    if not tools:
        sys.exit("nothing to measure")
    with tempfile.TemporaryDirectory(prefix="goodturn-bench-") as place:
        folder = Path(place)
        write_library(folder, arguments.chapters, arguments.words)
        print(f"Machine: {machine_line(folder)}.\n")
        print(f"{arguments.words:,} words in {arguments.chapters} chapters, "
              f"median of {arguments.runs} runs:\n")
        print("| file | user | wall | peak memory | size |\n| --- | ---: | ---: | ---: | ---: |")
        for name in ["EPUB", "PDF"]:
            runs = [run(tools[0].program, folder, name) for _ in range(arguments.runs)]
            wall, user = (statistics.median(each[at] for each in runs) for at in (0, 1))
            memory = max(each[2] for each in runs)
            print(f"| {name} | {user:.2f} s | {wall:.2f} s | {size(memory)} "
                  f"| {size(runs[-1][3])} |", flush=True)


if __name__ == "__main__":
    main()
