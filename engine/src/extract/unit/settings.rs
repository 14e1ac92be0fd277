//! The settings that systemd knows, and the lines of a unit file that it passes over.
//!
//! Owns which sections a type of unit has, and which keys each section
//! (systemd `src/core/load-fragment-gperf.gperf.in`, of 252 and what came later; what was removed is
//! still known there). What systemd passes over is logged on the node, and has no effect.
//!
//! `[Service]\nExcStart=/bin/a` in `a.service` → line 2: no key `ExcStart`, `ExecStart` was meant.

use super::Entry;

/// A line that has no effect, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// The lines of the unit file, or of a drop-in of the unit, that systemd passes over.
pub fn ignored(unit: &str, text: &str, entries: &[Entry]) -> Vec<Ignored> {
    let sections = sections_of(unit);
    let mut ignored: Vec<Ignored> = before_any_section(text).into_iter().collect();
    let mut passed_over: Vec<&str> = Vec::new();
    for entry in entries {
        let name = entry.section.as_str();
        if name.starts_with("X-") || entry.key.starts_with("X-") || passed_over.contains(&name) {
            continue;
        }
        let reason = if sections.contains(&name) {
            (!has(name, &entry.key)).then(|| unknown_key(&sections, entry))
        } else {
            passed_over.push(name);
            Some(unknown_section(&sections, name))
        };
        ignored.extend(reason.map(|reason| Ignored { line: entry.line, reason }));
    }
    ignored
}

/// The first line with something to say before the first section.
fn before_any_section(text: &str) -> Option<Ignored> {
    let mut lines = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim()));
    let (line, text) = lines.find(|(_, line)| !line.is_empty() && !line.starts_with(['#', ';']))?;
    let reason = "the line stands before any section".to_owned();
    (!text.starts_with('[')).then_some(Ignored { line, reason })
}

fn unknown_section(sections: &[&str], name: &str) -> String {
    if name.is_empty() {
        return "the section `[]` has no name".to_owned();
    }
    match crate::closest(name, sections.iter().copied()).filter(|meant| *meant != name) {
        Some(meant) => {
            format!("such a unit has no section `[{name}]`; did you mean `[{meant}]`?")
        }
        None => format!("such a unit has no section `[{name}]`"),
    }
}

fn unknown_key(sections: &[&str], entry: &Entry) -> String {
    let Entry { section, key, .. } = entry;
    if key.is_empty() {
        return "there is no key before the `=`".to_owned();
    }
    if let Some(other) = sections.iter().find(|other| has(other, key)) {
        return format!("`{key}` belongs under `[{other}]`, not `[{section}]`");
    }
    match crate::closest(key, keys(section)) {
        Some(meant) => format!("`[{section}]` has no key `{key}`; did you mean `{meant}`?"),
        None => format!("`[{section}]` has no key `{key}`"),
    }
}

fn sections_of(unit: &str) -> Vec<&'static str> {
    let own = match unit.rsplit_once('.').map_or("", |(_, kind)| kind) {
        "service" => Some("Service"),
        "socket" => Some("Socket"),
        "mount" => Some("Mount"),
        "automount" => Some("Automount"),
        "swap" => Some("Swap"),
        "timer" => Some("Timer"),
        "path" => Some("Path"),
        "slice" => Some("Slice"),
        "scope" => Some("Scope"),
        _ => None,
    };
    ["Unit", "Install"].into_iter().chain(own).collect()
}

fn has(section: &str, key: &str) -> bool {
    let condition = key.strip_prefix("Condition").or_else(|| key.strip_prefix("Assert"));
    match condition.filter(|_| section == "Unit") {
        Some(condition) => CONDITIONS.split_whitespace().any(|known| known == condition),
        None => keys(section).any(|known| known == key),
    }
}

/// The keys of a section but for conditions.
fn keys(section: &str) -> impl Iterator<Item = &'static str> {
    let executes = [EXECUTION, RESOURCES, KILLING];
    let (own, shared): (_, &[&'static str]) = match section {
        "Unit" => (UNIT, &[]),
        "Install" => (INSTALL, &[]),
        "Service" => (SERVICE, &executes),
        "Socket" => (SOCKET, &executes),
        "Mount" => (MOUNT, &executes),
        "Swap" => (SWAP, &executes),
        "Automount" => (AUTOMOUNT, &[]),
        "Timer" => (TIMER, &[]),
        "Path" => (PATH, &[]),
        "Slice" => (SLICE, &[RESOURCES]),
        "Scope" => (SCOPE, &[RESOURCES, KILLING]),
        _ => ("", &[]),
    };
    let shared: Vec<&'static str> = shared.to_vec();
    std::iter::once(own).chain(shared).flat_map(str::split_whitespace)
}

