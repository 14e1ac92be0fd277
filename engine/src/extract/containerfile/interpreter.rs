//! Shells: which program is one, what script it is given, and how it takes failures.
//!
//! Owns the options `-e`, `-c` and `-o pipefail` (POSIX XCU `set`, `sh`). Must not read scripts.
//! `bash -ec "a; b"` is given `a; b`, and ends at the first failure.

/// Shells, which take a script.
const SHELLS: [&str; 6] = ["sh", "bash", "dash", "ash", "ksh", "zsh"];

/// How a shell takes failures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Shell {
    /// `-e`: a failure ends the script.
    pub(super) errexit: bool,
    /// `-o pipefail`: a failure within a pipeline is one of the pipeline.
    pub(super) pipefail: bool,
}

impl Shell {
    /// The shell that these words start, up to its `-c`.
    pub(super) fn started_by(words: &[impl AsRef<str>]) -> Self {
        let mut shell = Self::default();
        let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
        shell.set(&words);
        shell
    }

    /// Takes options in, as `set` does.
    pub(super) fn set(&mut self, words: &[&str]) {
        for (position, word) in words.iter().enumerate() {
            let value = words.get(position + 1).copied().unwrap_or_default();
            let (on, options) = match (word.strip_prefix('-'), word.strip_prefix('+')) {
                (Some(options), _) => (true, options),
                (_, Some(options)) => (false, options),
                _ => continue,
            };
            if options.starts_with('-') {
                continue;
            }
            if options.contains('e') || (options.ends_with('o') && value == "errexit") {
                self.errexit = on;
            }
            if options.ends_with('o') && value == "pipefail" {
                self.pipefail = on;
            }
        }
    }
}

/// The script that a shell is given by `-c`, and how that shell takes failures.
pub(super) fn nested_script<'a>(words: &[&'a str]) -> Option<(&'a str, Shell)> {
    let (name, arguments) = words.split_first()?;
    if *name == "eval" {
        return arguments.first().map(|script| (*script, Shell::default()));
    }
    if !SHELLS.contains(&base_name(name)) {
        return None;
    }
    let is_script = |word: &str| {
        word.strip_prefix('-')
            .is_some_and(|options| !options.starts_with('-') && options.ends_with('c'))
    };
    let option = arguments.iter().position(|word| is_script(word))?;
    let script = arguments.get(option + 1)?;
    Some((script, Shell::started_by(arguments.get(..=option).unwrap_or_default())))
}

/// How the shell takes failures that these words start to read a script from its input.
pub(super) fn reads_script(words: &[String]) -> Option<Shell> {
    let (name, arguments) = words.split_first()?;
    let shell = SHELLS.contains(&base_name(name));
    let named = arguments.iter().any(|word| !word.starts_with(['-', '+']) && word != "pipefail");
    (shell && !named).then(|| Shell::started_by(arguments))
}

/// The name of a program, without its folder.
pub(super) fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
