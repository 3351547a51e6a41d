#!/usr/bin/env python3
"""Writes one corpus of articles for several site builders, so that their builds can be compared.

    python3 benches/corpus.py DIR [--articles 10000] [--seed 1] [--for goodturn,hugo,zola]

makes DIR/goodturn, DIR/hugo and DIR/zola: the same articles, with what each tool needs around
them. The same seed gives the same bytes. A second run replaces what the first one wrote, and
nothing else.
"""

import argparse
import datetime
import json
import random
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import words

TITLE = "The Goodturn bench library"
DESCRIPTION = "Made-up articles for measuring how fast a library builds."
BASE_URL = "https://library.example/"

FILES_PER_FOLDER = 500
FIRST_DAY = datetime.date(2015, 1, 1)
DAYS = 3650
ID_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"
ID_LENGTH = 5

SENTENCES_IN_POOL = 8000
MARKER = "corpus.json"
TEMPLATES = Path(__file__).resolve().parent / "templates"
SLOT = re.compile(r"\{(\w+)\}")


class Dice:
    """Random choices that are the same for a seed on every version of Python."""

    def __init__(self, seed):
        # Of all that random offers, only random() itself promises never to change.
        self._random = random.Random(seed).random

    def below(self, limit):
        """A whole number from 0 up to, but without, the limit."""
        return int(self._random() * limit)

    def pick(self, items):
        """One of the items."""
        return items[int(self._random() * len(items))]

    def pick_several(self, items, count):
        """Several different items, in the order in which they came up."""
        chosen = []
        while len(chosen) < count:
            item = self.pick(items)
            if item not in chosen:
                chosen.append(item)
        return chosen


@dataclass(slots=True)
class Article:
    """What is known of an article before its text is written."""

    number: int
    title: str
    summary: str
    slug: str
    date: str
    industries: list
    topics: list
    author: str

    @property
    def path(self):
        """Where the article lies, from the folder of all articles."""
        return f"{self.number // FILES_PER_FOLDER:03}/{self.slug}.md"

    @property
    def short_id(self):
        """The five characters of the short address; no two articles share them."""
        limit = len(ID_LETTERS) ** ID_LENGTH
        # The factor has no divisor in common with the limit, so no number comes up twice.
        rest = (self.number * 15_485_863 + 7_654_321) % limit
        letters = ""
        for _ in range(ID_LENGTH):
            rest, letter = divmod(rest, len(ID_LETTERS))
            letters += ID_LETTERS[letter]
        return letters


# Words, sentences, articles


def fill(dice, form):
    """The form with each {slot} replaced by one of its words, and a capital at its start."""
    text = SLOT.sub(lambda slot: dice.pick(words.SLOTS[slot[1]]), form)
    start = next((place for place, letter in enumerate(text) if letter.isalpha()), 0)
    return text[:start] + text[start].upper() + text[start + 1 :]


def all_topics():
    """The 200 topics."""
    return [f"{subject} {aspect}" for subject in words.TOPIC_SUBJECTS
            for aspect in words.TOPIC_ASPECTS]


