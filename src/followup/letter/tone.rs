//! Whether a letter serves: it offers nothing for sale, speaks more of the reader than of the
//! writer, and is short.

use super::Letter;
use crate::language;

/// The most words of a letter that is read to its end.
const MOST_WORDS: usize = 150;

/// The words of a language that matter here.
struct Words {
    /// Words that sell, in lower case.
    selling: &'static [&'static str],
    /// Words for the writer.
    writer: &'static [&'static str],
    /// Words for the reader.
    reader: &'static [&'static str],
}

/// What is said of a letter's tone, one sentence each; nothing where all is well.
pub fn remarks(letter: &Letter) -> Vec<String> {
    let text = spoken(&letter.text);
    let lower = format!("{} {}", letter.subject, text).to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| !word.is_empty())
        .collect();
    let mut remarks = Vec::new();
    if let Some(known) = known(&letter.lang) {
        let spaced = format!(" {} ", words.join(" "));
        let said = known
            .selling
            .iter()
            .filter(|said| spaced.contains(&format!(" {said} ")));
        let said: Vec<String> = said.map(|said| format!("`{said}`")).collect();
        if !said.is_empty() {
            remarks.push(format!("it sells: {}", said.join(", ")));
        }
        let count = |list: &[&str]| words.iter().filter(|word| list.contains(word)).count();
        let (writer, reader) = (count(known.writer), count(known.reader));
        if writer > reader {
            remarks.push(format!(
                "it speaks more of you than of them: {writer} times of you, {reader} times of them"
            ));
        }
    }
    let length = text.split_whitespace().count();
    if length > MOST_WORDS {
        remarks.push(format!(
            "it has {length} words: few people read more than {MOST_WORDS}"
        ));
    }
    remarks
}

/// The text without its addresses.
fn spoken(text: &str) -> String {
    let is_said = |word: &&str| !word.contains("://");
    text.split_whitespace()
        .filter(is_said)
        .collect::<Vec<_>>()
        .join(" ")
}

fn known(lang: &str) -> Option<&'static Words> {
    Some(match language::base(lang) {
        "en" => &Words {
            selling: &[
                "our services",
                "our products",
                "our solution",
                "our solutions",
                "special offer",
                "limited time",
                "discount",
                "buy now",
                "act now",
                "free trial",
                "free consultation",
                "sales",
                "book a call",
                "schedule a call",
                "hop on a call",
                "quick call",
                "demo",
                "pricing",
                "best price",
                "no obligation",
                "industry-leading",
                "roi",
                "touch base",
            ],
            writer: &["i", "me", "my", "mine", "we", "us", "our", "ours"],
            reader: &["you", "your", "yours"],
        },
        "es" => &Words {
            selling: &[
                "nuestros servicios",
                "nuestros productos",
                "oferta",
                "descuento",
                "compra",
                "demo",
                "prueba gratuita",
                "sin compromiso",
            ],
            writer: &[
                "yo", "me", "mi", "mis", "nosotros", "nos", "nuestro", "nuestra", "nuestros",
                "nuestras",
            ],
            // The formal forms first: the built-in letters use them.
            reader: &[
                "usted",
                "ustedes",
                "su",
                "sus",
                "le",
                "les",
                "suyo",
                "suya",
                "serle",
                "serles",
                "tú",
                "te",
                "ti",
                "tu",
                "tus",
                "contigo",
                "conocerte",
                "vosotros",
                "vosotras",
                "os",
                "vuestro",
                "vuestra",
                "vuestros",
                "vuestras",
            ],
        },
        "fr" => &Words {
            selling: &[
                "nos services",
                "nos produits",
                "offre spéciale",
                "promotion",
                "remise",
                "démo",
                "essai gratuit",
                "sans engagement",
            ],
            writer: &[
                "je", "j", "me", "m", "moi", "mon", "ma", "mes", "nous", "notre", "nos",
            ],
            reader: &[
                "vous", "votre", "vos", "vôtre", "tu", "te", "t", "toi", "ton", "ta", "tes",
            ],
        },
        "de" => &Words {
            selling: &[
                "unsere leistungen",
                "unsere produkte",
                "sonderangebot",
                "rabatt",
                "jetzt kaufen",
                "demo",
                "unverbindlich",
                "gratis testen",
            ],
            writer: &[
                "ich", "mich", "mir", "mein", "meine", "meinem", "meinen", "meiner", "wir", "uns",
                "unser", "unsere", "unserem", "unseren", "unserer",
            ],
            reader: &[
                "sie", "ihnen", "ihr", "ihre", "ihren", "ihrem", "ihrer", "ihres", "du", "dich",
                "dir", "dein", "deine", "deinem", "deinen", "deiner", "euch", "euer", "eure",
            ],
        },
        "pt" => &Words {
            selling: &[
                "nossos serviços",
                "nossos produtos",
                "oferta",
                "desconto",
                "compre",
                "demonstração",
                "teste grátis",
                "sem compromisso",
            ],
            writer: &[
                "eu", "me", "meu", "minha", "nós", "nos", "nosso", "nossa", "nossos", "nossas",
            ],
            reader: &[
                "você", "vocês", "senhor", "senhora", "seu", "sua", "seus", "suas", "lhe", "lhes",
                "si", "consigo", "tu", "te", "ti", "teu", "tua", "teus", "tuas", "contigo", "vos",
                "vosso", "vossa",
            ],
        },
        _ => return None,
    })
}
