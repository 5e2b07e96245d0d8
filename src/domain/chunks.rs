//! Flows -> chunks. Pure.

use std::collections::HashMap;

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

/// Fills chunks in the order of the input; flows of different groups never
/// share one. Chunks come in the order of their first flows.
pub fn cut(pieces: impl IntoIterator<Item = Piece>, limits: ChunkLimits) -> Vec<Cut> {
    let mut chunks: Vec<Cut> = Vec::new();
    // Group -> its open chunk and that chunk's size.
    let mut open: HashMap<u32, (usize, u64)> = HashMap::new();
    for piece in pieces {
        let room = open.get(&piece.group).and_then(|(index, bytes)| {
            let flows = chunks.get(*index)?.flows.len();
            (flows < limits.flows && bytes + piece.size <= limits.bytes).then_some((*index, *bytes))
        });
        let (index, bytes) = room.unwrap_or_else(|| {
            chunks.push(Cut { group: piece.group, flows: Vec::new() });
            (chunks.len() - 1, 0)
        });
        if let Some(chunk) = chunks.get_mut(index) {
            chunk.flows.push(piece.flow);
        }
        open.insert(piece.group, (index, bytes + piece.size));
    }
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
