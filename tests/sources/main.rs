//! The sources against what they read.

mod cluster;
