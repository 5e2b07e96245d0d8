/// Rows that are hidden or filtered out, 0-based.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HiddenRows {
    /// Ascending, the end exclusive.
    runs: Vec<(u32, u32)>,
}

impl HiddenRows {
    /// Rows mostly come in order; where they don't, [`HiddenRows::sort`] at the end.
    pub fn hide(&mut self, row: u32) {
        match self.runs.last_mut() {
            Some((first, end)) if (*first..*end).contains(&row) => {}
            Some((_, end)) if *end == row => *end = row.saturating_add(1),
            _ => self.runs.push((row, row.saturating_add(1))),
        }
    }

    pub fn sort(&mut self) {
        self.runs.sort_unstable();
    }

    pub fn contains(&self, row: u32) -> bool {
        let after = self.runs.partition_point(|(first, _)| *first <= row);
        let run = after.checked_sub(1).and_then(|run| self.runs.get(run));
        run.is_some_and(|(_, end)| row < *end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_hidden_in_whatever_order_they_are_named() {
        let mut rows = HiddenRows::default();
        for row in [7, 8, 9, 9, 20, 2] {
            rows.hide(row);
        }
        rows.sort();
        let hidden: Vec<u32> = (0..30).filter(|row| rows.contains(*row)).collect();
        assert_eq!(hidden, [2, 7, 8, 9, 20]);
    }
}
