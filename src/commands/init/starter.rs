//! What a new library begins with: settings, and first pieces that fit its industries.

use jiff::civil::Date;

use crate::library::slug;
use crate::library::vocabulary::{IndustryId, Vocabulary};
use crate::people::{Card, NewLine};
use crate::yaml;

/// What git has to leave alone.
pub const IGNORED: &[&str] = &["public/", "private/", ".goodturn/"];

/// What somebody of a sector likes to be asked, and a page that helps them.
struct Hint {
    sector: &'static str,
    question: &'static str,
    title: &'static str,
    url: &'static str,
    why: &'static str,
}

/// One for each sector that we know a good page for; the last is for all others.
const HINTS: &[Hint] = &[
    Hint {
        sector: "agriculture",
        question: "Which decision of this season would you like to have back?",
        title: "Programmes for farms, from the US Department of Agriculture",
        url: "https://www.farmers.gov/",
        why: "A grower finds loans, conservation money and the nearest service center in one place.",
    },
    Hint {
        sector: "construction",
        question: "Which weeks of the year are too full, and which are too empty?",
        title: "Safety on small sites, from OSHA",
        url: "https://www.osha.gov/smallbusiness",
        why: "A contractor without a safety officer can ask for a free visit that brings no fine.",
    },
    Hint {
        sector: "manufacturing",
        question: "What do you make by hand that you wish a machine made?",
        title: "Advisers for small manufacturers, from NIST",
        url: "https://www.nist.gov/mep",
        why: "A small manufacturer finds the public adviser of their own state.",
    },
    Hint {
        sector: "retail",
        question: "What do customers ask for that you don't carry?",
        title: "Advertising and reviews, explained by the Federal Trade Commission",
        url: "https://www.ftc.gov/business-guidance",
        why: "A shop owner learns what may be said in advertising, in plain words.",
    },
    Hint {
        sector: "information",
        question: "What would your customers miss first if you were away for a week?",
        title: "Secure Our World, from CISA",
        url: "https://www.cisa.gov/secure-our-world",
        why: "Four habits that keep accounts safe, short enough to pass on to every customer.",
    },
    Hint {
        sector: "professional-services",
        question: "Which question do clients ask too late?",
        title: "Free mentors for small firms, from SCORE",
        url: "https://www.score.org/",
        why: "An owner who decides alone finds somebody with experience to talk to, free of charge.",
    },
    Hint {
        sector: "real-estate",
        question: "What do your clients wish they had known a year before they moved?",
        title: "Buying a house, explained by the Consumer Financial Protection Bureau",
        url: "https://www.consumerfinance.gov/owning-a-home/",
        why: "First-time buyers get a calm explanation that nobody earns a commission on.",
    },
    Hint {
        sector: "health-care",
        question: "What do patients forget between two visits?",
        title: "HIPAA for practices, from the US health department",
        url: "https://www.hhs.gov/hipaa/for-professionals/index.html",
        why: "The manager of a small practice can look up what may be said, and to whom.",
    },
    Hint {
        sector: "accommodation-food",
        question: "Which evening of the week would you like to fill?",
        title: "The Food Code, from the FDA",
        url: "https://www.fda.gov/food/retail-food-protection/fda-food-code",
        why: "The rules behind an inspection, for those who would rather read them before it.",
    },
    Hint {
        sector: "",
        question: "Who are your best customers, and how did they find you?",
        title: "Guides for small businesses, from the SBA",
        url: "https://www.sba.gov/business-guide",
        why: "Plain guides to planning, money and rules for anybody who runs a small business.",
    },
];

/// All that is known of a new library.
pub struct Starter {
    /// What it is called.
    pub title: String,
    /// The owner's name.
    pub name: Option<String>,
    /// The owner's email address.
    pub email: Option<String>,
    /// Where the site will be.
    pub base_url: Option<String>,
    /// Whom it is for.
    pub industries: Vec<IndustryId>,
    /// The industries that the above belong to.
    pub vocabulary: Vocabulary,
    /// The date of the first pieces.
    pub today: Date,
}

impl Starter {
    /// Every file with its path.
    pub fn files(&self) -> Vec<(&'static str, String)> {
        let mut files = vec![
            ("goodturn.yaml", self.settings()),
            ("content/about.md", self.about()),
            ("content/articles/five-questions.md", self.article()),
            ("content/links/a-first-link.md", self.link()),
        ];
        if let Some(email) = &self.email {
            let mut lines = vec![NewLine::text("EMAIL", email)];
            lines.extend(self.name.as_ref().map(|name| NewLine::text("FN", name)));
            files.push(("private/me.vcf", Card::of(&lines).text().to_owned()));
        }
        files
    }

    fn settings(&self) -> String {
        let base_url = match &self.base_url {
            Some(url) => format!("base_url: {}", yaml::scalar(url)),
            None => "# base_url: https://example.org/".to_owned(),
        };
        let industries = match self.industries.is_empty() {
            true => "",
            false => "\n  - { title: Industries, url: /industries/ }",
        };
        format!(
            "# The settings of this library. A line that begins with # says nothing to Goodturn:
# take the # away to use it.

title: {title}
# description: What it is for, in a sentence.

# Where the site will be. Feeds and the short addresses in letters need it.
{base_url}

language: en
# languages:
#   es: {{ title: Mi biblioteca }}

{author}
# The links at the top of every page.
menu:{industries}
  - {{ title: Articles, url: /articles/ }}
  - {{ title: Links, url: /links/ }}
  - {{ title: About, url: about.md }}

# footer: A line at the foot of every page.
",
            title = yaml::scalar(&self.title),
            author = self.author(),
        )
    }

