use super::*;

fn read(text: &str) -> (FrontMatter, Vec<String>) {
    let split = split(text);
    let mut problems = Vec::new();
    let head = split.head.expect("a head");
    let front = parse("a.md", text, &head, false, &mut problems).expect("valid");
    (front, problems.into_iter().map(|p| p.message).collect())
}

#[test]
fn keys_of_other_generators_are_understood() {
    let (front, problems) = read(
        "---\ndescription: S\nlastmod: 2024-03-09\ntags: [a, b]\nauthor: {name: Ann}\n\
         redirect_from: /old/\ncover: {image: c.png, alt: x}\norder: 3\nlayout: post\n---\n",
    );
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(front.summary.as_deref(), Some("S"));
    assert_eq!(
        front.updated.map(|m| m.to_string()).as_deref(),
        Some("2024-03-09")
    );
    assert_eq!(front.topics.len(), 2);
    assert_eq!(front.authors[0].text, "Ann");
    assert_eq!(front.aliases[0].text, "/old/");
    assert_eq!(front.image.map(|word| word.text).as_deref(), Some("c.png"));
    assert_eq!(front.weight, Some(3));
    assert_eq!(front.extra["layout"], "post");
}

#[test]
fn the_first_name_of_a_key_wins() {
    let (front, _) = read("---\ndescription: D\nsummary: S\n---\n");
    assert_eq!(front.summary.as_deref(), Some("S"));
    assert_eq!(front.extra["description"], "D");
}

#[test]
fn toml_is_read_as_well() {
    let text = "+++\ntitle = \"T\"\ndate = 2024-03-09\n[taxonomies]\ntags = [\"a\"]\n[extra]\nx = 1\n+++\nBody";
    let (front, problems) = read(text);
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(front.title.as_deref(), Some("T"));
    assert_eq!(
        front.date.map(|m| m.to_string()).as_deref(),
        Some("2024-03-09")
    );
    assert_eq!(&text[front.topics[0].span.clone()], "\"a\"");
    assert_eq!(front.extra["x"], 1);
}

#[test]
fn a_near_miss_is_told_and_a_stranger_is_kept() {
    let (front, problems) = read("---\nindustres: [hvac]\ncolour: red\n---\n");
    assert_eq!(problems, ["`industres` is no key that Goodturn knows"]);
    assert_eq!(front.extra["colour"], "red");
}

#[test]
fn a_wrong_value_leaves_the_others() {
    let (front, problems) = read("---\ntitle: T\ndate: 2024-02-30\ndraft: maybe\n---\n");
    assert_eq!(front.title.as_deref(), Some("T"));
    assert_eq!(
        problems,
        [
            "there is no day 30 in February 2024: it has 29 days",
            "expected true or false, found text"
        ]
    );
}

#[test]
fn a_rule_at_the_top_is_no_head() {
    assert!(split("---\nnever closed\n").head.is_none());
    assert_eq!(split("\u{feff}---\r\na: 1\r\n---\r\nx").body, "x");
}
