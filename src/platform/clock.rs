//! The wall clock, the clock that nobody sets, and the names of this machine.

/// Microseconds since 1970, UTC.
pub fn now_us() -> i64 {
    jiff::Timestamp::now().as_microsecond()
}

/// Microseconds since this machine was started, its sleep included: the same for
/// all its processes, and nobody can set it.
#[cfg(unix)]
pub fn since_boot_us() -> i64 {
    use rustix::time::{ClockId, clock_gettime};
    #[cfg(any(target_os = "linux", target_os = "android"))]
    let clock = ClockId::Boottime;
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    let clock = ClockId::Monotonic;
    let passed = std::time::Duration::try_from(clock_gettime(clock)).unwrap_or_default();
    i64::try_from(passed.as_micros()).unwrap_or(i64::MAX)
}

/// No safe call gives such a clock there: the wall clock has to do.
#[cfg(not(unix))]
pub fn since_boot_us() -> i64 {
    now_us()
}

/// Tells one start of a machine from any other; empty where the system has no name for it.
pub fn boot_id() -> String {
    read("/proc/sys/kernel/random/boot_id").unwrap_or_default()
}

/// What tells one machine from another, as far as it can be known. Two processes
/// are on the same machine if either part is equal: containers of one host share
/// the boot, a machine that was started anew keeps its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine {
    pub id: String,
    pub boot: String,
}

impl Machine {
    pub fn this() -> Self {
        Self {
            id: read("/etc/machine-id").or_else(|| read("/proc/sys/kernel/hostname")).unwrap_or_else(named),
            boot: boot_id(),
        }
    }

    pub fn is_same_as(&self, other: &Self) -> bool {
        self.id == other.id || (!self.boot.is_empty() && self.boot == other.boot)
    }
}

/// Where there is no `/proc`: the name that Windows and shells give.
fn named() -> String {
    let names = ["COMPUTERNAME", "HOSTNAME"].iter().filter_map(|name| std::env::var(name).ok());
    names.into_iter().find(|name| !name.is_empty()).unwrap_or_else(|| "this machine".to_owned())
}

fn read(path: &str) -> Option<String> {
    let text = std::fs::read_to_string(path).ok()?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_that_nobody_sets_goes_on() {
        let (before, began) = (since_boot_us(), std::time::Instant::now());
        std::thread::sleep(std::time::Duration::from_millis(5));
        let passed = since_boot_us() - before;
        let most = i64::try_from(began.elapsed().as_micros()).unwrap() + 1_000;
        assert!((5_000..=most).contains(&passed), "{passed} us, at most {most}");
        assert_eq!(boot_id(), boot_id());
    }

    #[test]
    fn a_machine_is_known_by_its_id_or_by_its_boot() {
        let machine = |id: &str, boot: &str| Machine { id: id.into(), boot: boot.into() };
        assert!(machine("a", "1").is_same_as(&machine("a", "2")), "it was started anew");
        assert!(machine("a", "1").is_same_as(&machine("b", "1")), "two containers of one host");
        assert!(!machine("a", "1").is_same_as(&machine("b", "2")));
        assert!(!machine("a", "").is_same_as(&machine("b", "")));
        assert!(Machine::this().is_same_as(&Machine::this()));
    }
}
