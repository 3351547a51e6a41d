//! Any file of cards or any table is read or refused, and each person in it is a card again.
#![no_main]

use goodturn::people::{Card, import};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(batch) = import::read("fuzz", bytes.to_vec(), || ()) {
        for person in &batch.people {
            assert!(Card::parse(person.card().text().to_owned()).is_ok());
        }
    }
});
