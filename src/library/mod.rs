//! (being laid)

pub mod lock;