def slug_of(text):
    """The text as it stands in an address."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower().replace("é", "e")).strip("-")


def plan_articles(dice, count):
    """All articles without their text; no two share a title or a slug."""
    industries, topics, authors = list(words.INDUSTRIES), all_topics(), list(words.AUTHORS)
    times_used = {}
    articles = []
    for number in range(count):
        title = fill(dice, dice.pick(words.TITLE_FORMS))
        times_used[title] = times_used.get(title, 0) + 1
        if times_used[title] > 1:
            title = f"{title} (part {times_used[title]})"
        date = FIRST_DAY + datetime.timedelta(days=dice.below(DAYS))
        articles.append(Article(
            number=number,
            title=title,
            summary=fill(dice, dice.pick(words.SUMMARY_FORMS)),
            slug=slug_of(title),
            date=date.isoformat(),
            industries=dice.pick_several(industries, 1 + dice.below(2)),
            topics=dice.pick_several(topics, 2 + dice.below(3)),
            author=dice.pick(authors),
        ))
    return articles


class Writer:
    """Writes the text of articles out of a pool of ready sentences."""

    def __init__(self, dice, articles):
        self.dice = dice
        self.articles = articles
        forms = words.SENTENCE_FORMS * 8 + words.EMPHASIS_FORMS * 4
        self.sentences = [fill(dice, dice.pick(forms)) for _ in range(SENTENCES_IN_POOL)]
        self.headings = [fill(dice, dice.pick(words.HEADING_FORMS)) for _ in range(1000)]
        self.items = [fill(dice, dice.pick(words.ITEM_FORMS)) for _ in range(2000)]

    def body(self, article):
        """The Markdown of one article (about 600 words) and the article that it links to."""
        dice = self.dice
        linked = dice.pick(self.articles)
        parts = [self.opening(article)]
        sections = 4
        with_list = dice.below(sections)
        with_table = dice.below(sections * 3)
        for section in range(sections):
            parts.append(f"## {dice.pick(self.headings)}")
            parts.append(self.paragraph(3 + dice.below(3)))
            if section == with_list:
                parts.append(self.list())
            if section == with_table:
                parts.append(self.table())
            parts.append(self.paragraph(2 + dice.below(3)))
        if dice.below(3) == 0:
            parts.append(fill(dice, dice.pick(words.CODE_FORMS)))
        parts.append(dice.pick(words.LINK_FORMS).replace("{title}", linked.title))
        return "\n\n".join(parts) + "\n", linked

    def opening(self, article):
        """The first paragraph, which names the trade and the topic."""
        local = self.dice.pick(words.LOCAL_FORMS)
        local = local.replace("{industry}", words.INDUSTRIES[article.industries[0]].lower())
        return f"{local.replace('{topic}', article.topics[0])} {self.paragraph(3)}"

    def paragraph(self, sentences):
        """So many sentences in one line."""
        return " ".join([self.dice.pick(self.sentences) for _ in range(sentences)])

    def list(self):
        """A list of three to five items, numbered or not."""
        marks = "1." if self.dice.below(2) else "-"
        return "\n".join(
            [f"{marks} {self.dice.pick(self.items)}" for _ in range(3 + self.dice.below(3))])

    def table(self):
        """A table with a row for each working day."""
        rows = [f"| {day} | {fill(self.dice, what)} | {time} |"
                for day, what, time in words.TABLE_ROWS]
        return "\n".join(["| Day | What to do | Time |", "| --- | --- | ---: |", *rows])


# What each tool wants to have


def quoted(text):
    """A string that YAML and TOML both read; JSON's are such strings."""
    return json.dumps(text, ensure_ascii=False)


def names_of(slugs):
    """The names of industries, as a list in YAML and TOML."""
    return quoted([words.INDUSTRIES[slug] for slug in slugs])


class Goodturn:
    """A library for Goodturn: one settings file, articles, and no templates of its own."""

    name = "goodturn"

    def front_matter(self, article):
        return (
            f"---\ntitle: {quoted(article.title)}\nsummary: {quoted(article.summary)}\n"
            f"date: {article.date}\nindustries: {quoted(article.industries)}\n"
            f"topics: {quoted(article.topics)}\nauthor: {article.author}\n---\n\n")

    def link_to(self, article):
        return f"../{article.path}"

    def surroundings(self):
        """Each other file, with its text."""
        lines = [f"title: {TITLE}", f"description: {DESCRIPTION}", f"base_url: {BASE_URL}",
                 "paginate: 24", "feed_items: 20", "authors:"]
        for slug, (name, role, bio) in words.AUTHORS.items():
            lines += [f"  {slug}:", f"    name: {name}", f"    role: {quoted(role)}",
                      f"    bio: {quoted(bio)}"]
        yield "goodturn.yaml", "\n".join(lines) + "\n"


class Hugo:
    """A site for Hugo: layouts, and a page for each industry and author."""

    name = "hugo"

    def front_matter(self, article):
        return (
            f"---\ntitle: {quoted(article.title)}\ndescription: {quoted(article.summary)}\n"
            f"date: {article.date}\nindustries: {quoted(article.industries)}\n"
            f"topics: {quoted(article.topics)}\nauthors: [{article.author}]\n"
            f"aliases: [/r/{article.short_id}/]\nshort: {article.short_id}\n---\n\n")

    def link_to(self, article):
        return f"../{article.path}"

    def surroundings(self):
        """Each other file, with its text."""
        settings = (TEMPLATES / "hugo/hugo.yaml").read_text("utf-8")
        yield "hugo.yaml", (
            f"title: {TITLE}\nbaseURL: {BASE_URL}\nparams:\n  description: {DESCRIPTION}\n  related: true\n\n"
            + settings)
        yield "content/articles/_index.md", "---\ntitle: All articles\n---\n"
        for slug, name in words.INDUSTRIES.items():
            yield f"content/industries/{slug}/_index.md", (
                f"---\ntitle: {quoted(name)}\noutputs: [html, atom]\n---\n")
        for slug, (name, role, bio) in words.AUTHORS.items():
            yield f"content/authors/{slug}/_index.md", (
                f"---\ntitle: {name}\nrole: {quoted(role)}\n---\n\n{bio}\n")