/// systemd.exec(5)
const EXECUTION: &str = "\
    AmbientCapabilities AppArmorProfile BPFDelegateAttachments BPFDelegateCommands
    BPFDelegateMaps BPFDelegatePrograms BindLogSockets BindPaths BindReadOnlyPaths
    CPUAffinity CPUSchedulingPolicy CPUSchedulingPriority CPUSchedulingResetOnFork
    CacheDirectory CacheDirectoryAccounting CacheDirectoryMode CacheDirectoryQuota
    Capabilities CapabilityBoundingSet ConfigurationDirectory ConfigurationDirectoryMode
    CoredumpFilter DelegateNamespaces DynamicUser Environment EnvironmentFile ExecPaths
    ExecSearchPath ExtensionDirectories ExtensionImagePolicy ExtensionImages Group
    IOSchedulingClass IOSchedulingPriority IPCNamespacePath IgnoreSIGPIPE ImportCredential
    InaccessibleDirectories InaccessiblePaths KeyringMode LandlockConfig LimitAS LimitCORE
    LimitCPU LimitDATA LimitFSIZE LimitLOCKS LimitMEMLOCK LimitMSGQUEUE LimitNICE
    LimitNOFILE LimitNPROC LimitRSS LimitRTPRIO LimitRTTIME LimitSIGPENDING LimitSTACK
    LoadCredential LoadCredentialEncrypted LockPersonality LogExtraFields LogFilterPatterns
    LogLevelMax LogNamespace LogRateLimitBurst LogRateLimitIntervalSec LogsDirectory
    LogsDirectoryAccounting LogsDirectoryMode LogsDirectoryQuota MemoryDenyWriteExecute
    MemoryKSM MountAPIVFS MountFlags MountImagePolicy MountImages NUMAMask NUMAPolicy
    NetworkNamespacePath Nice NoExecPaths NoNewPrivileges OOMScoreAdjust PAMName
    PassEnvironment Personality PrivateBPF PrivateDevices PrivateIPC PrivateMounts
    PrivateNetwork PrivatePIDs PrivateTmp PrivateUsers ProcSubset ProtectClock
    ProtectControlGroups ProtectHome ProtectHostname ProtectKernelLogs ProtectKernelModules
    ProtectKernelTunables ProtectProc ProtectSystem ReadOnlyDirectories ReadOnlyPaths
    ReadWriteDirectories ReadWritePaths RemoveIPC RestrictAddressFamilies
    RestrictFileSystems RestrictNamespaces RestrictRealtime RestrictSUIDSGID RootDirectory
    RootEphemeral RootHash RootHashSignature RootImage RootImageOptions RootImagePolicy
    RootVerity RuntimeDirectory RuntimeDirectoryMode RuntimeDirectoryPreserve SELinuxContext
    SecureBits SetCredential SetCredentialEncrypted SetLoginEnvironment SmackProcessLabel
    StandardError StandardInput StandardInputData StandardInputText StandardOutput
    StateDirectory StateDirectoryAccounting StateDirectoryMode StateDirectoryQuota
    SupplementaryGroups SyslogFacility SyslogIdentifier SyslogLevel SyslogLevelPrefix
    SystemCallArchitectures SystemCallErrorNumber SystemCallFilter SystemCallLog TTYColumns
    TTYPath TTYReset TTYRows TTYVHangup TTYVTDisallocate TemporaryFileSystem TimeoutCleanSec
    TimerSlackNSec UMask UnsetEnvironment User UserNamespacePath UtmpIdentifier UtmpMode
    WorkingDirectory";

/// systemd.resource-control(5)
const RESOURCES: &str = "\
    AllowedCPUs AllowedMemoryNodes BPFProgram BlockIOAccounting BlockIODeviceWeight
    BlockIOReadBandwidth BlockIOWeight BlockIOWriteBandwidth CPUAccounting CPUQuota
    CPUQuotaPeriodSec CPUShares CPUWeight CoredumpReceive DefaultMemoryLow DefaultMemoryMin
    DefaultStartupMemoryLow Delegate DelegateSubgroup DeviceAllow DevicePolicy
    DisableControllers IOAccounting IODeviceLatencyTargetSec IODeviceWeight
    IOReadBandwidthMax IOReadIOPSMax IOWeight IOWriteBandwidthMax IOWriteIOPSMax
    IPAccounting IPAddressAllow IPAddressDeny IPEgressFilterPath IPIngressFilterPath
    ManagedOOMMemoryPressure ManagedOOMMemoryPressureDurationSec
    ManagedOOMMemoryPressureLimit ManagedOOMPreference ManagedOOMSwap MemoryAccounting
    MemoryHigh MemoryLimit MemoryLow MemoryMax MemoryMin MemoryPressureThresholdSec
    MemoryPressureWatch MemorySwapMax MemoryZSwapMax MemoryZSwapWriteback NFTSet NetClass
    RestrictNetworkInterfaces Slice SocketBindAllow SocketBindDeny StartupAllowedCPUs
    StartupAllowedMemoryNodes StartupBlockIOWeight StartupCPUShares StartupCPUWeight
    StartupIOWeight StartupMemoryHigh StartupMemoryLow StartupMemoryMax StartupMemorySwapMax
    StartupMemoryZSwapMax TasksAccounting TasksMax";