    fn author(&self) -> String {
        let Some(name) = &self.name else {
            return "# Who wrote what names nobody else.
# author: ann
# authors:
#   ann: { name: Ann Example, role: What you do in a few words }
"
            .to_owned();
        };
        let key = match slug(name) {
            key if key.is_empty() => "me".to_owned(),
            key => yaml::scalar(&key),
        };
        format!(
            "# Who wrote what names nobody else.
author: {key}
authors:
  {key}:
    name: {name}
    # role: What you do, in a few words
    # bio: A few sentences about you.
",
            name = yaml::scalar(name)
        )
    }

    fn about(&self) -> String {
        let who = match &self.name {
            Some(name) => format!(" by {}", as_markdown(name)),
            None => String::new(),
        };
        format!(
            "---
title: About
page: true
---

This library is kept{who}. Everything in it is free to read and free to pass on.

It holds articles, books, links and files that were useful to somebody once and may be to you. {whom}If you miss something, say so: the next piece is often written because somebody asked.
",
            whom = match self.names().as_slice() {
                [] => String::new(),
                names => format!("Much of it is for these trades: {}. ", names.join(", ")),
            }
        )
    }

    fn article(&self) -> String {
        let mut questions: Vec<&str> = Vec::new();
        for hint in self.hints() {
            if !questions.contains(&hint.question) {
                questions.push(hint.question);
            }
        }
        let questions: Vec<String> = questions
            .iter()
            .take(5)
            .map(|question| format!("- {question}\n"))
            .collect();
        format!(
            "---
title: Five questions to ask before you offer anything
summary: What to ask somebody you have just met, so that what you send them afterwards is of use.
date: {date}
{industries}
topics: [listening, follow-up]
---

Most follow-ups fail because they answer a question that nobody asked. Ask first, write the answers down on the same day, and send one thing that fits.

1. What are you working on this month?
2. What takes more time than it should?
3. What have you tried already?
4. Whom do you wish you knew?
5. If I come across something that helps, how would you like to get it?

The third question matters most: it keeps you from recommending what has already failed them.

## Then one about their trade

{questions}
## The same evening

Write three lines for each person: what they are working on, what they have tried, what you promised. Look for one piece in this library that fits, and send that one with a sentence on why you thought of them. If nothing fits, send nothing yet. You have just found out what to write next.
",
            date = self.today,
            industries = self.industries_line(&self.industries),
            questions = questions.concat(),
        )
    }

    fn link(&self) -> String {
        let hints = self.hints();
        // The industries of the hint's own sector; a hint for all is for all of them.
        let (hint, inside) = match (hints.first(), self.industries.first()) {
            (Some(hint), Some(first)) if !hint.sector.is_empty() => {
                let sector = self.vocabulary.sector_of(*first);
                let all = self.industries.iter().copied();
                let inside = all.filter(|id| self.vocabulary.contains(sector, *id));
                (*hint, inside.collect())
            }
            (Some(hint), _) => (*hint, self.industries.clone()),
            (None, _) => return String::new(),
        };
        format!(
            "---
title: {title}
link: {url}
why: {why}
date: {date}
{industries}
---
",
            title = yaml::scalar(hint.title),
            url = yaml::scalar(hint.url),
            why = yaml::scalar(hint.why),
            date = self.today,
            industries = self.industries_line(&inside),
        )
    }

    /// The hint of each industry's sector, in the order in which they were named.
    fn hints(&self) -> Vec<&'static Hint> {
        let find = |sector: &str| HINTS.iter().find(|hint| hint.sector == sector);
        let of = |id: &IndustryId| {
            let sector = self.vocabulary.sector_of(*id);
            find(&self.vocabulary.get(sector).slug).or_else(|| find(""))
        };
        match self.industries.is_empty() {
            true => find("").into_iter().collect(),
            false => self.industries.iter().filter_map(of).collect(),
        }
    }

    fn industries_line(&self, ids: &[IndustryId]) -> String {
        let slugs = ids.iter().map(|id| self.vocabulary.get(*id).slug.as_str());
        match ids.is_empty() {
            true => "general: true".to_owned(),
            false => format!("industries: {}", yaml::list(slugs)),
        }
    }

    fn names(&self) -> Vec<&str> {
        let ids = self.industries.iter();
        ids.map(|id| self.vocabulary.get(*id).name.as_str())
            .collect()
    }
}

/// Text that Markdown, raw HTML and blocks leave as it is: every mark is escaped.
fn as_markdown(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '{' => escaped.push_str("&#123;"),
            c if c.is_ascii_punctuation() && !matches!(c, '.' | ',' | '\'' | '-') => {
                escaped.extend(['\\', c]);
            }
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hint_is_for_a_sector() {
        let vocabulary = Vocabulary::builtin();
        for hint in HINTS.iter().filter(|hint| !hint.sector.is_empty()) {
            let id = vocabulary.by_slug(hint.sector).expect(hint.sector);
            assert_eq!(vocabulary.sector_of(id), id);
        }
    }
}
