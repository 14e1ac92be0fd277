//! Kernel arguments of the image: `/usr/lib/bootc/kargs.d/*.toml`.
//!
//! Owns their schema, outside of which bootc takes nothing (bootc `crates/lib/src/bootc_kargs.rs`).
//! `kargs = ["nosmt"]\nmatch-architectures = ["x86_64"]` → `nosmt` on `x86_64`.

use rollgate_facts::{FileKind, ImageProblem, ImageProblemKind, Text};
use serde::Deserialize;
use toml::Spanned;

use super::reader::Reader;

/// One file, as bootc reads it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Arguments {
    kargs: Vec<Spanned<String>>,
    match_architectures: Option<Vec<String>>,
}

/// The arguments for an architecture as Rust names it, in the order of the files; and the files that
/// bootc refuses.
pub(super) fn kernel_arguments(
    reader: &mut Reader<'_>,
    architecture: &str,
) -> (Vec<Text>, Vec<ImageProblem>) {
    let (mut arguments, mut problems) = (Vec::new(), Vec::new());
    let files = reader.children("/usr/lib/bootc/kargs.d");
    for entry in files.filter(|it| it.kind != FileKind::Directory && it.path.ends_with(".toml")) {
        let Some(file) = reader.text(&entry.path) else { continue };
        match toml::from_str::<Arguments>(&file.text) {
            Ok(read) => {
                let meant = read
                    .match_architectures
                    .is_none_or(|meant| meant.iter().any(|name| name == architecture));
                let here = read.kargs.into_iter().filter(|_| meant);
                arguments.extend(here.map(|argument| {
                    let at = file.at.line(line(&file.text, argument.span().start));
                    Text::new(at, argument.into_inner())
                }));
            }
            Err(error) => {
                let at = error.span().map_or_else(
                    || file.at.clone(),
                    |span| file.at.line(line(&file.text, span.start)),
                );
                let reason = error.message().lines().next().unwrap_or_default();
                let text = format!("bootc refuses the kernel arguments of the file: {reason}");
                problems.push(ImageProblem { kind: ImageProblemKind::InvalidFile, at, text });
            }
        }
    }
    (arguments, problems)
}

fn line(text: &str, offset: usize) -> usize {
    let before = text.as_bytes().get(..offset).unwrap_or_default();
    before.split(|byte| *byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use rollgate_facts::Locator;

    use super::kernel_arguments;
    use crate::extract::image::facts::reader::Reader;
    use crate::extract::image::facts::sample::Sample;

    #[test]
    fn arguments_are_those_of_the_architecture() {
        let tree = Sample::new()
            .file(
                "/usr/lib/bootc/kargs.d/00-a.toml",
                "kargs = [\n \"nosmt\",\n \"quiet\"]\nmatch-architectures = [\"x86_64\"]\n",
            )
            .file(
                "/usr/lib/bootc/kargs.d/10-b.toml",
                "kargs = [\"a=b\"]\nmatch-architectures = [\"aarch64\"]\n",
            )
            .file("/usr/lib/bootc/kargs.d/20-c.toml", "kargs = []\nkernel = 1\n")
            .file("/usr/lib/bootc/kargs.d/30-d.toml", "match-architectures = []\n")
            .file("/usr/lib/bootc/kargs.d/readme", "no")
            .tree();
        let at = Locator::image("sha256:0");
        let (arguments, problems) = kernel_arguments(&mut Reader::new(&tree, &at, None), "x86_64");
        let arguments: Vec<_> =
            arguments.iter().map(|it| (&*it.text, it.at.content_line())).collect();
        assert_eq!(arguments, [("nosmt", Some(2)), ("quiet", Some(3))]);
        let problems: Vec<_> = problems.iter().map(|it| (it.at.as_str(), &*it.text)).collect();
        assert_eq!(problems.len(), 2);
        assert_eq!(problems[0].0, "image/sha256:0!/usr/lib/bootc/kargs.d/20-c.toml:2");
        assert!(problems[0].1.contains("unknown field `kernel`"), "{problems:?}");
        assert!(problems[1].1.contains("missing field `kargs`"), "{problems:?}");
    }
}
