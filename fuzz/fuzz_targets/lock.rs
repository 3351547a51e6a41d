//! Any lock is read or refused; one that is read is written as it can be read again.
#![no_main]

use goodturn::library::lock::Lock;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(lock) = Lock::parse(text) {
        assert!(Lock::parse(&lock.to_string()).is_ok_and(|again| again == lock));
    }
});