/// systemd.kill(5)
const KILLING: &str = "\
    FinalKillSignal KillMode KillSignal RestartKillSignal SendSIGHUP SendSIGKILL
    WatchdogSignal";

/// What `Condition` and `Assert` in `[Unit]` go on with; systemd.unit(5).
const CONDITIONS: &str = "\
    ACPower Architecture CPUFeature CPUPressure CPUs Capability ControlGroupController
    Credential DirectoryNotEmpty Environment FileIsExecutable FileNotEmpty Firmware
    FirstBoot Fraction Group Host IOPressure KernelCommandLine KernelModuleLoaded
    KernelVersion Memory MemoryPressure NeedsUpdate OSRelease PathExists PathExistsGlob
    PathIsDirectory PathIsEncrypted PathIsMountPoint PathIsReadWrite PathIsSocket
    PathIsSymbolicLink Security User Version Virtualization";

/// `[Automount]`
const AUTOMOUNT: &str = "\
    DirectoryMode ExtraOptions TimeoutIdleSec Where";

/// `[Install]`
const INSTALL: &str = "\
    Alias Also DefaultInstance RequiredBy UpheldBy WantedBy";

/// `[Mount]`
const MOUNT: &str = "\
    DirectoryMode ForceUnmount LazyUnmount Options ReadWriteOnly SloppyOptions TimeoutSec
    Type What Where";

/// `[Path]`
const PATH: &str = "\
    DirectoryMode DirectoryNotEmpty MakeDirectory PathChanged PathExists PathExistsGlob
    PathModified TriggerLimitBurst TriggerLimitIntervalSec Unit";

/// `[Scope]`
const SCOPE: &str = "\
    OOMPolicy RuntimeMaxSec RuntimeRandomizedExtraSec TimeoutStopSec";

/// `[Service]`
const SERVICE: &str = "\
    BusName BusPolicy ExecCondition ExecReload ExecReloadPost ExecStart ExecStartPost
    ExecStartPre ExecStop ExecStopPost ExitType FailureAction FileDescriptorStoreMax
    FileDescriptorStorePreserve GuessMainPID NonBlocking NotifyAccess OOMPolicy OpenFile
    PIDFile PermissionsStartOnly RebootArgument RefreshOnReload ReloadSignal RemainAfterExit
    Restart RestartForceExitStatus RestartMaxDelaySec RestartMode RestartPreventExitStatus
    RestartSec RestartSteps RootDirectoryStartOnly RuntimeMaxSec RuntimeRandomizedExtraSec
    Sockets StartLimitAction StartLimitBurst StartLimitInterval SuccessExitStatus
    SysVStartPriority TimeoutAbortSec TimeoutSec TimeoutStartFailureMode TimeoutStartSec
    TimeoutStopFailureMode TimeoutStopSec Type USBFunctionDescriptors USBFunctionStrings
    WatchdogSec";

/// `[Slice]`
const SLICE: &str = "\
    ConcurrencyHardMax ConcurrencySoftMax";

/// `[Socket]`
const SOCKET: &str = "\
    Accept AcceptFileDescriptors Backlog BindIPv6Only BindToDevice Broadcast DeferAcceptSec
    DeferTrigger DeferTriggerMaxSec DirectoryMode ExecStartPost ExecStartPre ExecStopPost
    ExecStopPre FileDescriptorName FlushPending FreeBind IPTOS IPTTL KeepAlive
    KeepAliveIntervalSec KeepAliveProbes KeepAliveTimeSec ListenDatagram ListenFIFO
    ListenMessageQueue ListenNetlink ListenSequentialPacket ListenSpecial ListenStream
    ListenUSBFunction Mark MaxConnections MaxConnectionsPerSource MessageQueueMaxMessages
    MessageQueueMessageSize NoDelay PassCredentials PassFileDescriptorsToExec PassPIDFD
    PassPacketInfo PassSecurity PipeSize PollLimitBurst PollLimitIntervalSec Priority
    ReceiveBuffer RemoveOnStop ReusePort SELinuxContextFromNet SendBuffer Service SmackLabel
    SmackLabelIPIn SmackLabelIPOut SocketGroup SocketMode SocketProtocol SocketUser Symlinks
    TCPCongestion TimeoutSec Timestamping Transparent TriggerLimitBurst
    TriggerLimitIntervalSec Writable";

