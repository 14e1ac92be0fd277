//! Sources: all of rollgate's input and output.
//!
//! Owns reading files, directories and standard input under limits. Must not interpret what it reads.
