"""The words that the corpus is made of: trades, topics, authors, titles and sentences.

Everything here is data, in our own words. `corpus.py` draws from it with a seeded dice, so that
the same seed gives the same articles on every machine.
"""

from typing import NamedTuple

# Slugs of the built-in vocabulary (src/library/vocabulary.yaml) with their names there.
INDUSTRIES = {
    "accounting": "Accounting firm",
    "architecture": "Architecture",
    "auto-repair": "Auto repair",
    "bookkeeping": "Bookkeeping",
    "brewery": "Brewery",
    "cafe": "Café",
    "catering": "Catering",
    "chiropractic": "Chiropractic",
    "civil-engineering": "Civil and structural engineering",
    "coaching": "Coaching",
    "consulting": "Business consulting",
    "day-care": "Day care and preschool",
    "dental-practice": "Dental practice",
    "electrical": "Electrical contractor",
    "event-planning": "Event planning",
    "fitness": "Gym and fitness",
    "hair-salon": "Hair salon",
    "hotel": "Hotel and motel",
    "hvac": "Heating and air conditioning",
    "insurance-agency": "Insurance agency",
    "interior-design": "Interior design",
    "it-services": "IT services",
    "landscaping": "Landscaping and lawn care",
    "law-firm": "Law firm",
    "machine-shop": "Machine shop",
    "marketing-agency": "Marketing agency",
    "nonprofit": "Nonprofit",
    "online-shop": "Online shop",
    "photography": "Photography",
    "plumbing": "Plumbing",
    "printing": "Printing",
    "property-management": "Property management",
    "public-transit": "Public transit",
    "real-estate-agency": "Real estate agency",
    "recruiting": "Recruiting",
    "restaurant": "Restaurant",
    "roofing": "Roofing",
    "trucking": "Trucking",
    "veterinary": "Veterinary practice",
    "web-design": "Web design",
}

TOPIC_SUBJECTS = [
    "hiring", "pricing", "scheduling", "invoicing", "follow-up", "introduction", "training",
    "safety", "insurance", "bookkeeping", "review", "partnership", "equipment", "newsletter",
    "referral", "complaint", "apprenticeship", "budgeting", "supplier", "meeting",
]
TOPIC_ASPECTS = [
    "basics", "costs", "mistakes", "checklists", "tools", "stories", "questions", "templates",
    "for beginners", "in slow months",
]


class Author(NamedTuple):
    """Somebody who writes, with a biography in Markdown."""

    name: str
    role: str
    bio: str


AUTHORS = {
    "ines-calloway": Author(
        name="Ines Calloway",
        role="Advises family firms",
        bio="Ines ran a paint shop for eleven years and now helps **owners of small firms** to "
        "hand over the parts of the work that keep them up at night.",
    ),
    "bram-osei": Author(
        name="Bram Osei",
        role="Trains service crews",
        bio="Bram has trained crews in three trades. He writes down what works on a wet Tuesday, "
        "and leaves out what only works on paper.",
    ),
    "tove-marchetti": Author(
        name="Tove Marchetti",
        role="Keeps books for sixty shops",
        bio="Tove looks after the accounts of sixty shops and believes that *most money trouble "
        "is calendar trouble*.",
    ),
    "rafael-lindgren": Author(
        name="Rafael Lindgren",
        role="Chairs a traders' association",
        bio="Rafael brings neighbours in business together every second Thursday, with coffee "
        "and without speeches.",
    ),
    "june-abara": Author(
        name="June Abara",
        role="Writes for owners who hate writing",
        bio="June turns what people say over the counter into pages that their customers finish "
        "reading.",
    ),
}

TITLE_FORMS = [
    "{doing} {thing} {when}",
    "A plain guide to {doing} {thing} {when}",
    "What {people} taught us about {doing} {thing}",
    "{number} ways of {doing} {thing} {when}",
    "Before you start {doing} {thing}: {angle}",
    "{doing} {thing}, {angle}",
]

SUMMARY_FORMS = [
    "How {people} go about {doing} {thing} {when}, and why it {gain}.",
    "{angle}: what to do about {thing} when {trouble}.",
    "A short look at {doing} {thing}, for anybody whose day goes wrong because {trouble}.",
    "Written after {people} asked why {trouble}. It starts with {thing} and ends with a list.",
]

HEADING_FORMS = [
    "Start with {thing}", "When {trouble}", "What {people} did", "{doing} {thing}",
    "The trouble with {thing}", "A note on {thing}", "How it looks {when}", "Why it works",
    "What to write down", "Who should do it", "The first ten minutes", "If you have no time",
]

SENTENCE_FORMS = [
    "Most people begin by {doing} {thing}, and only later notice that {trouble}.",
    "If you ask {people} what they would change, they point at {thing} first.",
    "There is no shame in {doing} {thing} {when}; it {gain}.",
    "Keep {thing} where everybody can see it, and say out loud when {trouble}.",
    "The owner of a shop with {number} people told us that {doing} {thing} {gain}.",
    "We tried it for {number} weeks, and {thing} stopped being a surprise.",
    "It helps to set aside twenty minutes {when} for {doing} {thing}.",
    "Nobody minds a late answer half as much as they mind hearing nothing about {thing}.",
    "Write down who called, what they hoped for, and what you promised {when}.",
    "A good habit is {doing} {thing} before the phone starts to ring.",
    "You can tell that something is off when {trouble} and no one says a word.",
    "{people} rarely agree about {thing}, yet they all start by listening.",
    "That sounds like more work, but it {gain} within about {number} weeks.",
    "The simplest version is a sheet of paper with {number} lines on it.",
    "Take the last {number} jobs, lay them side by side, and look at {thing}.",
    "What looks like a money problem is often a matter of {doing} {thing} too late.",
    "Where {trouble}, the answer is seldom another tool.",
    "Ask one question more than feels polite: you will hear about {thing} soon enough.",
    "It's easy to forget {thing} {when}, so put it on the wall.",
    "She didn't mention {thing} at all; she asked how the week had been.",
    "Somebody has to own {thing}, with a name and a day next to it.",
    "By the time {trouble}, the customer has already told {number} friends.",
    "Done well, {doing} {thing} takes less time than apologising for it.",
    "Begin small: {doing} {thing} once, {when}, is enough to learn from.",
    "In our experience it {gain}, provided that {people} hear of it in advance.",
    "Not every week allows for {doing} {thing}, and that is fine.",
    "Then stop, have a coffee, and read what you wrote about {thing} as a stranger would.",
    "\"We never had time for that,\" one of {people} said, \"until {trouble}.\"",
    "Compare notes with a neighbour in another trade; you will meet {thing} there as well.",
    "Leave the clever part out and keep the part that {gain}.",
]

