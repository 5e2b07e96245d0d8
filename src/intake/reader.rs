//! The rows of a plan, read by a thread of its own, so that whoever takes them in looks at them while the next
//! ones are read.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use crate::domain::file::FileError;

use super::pipeline::text_bytes;
use super::plan::Plan;
use super::rows::{NumberedRow, each_row};

/// A block is handed on with so many rows, or with so many bytes of text.
const BLOCK: usize = 256;
const BLOCK_BYTES: usize = 256 * 1024;
/// Blocks that wait to be taken in.
const WAITING: usize = 4;

type Block = Vec<NumberedRow>;

/// As [`each_row`], beside the thread that reads: every row of data in order, until `visit` breaks.
///
/// # Errors
/// Those of `visit`, and those of the files once every row before them was visited.
pub fn each_row_beside<E: From<FileError>>(
    plan: &Plan,
    mut visit: impl FnMut(NumberedRow) -> Result<ControlFlow<()>, E>,
) -> Result<(), E> {
    std::thread::scope(|scope| {
        let (send, blocks) = sync_channel(WAITING);
        let reading = scope.spawn(move || read(plan, &send));
        if visit_all(blocks, &mut visit)?.is_break() {
            return Ok(());
        }
        match reading.join() {
            Ok(read) => Ok(read?),
            // Half of a file must not pass for the whole of it.
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// The receiver is dropped with the last row, or with the first that breaks: nothing is read for nobody.
fn visit_all<R, E>(
    blocks: Receiver<Vec<R>>,
    visit: &mut impl FnMut(R) -> Result<ControlFlow<()>, E>,
) -> Result<ControlFlow<()>, E> {
    for row in blocks.into_iter().flatten() {
        if visit(row)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

fn read(plan: &Plan, send: &SyncSender<Block>) -> Result<(), FileError> {
    let mut block = Block::with_capacity(BLOCK);
    let mut bytes = 0;
    let done = each_row(plan, |row| {
        bytes += text_bytes(&row.row.row.cells);
        block.push(row);
        if block.len() < BLOCK && bytes < BLOCK_BYTES {
            return Ok(ControlFlow::Continue(()));
        }
        bytes = 0;
        let full = std::mem::replace(&mut block, Block::with_capacity(BLOCK));
        // Nobody takes it where whoever visits has enough.
        Ok(if send.send(full).is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    });
    // What stands before a fault is visited before the fault is told.
    let _ = send.send(block);
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_in_their_order_until_somebody_has_enough() {
        let visited = |last: i32| {
            let (send, blocks) = sync_channel(9);
            let waiting = [vec![1, 2], Vec::new(), vec![3], vec![4]];
            waiting.into_iter().for_each(|block| send.send(block).unwrap());
            let reader = std::thread::spawn(move || {
                // Ends once the receiver is gone.
                while send.send(vec![5]).is_ok() && last < 5 {}
            });
            let mut seen = Vec::new();
            let done = visit_all(blocks, &mut |row| {
                seen.push(row);
                match row {
                    row if row > last => Err("fault"),
                    row if row == last => Ok(ControlFlow::Break(())),
                    _ => Ok(ControlFlow::Continue(())),
                }
            });
            reader.join().unwrap();
            (seen, done)
        };
        assert_eq!(visited(3), (vec![1, 2, 3], Ok(ControlFlow::Break(()))));
        assert_eq!(visited(0), (vec![1], Err("fault")));
        assert_eq!(visited(9), (vec![1, 2, 3, 4, 5], Ok(ControlFlow::Continue(()))));
    }
}
