//! Tells people, by a robot of WeCom, DingTalk or Feishu or by a program of theirs, that a
//! job has ended or needs them. `bodies.rs` says what is sent (pure), `post.rs` sends it.
//!
//! A notice holds counts, a job's number and perhaps its file's name: never a name of a
//! signer, a mobile, a link, or what the API has said. One that fails fails nothing else.

mod bodies;
mod post;

use crate::domain::job::{JobId, Tally};
use crate::settings::Happening;

pub use post::send;

/// What is to be told.
#[derive(Clone, Debug)]
pub struct Notice {
    pub happening: Happening,
    /// The name alone, without its folder.
    pub file: String,
    pub job: Option<JobId>,
    pub tally: Option<Tally>,
    /// Pages that nobody has noted as confirmed.
    pub pages: usize,
}
