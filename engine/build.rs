//! Compiles the crate anew when the embedded policy library changes: `include_dir!` alone does not
//! notice a file that is added or removed.

fn main() {
    println!("cargo::rerun-if-changed=../policies");
}
