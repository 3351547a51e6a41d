#!/usr/bin/env python3
"""Times what is done for people: choosing a piece, writing a letter, bringing people in.

    python3 benches/giving.py [--articles 10000] [--people 10000] [--rows 100000] [--runs 20]

Makes a library of articles and a folder of people from a seed, and prints a Markdown table: wall
time, user time and peak memory of whole processes, the median of the runs. Goodturn is taken from
target/release.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from book import run
from build import find_goodturn, machine_line, size
from corpus import TOOLS, Dice, make_corpus

GIVEN = ["Ana", "Bo", "Carla", "Dan", "Eva", "Finn", "Gita", "Hugo", "Iris", "Jon", "Kim", "Lea"]
FAMILY = ["Ruiz", "Li", "Smith", "Meyer", "Costa", "Novak", "Okoro", "Tanaka", "Berg", "Silva"]
TRADES = ["Roofing", "Plumbing", "Dental", "Bookkeeping", "Bakery", "Florist", "Law", "Cafe",
          "Landscaping", "Photography", "Printing", "Web Design", "Catering", "Insurance"]
LIKES = ["sailing", "chess", "beekeeping", "choir", "cycling", "pottery", "running", "baking"]
WISHES = ["a bookkeeper", "a web designer", "someone for payroll", "apprentices", "a new roof",
          "an event venue", "help with hiring", "a lawyer for contracts", "printed signs"]


def card(number, dice):
    """The card of one person."""
    given, family = dice.pick(GIVEN), dice.pick(FAMILY)
    lines = ["BEGIN:VCARD", "VERSION:4.0", f"UID:urn:uuid:00000000-0000-4000-8000-{number:012d}",
             f"FN:{given} {family}", f"N:{family};{given};;;", f"EMAIL:p{number}@x{number}.example",
             f"ORG:{family} {dice.pick(TRADES)} {number}",
             f"X-GOODTURN-MET:2026-{number % 11 + 1:02d}-17;Breakfast {number % 60}",
             f"NOTE:Talked about {dice.pick(LIKES)} and the slow season, wants to hire."]
    if number % 3 == 0:
        lines.append(f"X-GOODTURN-NEEDS:{dice.pick(WISHES)}")
    if number % 3 == 1:
        lines.append(f"X-GOODTURN-OFFERS:{dice.pick(WISHES)}")
    if number % 2 == 0:
        lines.append(f"HOBBY:{dice.pick(LIKES)}")
    return "\r\n".join([*lines, "END:VCARD", ""])


def write_library(folder, articles, people, rows):
    """The library with its people, and a table of more of them."""
    library = folder / "goodturn"
    make_corpus(folder, articles, 1, [TOOLS["goodturn"]])
    cards = library / "private/people"
    cards.mkdir(parents=True)
    dice = Dice(2)
    for number in range(people):
        (cards / f"person-{number}.vcf").write_text(card(number, dice), "utf-8", newline="")
    mine = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ann Lee\r\nEMAIL:ann@shelf.example\r\nEND:VCARD\r\n"
    (library / "private/me.vcf").write_text(mine, "utf-8", newline="")
    lines = [f"{dice.pick(GIVEN)} {dice.pick(FAMILY)},row{number}@y.example,"
             f"{dice.pick(TRADES)} {number}" for number in range(rows)]
    (folder / "table.csv").write_text("\n".join(["name,email,company", *lines, ""]), "utf-8")
    return library


def measure(name, command, runs, before=lambda: None):
    """Prints a row of the table."""
    measured = []
    for _ in range(runs):
        before()
        measured.append(run(command))
    wall, user = (statistics.median(each[at] for each in measured) for at in (0, 1))
    memory = max(each[2] for each in measured)
    print(f"| {name} | {wall * 1000:,.0f} ms | {user * 1000:,.0f} ms | {size(memory)} |", flush=True)


def main():
    """Reads the command line and measures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--articles", type=int, default=10_000, metavar="N")
    parser.add_argument("--people", type=int, default=10_000, metavar="N")
    parser.add_argument("--rows", type=int, default=100_000, metavar="N")
    parser.add_argument("--runs", type=int, default=20, metavar="N")
    arguments = parser.parse_args()
    tools = find_goodturn()
    if not tools:
        sys.exit("nothing to measure")
    with tempfile.TemporaryDirectory(prefix="goodturn-bench-") as place:
        folder = Path(place)
        library = write_library(folder, arguments.articles, arguments.people, arguments.rows)
        call = [tools[0].program, "-C", library]
        index = library / ".goodturn/find.index"
        print(f"Machine: {machine_line(folder)}.\n")
        print(f"{arguments.articles:,} articles, {arguments.people:,} people, "
              f"median of {arguments.runs} runs.\n")
        print("| what | wall | user | peak memory |\n| --- | ---: | ---: | ---: |")
        run([*call, "build", "--quiet"])
        few = max(1, arguments.runs // 5)
        forget = lambda: index.unlink(missing_ok=True)
        measure("find, with the index to be made", [*call, "find", "slow", "season"], few, forget)
        measure("find", [*call, "find", "slow", "season"], arguments.runs)
        measure("suggest", [*call, "suggest", "person-77"], arguments.runs)
        measure("suggest --about", [*call, "suggest", "person-77", "--about", "hiring"],
                arguments.runs)
        measure("followup --dry-run", [*call, "followup", "person-77", "--dry-run"],
                arguments.runs)
        measure("due", [*call, "due"], few)
        measure("connect person-77", [*call, "connect", "person-77"], few)
        measure("connect", [*call, "connect"], few)
        measure("people list", [*call, "people", "list"], few)
        table = [*call, "people", "import", folder / "table.csv"]
        measure(f"people import, {arguments.rows:,} rows", table, 1)
        measure("the same again: nothing new", table, 1)


if __name__ == "__main__":
    main()
