//! `modprobe.d`: which kernel modules are kept out, and with what the others are loaded.
//!
//! Owns the lines of modprobe.d(5), with those that go on behind a backslash.
//! `install cramfs /bin/false` → command `install`, module `cramfs`, rest `/bin/false`.

use rollgate_facts::ModprobeLine;

use super::reader::Reader;

/// The lines of all files, in the order in which they are read.
pub(super) fn modprobe(reader: &mut Reader<'_>) -> Vec<ModprobeLine> {
    let mut lines = Vec::new();
    for file in reader.drop_ins("modprobe.d", ".conf") {
        for (number, line) in joined(&file.text) {
            let mut words = line.split_whitespace();
            let (Some(command), Some(module)) = (words.next(), words.next()) else { continue };
            if !command.starts_with('#') {
                lines.push(ModprobeLine {
                    at: file.at.line(number),
                    command: command.to_owned(),
                    module: module.to_owned(),
                    rest: words.collect::<Vec<_>>().join(" "),
                });
            }
        }
    }
    lines
}

/// The lines, those that a backslash continues as one, with the number of the first.
fn joined(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    let mut continues = false;
    for (index, line) in text.lines().enumerate() {
        let part = line.strip_suffix('\\');
        let text = part.unwrap_or(line);
        match lines.last_mut() {
            Some((_, before)) if continues => before.push_str(text),
            _ => lines.push((index + 1, text.to_owned())),
        }
        continues = part.is_some();
    }
    lines
}

#[cfg(test)]
mod tests {
    use rollgate_facts::Locator;

    use super::modprobe;
    use crate::extract::image::facts::reader::Reader;
    use crate::extract::image::facts::sample::Sample;

    #[test]
    fn lines_are_read_in_the_order_of_the_files() {
        let tree = Sample::new()
            .file("/etc/modprobe.d/b.conf", "# no\nblacklist usb-storage\n")
            .file(
                "/usr/lib/modprobe.d/a.conf",
                "install cramfs \\\n  /bin/false\noptions x a=1 b=2\nlonely\n",
            )
            .tree();
        let at = Locator::image("sha256:0");
        let lines = modprobe(&mut Reader::new(&tree, &at, None));
        let lines: Vec<_> = lines
            .iter()
            .map(|it| (it.at.content_line(), &*it.command, &*it.module, &*it.rest))
            .collect();
        let expected = [
            (Some(1), "install", "cramfs", "/bin/false"),
            (Some(3), "options", "x", "a=1 b=2"),
            (Some(2), "blacklist", "usb-storage", ""),
        ];
        assert_eq!(lines, expected);
    }
}
