//! Builders of real bytes for rollgate's tests.
//!
//! Knows no rollgate crate, so that a parser's bug cannot hide in its own fixture.
