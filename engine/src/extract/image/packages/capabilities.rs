//! Capabilities of files, as text and as the kernel stores them, compared as bits.
//!
//! Source: `cap_from_text(3)`, Linux `include/uapi/linux/capability.h` (`vfs_ns_cap_data`).

const NAMES: [&str; 41] = [
    "chown",
    "dac_override",
    "dac_read_search",
    "fowner",
    "fsetid",
    "kill",
    "setgid",
    "setuid",
    "setpcap",
    "linux_immutable",
    "net_bind_service",
    "net_broadcast",
    "net_admin",
    "net_raw",
    "ipc_lock",
    "ipc_owner",
    "sys_module",
    "sys_rawio",
    "sys_chroot",
    "sys_ptrace",
    "sys_pacct",
    "sys_admin",
    "sys_boot",
    "sys_nice",
    "sys_resource",
    "sys_time",
    "sys_tty_config",
    "mknod",
    "lease",
    "audit_write",
    "audit_control",
    "setfcap",
    "mac_override",
    "mac_admin",
    "syslog",
    "wake_alarm",
    "block_suspend",
    "audit_read",
    "perfmon",
    "bpf",
    "checkpoint_restore",
];

/// All that the kernel knows.
const ALL: u64 = (1 << NAMES.len()) - 1;

/// The capabilities of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Capabilities {
    permitted: u64,
    inheritable: u64,
    /// A file has one bit for all of them.
    effective: bool,
    /// The user namespace whose root they hold in; 0 for the first.
    root: u32,
}

impl Capabilities {
    /// The capabilities that a text names (`cap_net_admin,cap_net_raw=ep`); none where it is no such
    /// text.
    pub(super) fn of_text(text: &str) -> Option<Self> {
        let mut sets = Sets::default();
        for clause in text.split_ascii_whitespace() {
            sets.apply(clause)?;
        }
        let Sets { effective, inheritable, permitted } = sets;
        Some(Self { permitted, inheritable, effective: effective != 0, root: 0 })
    }

    /// The capabilities that the extended attribute `security.capability` holds.
    pub(super) fn of_attribute(bytes: &[u8]) -> Option<Self> {
        let (words, []) = bytes.as_chunks::<4>() else { return None };
        let words: Vec<u32> = words.iter().map(|&word| u32::from_le_bytes(word)).collect();
        let wide = |low: u32, high: u32| u64::from(high) << 32 | u64::from(low);
        let effective = words.first()? & 1 == 1;
        match (words.first()? >> 24, words.as_slice()) {
            (1, &[_, permitted, inheritable]) => {
                let (permitted, inheritable) = (u64::from(permitted), u64::from(inheritable));
                Some(Self { permitted, inheritable, effective, root: 0 })
            }
            (2 | 3, &[_, low, inheritable_low, high, inheritable_high, ref rest @ ..]) => {
                let permitted = wide(low, high);
                let inheritable = wide(inheritable_low, inheritable_high);
                let root = rest.first().copied().unwrap_or_default();
                Some(Self { permitted, inheritable, effective, root })
            }
            _ => None,
        }
    }
}

/// The three sets while a text is read.
#[derive(Debug, Default)]
struct Sets {
    effective: u64,
    inheritable: u64,
    permitted: u64,
}

impl Sets {
    /// Applies a clause: names, then operators with the sets that they mean.
    fn apply(&mut self, clause: &str) -> Option<()> {
        let operator = clause.find(['=', '+', '-'])?;
        let (names, mut operations) = clause.split_at_checked(operator)?;
        let named = named(names)?;
        while let Some(operator) = operations.chars().next() {
            let rest = operations.get(1..)?;
            let end = rest.find(['=', '+', '-']).unwrap_or(rest.len());
            let (sets, next) = rest.split_at_checked(end)?;
            if operator == '=' {
                self.each("eip", |set| *set &= !named)?;
            }
            self.each(sets, |set| if operator == '-' { *set &= !named } else { *set |= named })?;
            operations = next;
        }
        Some(())
    }

    fn each(&mut self, sets: &str, change: impl Fn(&mut u64)) -> Option<()> {
        for set in sets.chars() {
            change(match set {
                'e' => &mut self.effective,
                'i' => &mut self.inheritable,
                'p' => &mut self.permitted,
                _ => return None,
            });
        }
        Some(())
    }
}

/// The bits of names separated by commas; no name, and `all`, mean every one.
fn named(names: &str) -> Option<u64> {
    if names.is_empty() || names.eq_ignore_ascii_case("all") {
        return Some(ALL);
    }
    names.split(',').try_fold(0, |bits, name| {
        let name = name.to_ascii_lowercase();
        let name = name.strip_prefix("cap_").unwrap_or(&name);
        let number = NAMES.iter().position(|candidate| *candidate == name);
        let number = number.or_else(|| name.parse().ok().filter(|number| *number < NAMES.len()))?;
        Some(bits | 1 << number)
    })
}

#[cfg(test)]
mod tests {
    use super::Capabilities;

    #[test]
    fn a_text_and_an_attribute_are_the_same_where_their_bits_are() {
        let attribute = |words: [u32; 5]| words.map(u32::to_le_bytes).concat();
        let cases = [
            ("cap_net_raw=ep", [0x0200_0001, 1 << 13, 0, 0, 0]),
            ("cap_net_raw+p", [0x0200_0000, 1 << 13, 0, 0, 0]),
            ("cap_net_admin,CAP_NET_RAW=ep", [0x0200_0001, 3 << 12, 0, 0, 0]),
            ("cap_net_raw,cap_kill=eip cap_kill-eip", [0x0200_0001, 1 << 13, 1 << 13, 0, 0]),
            ("cap_bpf=p", [0x0200_0000, 0, 0, 1 << 7, 0]),
            ("=ep cap_chown-ep", [0x0200_0001, u32::MAX - 1, 0, 0x1ff, 0]),
        ];
        for (text, words) in cases {
            let expected = Capabilities::of_attribute(&attribute(words));
            assert_eq!(Capabilities::of_text(text), expected, "{text}");
        }
        assert_eq!(Capabilities::of_text(""), Some(Capabilities::default()));
        assert_ne!(Capabilities::of_text("cap_kill=p"), Capabilities::of_text("cap_kill=ep"));
        for broken in ["cap_kill", "cap_nothing=p", "cap_kill=x", "cap_99=p"] {
            assert_eq!(Capabilities::of_text(broken), None, "{broken}");
        }
        for broken in [&[][..], &[1, 0, 0, 2], &[0; 20], &[1, 2, 3]] {
            assert_eq!(Capabilities::of_attribute(broken), None);
        }
    }
}
