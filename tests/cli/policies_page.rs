//! `docs/policies.md`: what it shows is written, and what it says to type is typed.

use crate::harness::Folder;

const PAGE: &str = include_str!("../../docs/policies.md");

/// A fenced block, and the file that the text before it named last.
struct Block<'p> {
    language: &'p str,
    text: String,
    file: &'p str,
}

#[test]
fn every_command_of_the_page_does_what_it_says() {
    let folder = Folder::with(&[
        ("conftest/deny.rego", "package main\n\ndeny contains \"no kind\" if not input.kind\n"),
        ("machineconfigs/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"),
    ]);
    let mut commands = 0;
    for block in blocks() {
        if block.language != "console" {
            folder.write(block.file, &block.text);
            continue;
        }
        let (command, shown) = block.text.split_once('\n').unwrap();
        let arguments = command.strip_prefix("$ rollgate ").unwrap();
        let run = folder.rollgate(arguments);
        // What `check` is shown with is an example that is denied.
        let expected = i32::from(arguments.starts_with("check --policy"));
        assert_eq!(run.code, expected, "{command}: {run}");
        if !shown.is_empty() {
            assert_eq!(run.stdout, shown, "{command}");
        }
        commands += 1;
    }
    assert_eq!(commands, PAGE.matches("```console").count());
}

fn blocks() -> Vec<Block<'static>> {
    let (mut blocks, mut file) = (Vec::new(), "");
    let mut lines = PAGE.lines();
    while let Some(line) = lines.next() {
        let named = line.split('`').skip(1).step_by(2).filter(|word| word.starts_with("policies/"));
        file = named.last().unwrap_or(file);
        if let Some(language) = line.strip_prefix("```") {
            let text = lines.by_ref().take_while(|line| *line != "```");
            let text = text.map(|line| line.to_owned() + "\n").collect();
            blocks.push(Block { language, text, file });
        }
    }
    blocks
}
