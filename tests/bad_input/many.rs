//! Many errors: all of them, sorted by file.

use crate::Library;

#[test]
fn five_hundred_files_each_wrong() {
    let library = Library::new();
    for number in 0..500 {
        let text = match number % 4 {
            0 => "---\ntitle: [\n---\n",
            1 => "# A\n\n[x](nowhere.md)\n",
            2 => "---\ntitle: A\nindustries: [plumbling]\n---\n",
            _ => "# A\n\n{{ nothing() }}\n",
        };
        library.put(&format!("content/{number:03}.md"), text);
    }
    let told = library.build().refused();
    let places: Vec<&str> = told
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("--> "))
        .collect();
    assert_eq!(places.len(), 500);
    assert!(places.is_sorted());
    assert!(told.ends_with("\n500 errors"), "{told}");
    assert!(!library.path("public").exists());
}
