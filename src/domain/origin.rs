//! Which failed contract of a job a row of a workbook to correct is: written into a
//! column of ours when the workbook is made, so that it travels with the row.

use super::job::{FlowNo, JobId};

/// A contract that failed in a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    pub job: JobId,
    pub flow: FlowNo,
}

impl Origin {
    /// `20261126-0a1b/12/kfeb`. It ends with letters, so that a spreadsheet program that
    /// fills rows downwards does not count on; where one does, they are not those of the number.
    pub fn text(&self) -> String {
        format!("{}/{}/{}", self.job.0, self.flow.0, check(&self.job.0, self.flow.0))
    }

    /// All that a cell names, the newest first. `None`: somebody has changed it.
    pub fn read_all(cell: &str) -> Option<Vec<Self>> {
        cell.split_whitespace().map(Self::read).collect()
    }

    fn read(word: &str) -> Option<Self> {
        let mut parts = word.split('/');
        let (job, flow, sum) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?);
        let is_it = parts.next().is_none() && check(job, flow) == sum;
        is_it.then(|| Self { job: JobId(job.to_owned()), flow: FlowNo(flow) })
    }
}

/// Four letters that follow from the rest.
fn check(job: &str, flow: i64) -> String {
    // FNV-1a.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in job.bytes().chain(flow.to_le_bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    let letter = |at: u32| char::from(b'a' + ((hash >> (4 * at + 17)) & 15) as u8);
    (0..4).map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_and_what_was_changed_is_not() {
        let origin = |job: &str, flow| Origin { job: JobId(job.to_owned()), flow: FlowNo(flow) };
        let (first, second) = (origin("20261126-0a1b", 12), origin("20261127-ffff", 0));
        let cell = format!(" {} {}", second.text(), first.text());
        assert_eq!(Origin::read_all(&cell), Some(vec![second, first.clone()]));
        assert_eq!(Origin::read_all(" "), Some(Vec::new()));
        let text = first.text();
        let next = origin("20261126-0a1b", 13).text();
        assert_ne!(text.rsplit('/').next(), next.rsplit('/').next());
        for changed in [
            text.replace("/12/", "/13/"),
            text.replace("20261126", "20261127"),
            "12".to_owned(),
            format!("{text}/1"),
            format!("{text}1"),
        ] {
            assert_eq!(Origin::read_all(&changed), None, "{changed}");
        }
    }
}
