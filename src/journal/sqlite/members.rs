//! The flows of a chunk as a few bytes: each as its difference to the one before,
//! in the form of protocol buffers' signed numbers. Twenty rows that stand
//! together take some twenty bytes. Pure.

use crate::domain::job::FlowNo;

pub fn encode(flows: &[FlowNo]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(flows.len() + 8);
    let mut before = 0_i64;
    for FlowNo(flow) in flows {
        let difference = flow.wrapping_sub(before);
        let mut rest = ((difference << 1) ^ (difference >> 63)).cast_unsigned();
        while rest >= 0x80 {
            bytes.push((rest as u8) | 0x80);
            rest >>= 7;
        }
        bytes.push(rest as u8);
        before = *flow;
    }
    bytes
}

/// The flows in their order; what is cut off in the middle of a number is left out.
pub fn decode(bytes: &[u8]) -> impl Iterator<Item = FlowNo> + '_ {
    let mut rest = bytes.iter();
    let mut before = 0_i64;
    std::iter::from_fn(move || {
        let (mut number, mut shift) = (0_u64, 0_u32);
        loop {
            let byte = *rest.next()?;
            number |= u64::from(byte & 0x7F).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                break;
            }
            shift += 7;
        }
        let difference = (number >> 1).cast_signed() ^ -((number & 1).cast_signed());
        before = before.wrapping_add(difference);
        Some(FlowNo(before))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn flows_come_back_in_their_order(numbers in prop::collection::vec(any::<i64>(), 0..30)) {
            let flows: Vec<FlowNo> = numbers.into_iter().map(FlowNo).collect();
            prop_assert_eq!(decode(&encode(&flows)).collect::<Vec<_>>(), flows);
        }
    }

    #[test]
    fn twenty_neighbours_take_little_room() {
        let flows: Vec<FlowNo> = (1_000_000..1_000_020).map(FlowNo).collect();
        assert!(encode(&flows).len() <= 23);
    }
}
