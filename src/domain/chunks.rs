//! Flows -> chunks. Pure.

use std::collections::BTreeMap;

use super::job::FlowNo;

/// What a request may hold.
#[derive(Clone, Copy, Debug)]
pub struct ChunkLimits {
    /// The API takes at most 20.
    pub flows: usize,
    /// Bytes of all flows together.
    pub bytes: u64,
}

/// A flow as far as cutting goes.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    pub flow: FlowNo,
    pub group: u32,
    pub size: u64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    pub group: u32,
    pub flows: Vec<FlowNo>,
}

/// Fills chunks in the order of the input, a flow at a time; flows of different
/// groups never share one.
#[derive(Default)]
pub struct Cutter {
    /// Group -> its open chunk and that chunk's size.
    open: BTreeMap<u32, (Cut, u64)>,
}

impl Cutter {
    /// Returns the chunk that is full with this flow, or without it.
    pub fn add(&mut self, piece: Piece, limits: ChunkLimits) -> Option<Cut> {
        let new = || (Cut { group: piece.group, flows: Vec::new() }, 0);
        let (cut, bytes) = self.open.entry(piece.group).or_insert_with(new);
        let fits = cut.flows.is_empty() || *bytes + piece.size <= limits.bytes;
        let full = if fits { None } else { Some(std::mem::take(&mut cut.flows)) };
        if full.is_some() {
            *bytes = 0;
        }
        cut.flows.push(piece.flow);
        *bytes += piece.size;
        if let Some(flows) = full {
            return Some(Cut { group: piece.group, flows });
        }
        (cut.flows.len() >= limits.flows)
            .then(|| self.open.remove(&piece.group))
            .flatten()
            .map(|(cut, _)| cut)
    }

    /// The chunks that are not full, in the order of their first flows.
    pub fn rest(self) -> Vec<Cut> {
        let mut rest: Vec<Cut> = self.open.into_values().map(|(cut, _)| cut).collect();
        rest.sort_by_key(|cut| cut.flows.first().copied());
        rest
    }
}

/// All chunks of some flows, in the order in which they are full.
pub fn cut(pieces: impl IntoIterator<Item = Piece>, limits: ChunkLimits) -> Vec<Cut> {
    let mut cutter = Cutter::default();
    let mut chunks: Vec<Cut> = pieces.into_iter().filter_map(|piece| cutter.add(piece, limits)).collect();
    chunks.extend(cutter.rest());
    chunks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(groups: &[u32]) -> Vec<Piece> {
        (0..).zip(groups).map(|(flow, group)| Piece { flow: FlowNo(flow), group: *group, size: 10 }).collect()
    }

    #[test]
    fn forty_five_flows_make_three_chunks() {
        let sizes: Vec<usize> = cut(pieces(&[0; 45]), ChunkLimits { flows: 20, bytes: 1000 })
            .iter()
            .map(|chunk| chunk.flows.len())
            .collect();
        assert_eq!(sizes, [20, 20, 5]);
    }

    #[test]
    fn groups_never_share_and_size_counts() {
        let chunks = cut(pieces(&[0, 1, 0, 1, 0]), ChunkLimits { flows: 2, bytes: 1000 });
        let flows: Vec<Vec<i64>> = chunks.iter().map(|c| c.flows.iter().map(|f| f.0).collect()).collect();
        assert_eq!(flows, [vec![0, 2], vec![1, 3], vec![4]]);
        assert_eq!(cut(pieces(&[0; 4]), ChunkLimits { flows: 20, bytes: 25 }).len(), 2);
    }
}