class Zola:
    """A site for Zola: templates, and a section for each folder of articles."""

    name = "zola"

    def front_matter(self, article):
        author = quoted(words.AUTHORS[article.author][0])
        return (
            f"+++\ntitle = {quoted(article.title)}\ndescription = {quoted(article.summary)}\n"
            f"date = {article.date}\nauthors = [{author}]\n"
            f'aliases = ["r/{article.short_id}"]\n\n'
            f"[taxonomies]\nindustries = {names_of(article.industries)}\n"
            f"topics = {quoted(article.topics)}\nauthors = [{author}]\n\n"
            f'[extra]\nshort = "{article.short_id}"\n+++\n\n')

    def link_to(self, article):
        return f"@/articles/{article.path}"

    def surroundings(self):
        """Each other file, with its text."""
        settings = (TEMPLATES / "zola/config.toml").read_text("utf-8")
        lines = [f"\n[extra]\nindustries = {names_of(words.INDUSTRIES)}"]
        for name, role, bio in words.AUTHORS.values():
            lines.append(
                f"\n[extra.authors.{quoted(name)}]\nrole = {quoted(role)}\nbio = {quoted(bio)}")
        yield "config.toml", (
            f"title = {quoted(TITLE)}\ndescription = {quoted(DESCRIPTION)}\n"
            f"base_url = {quoted(BASE_URL.rstrip('/'))}\n\n{settings}" + "\n".join(lines) + "\n")
        yield "content/_index.md", '+++\nsort_by = "date"\n+++\n'
        yield "content/articles/_index.md", (
            '+++\ntitle = "All articles"\nsort_by = "date"\npaginate_by = 24\n+++\n')

    def section(self):
        """What each folder of articles needs so that its articles are listed with the others."""
        return "+++\ntransparent = true\nrender = false\n+++\n"


TOOLS = {tool.name: tool for tool in (Goodturn(), Hugo(), Zola())}


# Files


def write(path, text):
    """Writes a text file, with its folder if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


def prepare(folder, tools):
    """Empties what an earlier run wrote; stops when somebody else's files are in the way."""
    in_the_way = [folder / tool.name for tool in tools if (folder / tool.name).exists()]
    if in_the_way and not (folder / MARKER).exists():
        sys.exit(f"corpus: {in_the_way[0]} exists and was not written by this script; "
                 "name another folder, or remove it")
    for old in in_the_way:
        shutil.rmtree(old)
    folder.mkdir(parents=True, exist_ok=True)


def write_surroundings(site, tool):
    """Settings, templates and styles: all that is not an article."""
    if (TEMPLATES / tool.name).is_dir():
        shutil.copytree(TEMPLATES / tool.name, site)
        styles = "assets" if tool.name == "hugo" else "static"
        (site / styles).mkdir()
        shutil.copyfile(TEMPLATES / "style.css", site / styles / "style.css")
    for path, text in tool.surroundings():
        write(site / path, text)


def write_folders(articles_folder, tool, count):
    """The folders that hold the articles."""
    for number in range(0, count, FILES_PER_FOLDER):
        folder = articles_folder / f"{number // FILES_PER_FOLDER:03}"
        folder.mkdir(parents=True)
        if hasattr(tool, "section"):
            write(folder / "_index.md", tool.section())


def make_corpus(folder, count, seed, tools):
    """Writes the whole corpus for each of the tools."""
    dice = Dice(seed)
    articles = plan_articles(dice, count)
    writer = Writer(dice, articles)
    prepare(folder, tools)
    write(folder / MARKER, json.dumps({"articles": count, "seed": seed}) + "\n")
    for tool in tools:
        write_surroundings(folder / tool.name, tool)
        write_folders(folder / tool.name / "content/articles", tool, count)
    places = [(tool, f"{folder / tool.name}/content/articles/") for tool in tools]
    for article in articles:
        body, linked = writer.body(article)
        for tool, place in places:
            text = tool.front_matter(article) + body.replace("@@LINK@@", tool.link_to(linked))
            with open(place + article.path, "wb") as file:
                file.write(text.encode())


def tools_named(text):
    """The tools of a list such as `goodturn,hugo`."""
    names = text.split(",")
    unknown = [name for name in names if name not in TOOLS]
    if unknown:
        raise argparse.ArgumentTypeError(
            f"no tool is called {unknown[0]!r}; there are {', '.join(TOOLS)}")
    return [TOOLS[name] for name in names]


def read_arguments():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", metavar="DIR", type=Path, help="where to write the corpus")
    parser.add_argument("--articles", type=int, default=10_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--for", dest="tools", type=tools_named, default=list(TOOLS.values()),
                        metavar="TOOLS", help="some of goodturn,hugo,zola")
    arguments = parser.parse_args()
    if arguments.articles < 1:
        parser.error("--articles must be at least 1")
    return arguments


def main():
    """Reads the command line and writes the corpus."""
    arguments = read_arguments()
    make_corpus(arguments.folder, arguments.articles, arguments.seed, arguments.tools)


if __name__ == "__main__":
    main()
