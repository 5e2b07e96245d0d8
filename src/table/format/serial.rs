//! Spreadsheets count days: 1 is 1900-01-01 (or 0 is 1904-01-01).

use jiff::civil::{Date, DateTime, Time, date};
use jiff::{Span, ToSpan};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Epoch {
    Y1900,
    Y1904,
}

const MILLIS_OF_DAY: i64 = 86_400_000;
/// 9999-12-31, the last day a spreadsheet knows.
const LAST_DAY: f64 = 2_958_465.0;

impl Epoch {
    pub fn of_1904(is_1904: bool) -> Self {
        if is_1904 { Self::Y1904 } else { Self::Y1900 }
    }

    /// `None` before the first day and after 9999, and for 1900-02-29, the day
    /// that only spreadsheets believe in.
    pub fn date_time(self, serial: f64) -> Option<DateTime> {
        let (days, millis) = days_and_millis(serial)?;
        let date = self.date(days)?;
        let span: Span = i32::try_from(millis).ok()?.milliseconds();
        Some(date.to_datetime(Time::midnight().wrapping_add(span)))
    }

    fn date(self, days: i64) -> Option<Date> {
        let first = match self {
            Self::Y1904 => date(1904, 1, 1),
            Self::Y1900 if days < 1 || days == 60 => return None,
            // 1900 was no leap year; the programs count as if it had been.
            Self::Y1900 if days < 60 => date(1899, 12, 31),
            Self::Y1900 => date(1899, 12, 30),
        };
        first.checked_add(days.days()).ok()
    }
}

/// Whole days and the milliseconds of the day. Times a person typed are whole
/// seconds; what differs by less than floating point can hold is put right.
pub fn days_and_millis(serial: f64) -> Option<(i64, i64)> {
    if !(0.0..LAST_DAY + 1.0).contains(&serial) {
        return None;
    }
    let exact = serial * MILLIS_OF_DAY as f64;
    let total = exact.round() as i64;
    let nearest_second = (total + 500).div_euclid(1000) * 1000;
    // 23:59:59.999 is how programs write the end of a day, which is no part of the next one.
    let ends_a_day = nearest_second > total && nearest_second.rem_euclid(MILLIS_OF_DAY) == 0;
    let most = if ends_a_day { 0.95 } else { 5.0 };
    let total = if (exact - nearest_second as f64).abs() <= most { nearest_second } else { total };
    Some((total.div_euclid(MILLIS_OF_DAY), total.rem_euclid(MILLIS_OF_DAY)))
}

/// A duration as `H:MM:SS`, hours beyond a day included.
pub fn clock_text(serial: f64) -> Option<String> {
    let (days, millis) = days_and_millis(serial.abs())?;
    let seconds = days * 86_400 + millis / 1000;
    let sign = if serial < 0.0 { "-" } else { "" };
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    Some(format!("{sign}{hours}:{minutes:02}:{:02}", seconds % 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(epoch: Epoch, serial: f64) -> Option<String> {
        epoch.date_time(serial).map(|at| at.to_string())
    }

    #[test]
    fn days_are_counted_as_spreadsheets_count_them() {
        for (serial, at) in [
            (1.0, "1900-01-01T00:00:00"),
            (59.0, "1900-02-28T00:00:00"),
            (61.0, "1900-03-01T00:00:00"),
            (46_053.0, "2026-01-31T00:00:00"),
            (46_053.333_333_3, "2026-01-31T08:00:00"),
            (46_053.999_999_99, "2026-02-01T00:00:00"),
            (46_053.999_999_988_426, "2026-01-31T23:59:59.999"),
            (46_053.999_999_965_28, "2026-01-31T23:59:59.997"),
            (2_958_465.0, "9999-12-31T00:00:00"),
        ] {
            assert_eq!(text(Epoch::Y1900, serial).as_deref(), Some(at), "{serial}");
        }
        assert_eq!(text(Epoch::Y1904, 0.0).as_deref(), Some("1904-01-01T00:00:00"));
        assert_eq!(text(Epoch::Y1904, 44_591.5).as_deref(), Some("2026-01-31T12:00:00"));
    }

    #[test]
    fn what_is_no_day_is_none() {
        for serial in [-1.0, 0.5, 60.0, 2_958_466.0, f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(text(Epoch::Y1900, serial), None, "{serial}");
        }
    }

    #[test]
    fn durations_run_past_midnight() {
        assert_eq!(clock_text(1.5).as_deref(), Some("36:00:00"));
        assert_eq!(clock_text(0.347_222_222).as_deref(), Some("8:20:00"));
        assert_eq!(clock_text(-0.5).as_deref(), Some("-12:00:00"));
    }
}
