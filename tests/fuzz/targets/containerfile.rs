//! Containerfiles: whatever a text holds, it is facts or a problem, each on a line of the text, and no
//! secret that an instruction sets by its name is among them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rollgate_engine::extract::containerfile;

/// What a secret of the seeds is.
const SECRET: &str = "hunter2hunter2";

fuzz_target!(|bytes: &[u8]| {
    let lines = 1 + bytes.iter().filter(|&&byte| byte == b'\n').count();
    let facts = containerfile("Containerfile", 1, bytes);
    assert!(!facts.stages.is_empty() || !facts.problems.is_empty());
    let on_a_line = |at: &rollgate_facts::Locator| {
        let line = at.content_line().expect("a line");
        assert!((1..=lines).contains(&line), "{at} of {lines} lines");
    };
    facts.problems.iter().for_each(|problem| on_a_line(&problem.at));
    let last = facts.stages.iter().filter(|stage| stage.last).count();
    assert_eq!(last, usize::from(!facts.stages.is_empty()));
    for stage in &facts.stages {
        on_a_line(&stage.at);
        assert!(stage.used || !stage.in_image);
        for instruction in &stage.instructions {
            on_a_line(&instruction.at);
            instruction.commands.iter().for_each(|command| on_a_line(&command.at));
            instruction.pairs.iter().for_each(|pair| on_a_line(&pair.at));
            let secret = |pair: &rollgate_facts::Text| pair.text == format!("PASSWORD={SECRET}");
            assert!(!instruction.pairs.iter().any(secret), "{instruction:?}");
        }
    }
});
