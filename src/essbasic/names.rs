//! Names of the API, as they stand on the wire.

pub const SERVICE: &str = "essbasic";
pub const VERSION: &str = "2021-05-26";
/// Exactly this: the signature covers the value sent.
pub const CONTENT_TYPE: &str = "application/json";
pub const DEFAULT_ENDPOINT: &str = "https://essbasic.tencentcloudapi.com";
/// The platform's limit for a request signed with TC3.
pub const BODY_LIMIT: u64 = 10 * 1024 * 1024;
/// How this program names itself in `X-TC-RequestClient`.
pub const REQUEST_CLIENT: &str = concat!("flowbatch_", env!("CARGO_PKG_VERSION"));
