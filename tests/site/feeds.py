#!/usr/bin/env python3
"""Checks what other programs read: feeds, sitemap, resources.json.

    feeds.py URL SITE           (served.py fills them in)
"""

import json
import re
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import jsonschema

URL, SITE = sys.argv[1], Path(sys.argv[2])
SCHEMA = Path(__file__).resolve().parents[2] / "docs/resources.schema.json"
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
RELATIVE = re.compile(r"""\s(?:href|src)=["'](?![a-z][a-z0-9+.-]*:)[^"']*""", re.IGNORECASE)

problems = []


def expect(holds, path, told):
    if not holds:
        problems.append(f"{path.relative_to(SITE)}: {told}")


def is_absolute(address):
    parts = urlsplit(address or "")
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def answers(address):
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status == 200 and len(answer.read()) > 0
    except OSError:
        return False


def check_atom(path):
    parsed = feedparser.parse(path.read_bytes())
    expect(parsed.bozo == 0, path, f"feedparser: {parsed.get('bozo_exception')}")
    feed = ElementTree.parse(path).getroot()
    entries = feed.findall(f"{ATOM}entry")
    expect(len(entries) > 0, path, "no entries")
    ids = [element.findtext(f"{ATOM}id") for element in [feed, *entries]]
    expect(len(set(ids)) == len(ids), path, "an id stands twice")
    feed_has_author = feed.find(f"{ATOM}author/{ATOM}name") is not None
    own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    expect(own == [URL + path.relative_to(SITE).as_posix()], path, f"it calls itself {own}")
    for element in [feed, *entries]:
        name = element.findtext(f"{ATOM}id")
        expect(is_absolute(name), path, f"the id {name} is not absolute")
        expect(element.findtext(f"{ATOM}title"), path, f"{name} has no title")
        for key in ("updated", "published"):
            date = element.findtext(f"{ATOM}{key}")
            is_missing = date is None and key == "published"
            expect(is_missing or RFC3339.fullmatch(date or ""), path, f"{name}: {key} is {date}")
        author = element.find(f"{ATOM}author/{ATOM}name")
        expect(feed_has_author or author is not None, path, f"{name} has no author")
        alternates = []
        for link in element.findall(f"{ATOM}link"):
            expect(is_absolute(link.get("href")), path, f"{name}: {link.get('href')} is not absolute")
            if link.get("rel", "alternate") == "alternate":
                alternates.append((link.get("type"), link.get("hreflang")))
        expect(len(alternates) == len(set(alternates)), path, f"{name}: two alternates of one type")
        content = element.find(f"{ATOM}content")
        expect(content is not None or alternates, path, f"{name} has neither content nor alternate")
        if content is not None:
            relative = RELATIVE.findall(content.text or "")
            expect(not relative, path, f"{name}: relative addresses {relative}")


def check_json_feed(path):
    feed = json.loads(path.read_text("utf-8"))
    expect(feed.get("version") == "https://jsonfeed.org/version/1.1", path, "not version 1.1")
    expect(isinstance(feed.get("title"), str) and feed["title"], path, "no title")
    for key in ("home_page_url", "feed_url"):
        expect(is_absolute(feed.get(key)), path, f"{key} is not absolute")
    expect(feed.get("feed_url") == URL + path.relative_to(SITE).as_posix(), path, "feed_url is another")
    items = feed.get("items")
    expect(isinstance(items, list) and items, path, "no items")
    ids = [item.get("id") for item in items or []]
    expect(len(set(ids)) == len(ids), path, "an id stands twice")
    for item in items or []:
        name = item.get("id")
        expect(isinstance(name, str) and name, path, "an item without an id")
        expect("content_html" in item or "content_text" in item, path, f"{name} has no content")
        for key in ("url", "external_url", "image", "banner_image"):
            expect(key not in item or is_absolute(item[key]), path, f"{name}: {key} is not absolute")
        for key in ("date_published", "date_modified"):
            expect(key not in item or RFC3339.fullmatch(item[key]), path, f"{name}: {key} is no date")
        for author in item.get("authors", []):
            expect({"name", "url", "avatar"} & set(author), path, f"{name}: an empty author")
        expect(all(isinstance(tag, str) for tag in item.get("tags", [])), path, f"{name}: tags")
        relative = RELATIVE.findall(item.get("content_html", ""))
        expect(not relative, path, f"{name}: relative addresses {relative}")


def check_sitemap(path):
    """The limits of sitemaps.org: 50,000 addresses, 50 MB, 2,047 characters an address."""
    expect(path.stat().st_size <= 50 * 1024 * 1024, path, "over 50 MB")
    root = ElementTree.parse(path).getroot()
    expect(root.tag in (f"{MAP}urlset", f"{MAP}sitemapindex"), path, f"the root is {root.tag}")
    addresses = [loc.text for loc in root.iter(f"{MAP}loc")]
    expect(0 < len(addresses) <= 50_000, path, f"{len(addresses)} addresses")
    expect(len(set(addresses)) == len(addresses), path, "an address stands twice")
    for address in addresses:
        expect(address.startswith(URL) and len(address) < 2048, path, f"{address} is not of this site")
        expect(answers(address), path, f"{address} does not answer")
    for date in root.iter(f"{MAP}lastmod"):
        expect(re.fullmatch(r"\d{4}-\d\d-\d\d", date.text or ""), path, f"{date.text} is no date")


def check_resources(path):
    schema = json.loads(SCHEMA.read_text("utf-8"))
    checker = jsonschema.Draft202012Validator
    checker.check_schema(schema)
    listed = json.loads(path.read_text("utf-8"))
    for error in checker(schema, format_checker=checker.FORMAT_CHECKER).iter_errors(listed):
        expect(False, path, f"{error.json_path}: {error.message}")
    ids = [resource["id"] for resource in listed["resources"]]
    expect(len(set(ids)) == len(ids), path, "an id stands twice")
    for resource in listed["resources"]:
        for address in (resource["url"], resource["short_url"], resource.get("file", {}).get("url")):
            expect(address is None or answers(address), path, f"{address} does not answer")


checks = [
    ("feed.xml", check_atom),
    ("feed.json", check_json_feed),
    ("sitemap*.xml", check_sitemap),
    ("resources.json", check_resources),
]
for pattern, check in checks:
    found = sorted(SITE.rglob(pattern))
    if not found:
        problems.append(f"the site has no {pattern}")
    for path in found:
        check(path)
    print(f"{pattern}: {len(found)} checked")
for problem in problems:
    print(problem, file=sys.stderr)
sys.exit(1 if problems else 0)