/// `[Swap]`
const SWAP: &str = "\
    Options Priority TimeoutSec What";

/// `[Timer]`
const TIMER: &str = "\
    AccuracySec DeferReactivation FixedRandomDelay OnActiveSec OnBootSec OnCalendar
    OnClockChange OnStartupSec OnTimezoneChange OnUnitActiveSec OnUnitInactiveSec Persistent
    RandomizedDelaySec RandomizedOffsetSec RemainAfterElapse Unit WakeSystem";

/// `[Unit]`
const UNIT: &str = "\
    After AllowIsolate Before BindTo BindsTo CollectMode Conflicts DefaultDependencies
    Description Documentation FailureAction FailureActionExitStatus IgnoreOnIsolate
    IgnoreOnSnapshot JobRunningTimeoutSec JobTimeoutAction JobTimeoutRebootArgument
    JobTimeoutSec JoinsNamespaceOf OnFailure OnFailureIsolate OnFailureJobMode OnSuccess
    OnSuccessJobMode PartOf PropagateReloadFrom PropagateReloadTo PropagatesReloadTo
    PropagatesStopTo RebootArgument RefuseManualStart RefuseManualStop ReloadPropagatedFrom
    Requires RequiresMountsFor RequiresOverridable Requisite RequisiteOverridable SourcePath
    StartLimitAction StartLimitBurst StartLimitInterval StartLimitIntervalSec
    StopPropagatedFrom StopWhenUnneeded SuccessAction SuccessActionExitStatus
    SurviveFinalKillSignal Upholds Wants WantsMountsFor";

#[cfg(test)]
mod tests {
    use super::ignored;
    use crate::extract::unit::parse;

    #[test]
    fn what_systemd_passes_over_is_told_with_its_line() {
        let text = "After=a.service\n[Unit]\nConditionPathExists=/a\nExecStart=/bin/a\n[Service]\nExcStart=/bin/a\nX-Own=1\n[Instal]\nWantedBy=b\nAlias=c\n[X-Own]\na=b\n[Timer]\nOnCalendar=daily\n";
        let told = ignored("a.service", text, &parse(text).unwrap());
        let told: Vec<_> = told.iter().map(|told| (told.line, told.reason.as_str())).collect();
        assert_eq!(
            told,
            [
                (1, "the line stands before any section"),
                (4, "`ExecStart` belongs under `[Service]`, not `[Unit]`"),
                (6, "`[Service]` has no key `ExcStart`; did you mean `ExecStart`?"),
                (9, "such a unit has no section `[Instal]`; did you mean `[Install]`?"),
                (14, "such a unit has no section `[Timer]`"),
            ]
        );
    }

    #[test]
    fn what_go_systemd_lets_pass_without_a_name_is_told() {
        let text = "[Service]\n=/bin/a\n[]\nAfter=a.service\n";
        let told = ignored("a.service", text, &parse(text).unwrap());
        let told: Vec<_> = told.iter().map(|told| (told.line, told.reason.as_str())).collect();
        assert_eq!(
            told,
            [(2, "there is no key before the `=`"), (4, "the section `[]` has no name")]
        );
    }

    #[test]
    fn keys_of_every_kind_of_unit_are_known() {
        let units = [
            ("a.mount", "[Mount]\nWhat=/a\nLimitNOFILE=1\nKillMode=none\nSlice=a.slice\n"),
            ("a.slice", "[Slice]\nMemoryMax=1G\n[Unit]\nAssertUser=a\n"),
            ("a.scope", "[Scope]\nSendSIGHUP=yes\n"),
            ("a.automount", "[Automount]\nWhere=/a\n"),
            ("a.socket", "[Socket]\nListenStream=1\nAccept=yes\n"),
            ("a.path", "[Path]\nPathExists=/a\n"),
            ("a.timer", "# a comment\n\n[Timer]\nOnCalendar=daily\n[Install]\nAlias=b.timer\n"),
            ("a.swap", "[Swap]\nWhat=/a\n"),
            ("a.target", "[Unit]\nAllowIsolate=yes\n"),
        ];
        for (unit, text) in units {
            assert_eq!(ignored(unit, text, &parse(text).unwrap()), [], "{unit}");
        }
    }
}
