//! The shapes that covers are drawn with.

use std::fmt::Write as _;

use super::{HEIGHT, Sheet, WIDTH};

impl Sheet<'_> {
    pub(super) fn rect(&mut self, x: f32, y: f32, width: f32, height: f32, colour: &str) {
        let _ = write!(
            self.out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{colour}\"/>"
        );
    }

    pub(super) fn circle(&mut self, x: f32, y: f32, radius: f32, colour: &str) {
        let _ = write!(
            self.out,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{colour}\"/>"
        );
    }

    pub(super) fn path(&mut self, d: &str, colour: &str) {
        let _ = write!(self.out, "<path d=\"{d}\" fill=\"{colour}\"/>");
    }

    pub(super) fn ground(&mut self, colour: &str) {
        self.rect(0.0, 0.0, WIDTH, HEIGHT, colour);
    }
}
