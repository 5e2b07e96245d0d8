/// Some of a sheet's rows, or some of its columns, 0-based: those that are hidden.
/// There may be a million of them, and still they are few runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Runs {
    /// Ascending, the end exclusive.
    runs: Vec<(u32, u32)>,
}

impl Runs {
    /// Rows mostly come in order; where they don't, [`Runs::sort`] at the end.
    pub fn add(&mut self, at: u32) {
        self.add_all(at, at.saturating_add(1));
    }

    /// From `first` up to `end`, which is not one of them.
    pub fn add_all(&mut self, first: u32, end: u32) {
        if first >= end {
            return;
        }
        match self.runs.last_mut() {
            Some((start, last)) if *start <= first && first <= *last => *last = end.max(*last),
            _ => self.runs.push((first, end)),
        }
    }

    pub fn sort(&mut self) {
        let mut runs = std::mem::take(&mut self.runs);
        runs.sort_unstable();
        for (first, end) in runs {
            self.add_all(first, end);
        }
    }

    pub fn contains(&self, at: u32) -> bool {
        let after = self.runs.partition_point(|(first, _)| *first <= at);
        let run = after.checked_sub(1).and_then(|run| self.runs.get(run));
        run.is_some_and(|(_, end)| at < *end)
    }

    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Ascending, the end exclusive.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.runs.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_may_be_named_in_whatever_order() {
        let mut rows = Runs::default();
        for row in [7, 8, 9, 9, 20, 2] {
            rows.add(row);
        }
        rows.add_all(4, 8);
        rows.add_all(5, 5);
        rows.sort();
        let hidden: Vec<u32> = (0..30).filter(|row| rows.contains(*row)).collect();
        assert_eq!(hidden, [2, 4, 5, 6, 7, 8, 9, 20]);
        assert_eq!(rows.iter().collect::<Vec<_>>(), [(2, 3), (4, 10), (20, 21)]);
    }
}
