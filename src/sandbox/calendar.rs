//! Dates from Unix time, computed here so that a client's wrong date cannot hide
//! behind a library that both sides use.

const SECONDS_A_DAY: i64 = 86_400;

/// The UTC date of a Unix time in seconds, as `YYYY-MM-DD`.
pub(super) fn utc_date(seconds: i64) -> String {
    let (year, month, day) = civil(seconds.div_euclid(SECONDS_A_DAY));
    format!("{year:04}-{month:02}-{day:02}")
}

/// A Unix time in microseconds as RFC 3339 in UTC with six decimals.
pub(super) fn rfc3339(microseconds: u64) -> String {
    let (seconds, micros) = (microseconds / 1_000_000, microseconds % 1_000_000);
    let date = utc_date(i64::try_from(seconds).unwrap_or(i64::MAX));
    let in_day = seconds % SECONDS_A_DAY.unsigned_abs();
    let (hour, minute, second) = (in_day / 3600, in_day / 60 % 60, in_day % 60);
    format!("{date}T{hour:02}:{minute:02}:{second:02}.{micros:06}Z")
}

/// Year, month and day of a number of days since 1970-01-01, in the Gregorian calendar.
/// Counted in eras of 400 years that begin in March, so that the leap day comes last.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_turn_at_midnight_utc() {
        assert_eq!(utc_date(0), "1970-01-01");
        assert_eq!(utc_date(-1), "1969-12-31");
        assert_eq!(utc_date(1_709_251_199), "2024-02-29");
        assert_eq!(utc_date(1_709_251_200), "2024-03-01");
        assert_eq!(utc_date(4_102_444_799), "2099-12-31");
        assert_eq!(utc_date(4_107_542_400), "2100-03-01");
    }

    #[test]
    fn every_day_of_400_years_follows_the_one_before() {
        let mut last = civil(-1);
        for day in 0..146_097 {
            let (y, m, d) = civil(day);
            let leap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
            let length = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
            assert!((1..=12).contains(&m) && d >= 1 && d <= length[m as usize - 1]);
            let next_day = (y, m) == (last.0, last.1) && d == last.2 + 1;
            let next_month = d == 1 && last.2 >= 28 && (y * 12 + m == last.0 * 12 + last.1 + 1);
            assert!(next_day || next_month, "day {day}");
            last = (y, m, d);
        }
    }

    #[test]
    fn instants_show_microseconds() {
        assert_eq!(rfc3339(1_709_251_199_000_042), "2024-02-29T23:59:59.000042Z");
    }
}