EMPHASIS_FORMS = [
    "The point is **not to hurry**: {doing} {thing} {gain} all by itself.",
    "Say *why* you are {doing} {thing}, and to whom it matters.",
    "**Never** leave {thing} for the last day.",
    "What counts is *the second call*, the one {when}.",
    "Do it **with** {people}, not for them.",
]

CODE_FORMS = [
    "We keep it in a file called `{file}`, which anybody may open.",
    "Name the sheet `{file}` and it will sort itself.",
    "In the calendar it says `{code}`, and everybody knows what that means.",
    "The subject line is always `{code}`, so that it can be found again.",
]

# The link to another article stands where @@LINK@@ is: each tool writes it in its own way.
LINK_FORMS = [
    "There is more about this in [{title}](@@LINK@@), which goes through it step by step.",
    "If that sounds familiar, read [{title}](@@LINK@@) next.",
    "We said something similar in [{title}](@@LINK@@) and would still stand by it.",
]

LOCAL_FORMS = [
    "This one is for the {industry} trade, where a day can be won or lost by {topic}.",
    "Anybody who has been in the {industry} trade knows how an afternoon goes to {topic}.",
    "Friends in the {industry} trade ask us about {topic} more often than about anything else.",
]

ITEM_FORMS = [
    "{doing} {thing} {when}", "a list of {thing}", "one person who answers when {trouble}",
    "twenty minutes {when}", "a word with {people}", "{number} examples of {thing}",
    "a way of {doing} {thing} that {gain}",
]

TABLE_ROWS = [
    ("Monday", "Look at {thing}", "15 min"),
    ("Tuesday", "Call {people}", "30 min"),
    ("Wednesday", "Go on {doing} {thing}", "20 min"),
    ("Thursday", "Ask about {thing}", "10 min"),
    ("Friday", "Note whether {trouble}", "5 min"),
]

SLOTS = {
    "doing": [
        "sorting", "explaining", "pricing", "planning", "reviewing", "sharing", "tracking",
        "simplifying", "discussing", "preparing", "checking", "comparing", "questioning",
        "writing down", "handing over", "putting off", "cleaning up", "measuring", "teaching",
        "budgeting for", "asking about", "listening for", "cutting back on", "keeping up",
    ],
    "thing": [
        "late invoices", "the first visit", "small promises", "spare parts", "the waiting list",
        "quiet customers", "weekend work", "the morning meeting", "handwritten notes",
        "missed calls", "old quotes", "the busy season", "deposits", "thank-you cards",
        "cancelled jobs", "the price list", "job photos", "the van", "new starters", "warranties",
        "the front desk", "repeat visits", "questions from strangers", "the shared calendar",
        "small repairs", "permits", "the year-end rush", "paper forms", "voicemail",
        "friendly introductions", "the back room", "opening hours", "borrowed tools",
        "difficult letters", "the second quote", "neighbourhood events", "training days",
        "travel time", "leftover stock", "the to-do list",
    ],
    "when": [
        "in a slow month", "before lunch", "on a Friday afternoon", "at the end of a job",
        "during the first week", "after the holidays", "while the kettle boils",
        "ahead of the season", "in the middle of a move", "between two visits",
        "when the phone is quiet", "once a quarter", "right after payday", "on the way home",
        "in front of the team", "with a new partner", "over coffee", "at a trade fair",
        "without a computer", "on a small budget",
    ],
    "people": [
        "two plumbers", "retired bookkeepers", "our neighbours", "the night shift",
        "three café owners", "apprentices", "long-time clients", "busy receptionists",
        "the people at the counter", "volunteers", "school bus drivers", "local builders",
        "first-time managers", "the accountants next door", "part-time staff", "two sisters",
    ],
    "number": ["three", "four", "five", "six", "seven", "eight", "nine", "ten"],
    "angle": [
        "what we got wrong", "a calm approach", "the short version", "one page at a time",
        "notes from the counter", "a view from the van", "lessons from a bad week",
        "questions worth asking", "with less paper", "and what it costs",
    ],
    "trouble": [
        "two people answer the same message", "the calendar is wrong", "nobody knows the price",
        "the part has not arrived", "a quote gets lost", "the client hears it from someone else",
        "the team stops asking", "everything is urgent", "the numbers come too late",
        "a promise slips", "the office is empty", "no one has the key",
    ],
    "gain": [
        "saves an hour a day", "keeps people calm", "brings customers back",
        "makes the next job easier", "costs nothing", "pays for itself", "builds trust",
        "shows who needs help", "keeps the books honest", "spares everyone a phone call",
    ],
    "file": ["jobs-2024.csv", "calls.txt", "visits-by-street.xlsx", "first-visit.md"],
    "code": ["FOLLOW-UP: name, day", "quote #", "visit +14d", "call back < 24h"],
}
