//! How contracts and their signers stand, in the API's words.

/// The end of a contract that everybody has signed.
pub const SIGNED: &str = "ALL";
/// Taken back.
pub const CANCELLED: &str = "CANCEL";
/// Signed by everybody, and ended by an agreement later.
pub const RELIEVED: &str = "RELIEVED";

/// Nothing more will become of a contract: nobody need ask.
pub fn is_over(status: &str) -> bool {
    [SIGNED, "REJECT", "DEADLINE", CANCELLED, "INVALID", RELIEVED].contains(&status)
}

/// There is a document that everybody has signed.
pub fn is_complete(status: &str) -> bool {
    [SIGNED, RELIEVED].contains(&status)
}

/// A signer that has still to do something.
pub fn is_waiting(signer: &str) -> bool {
    ["PENDING", "FILLPENDING", "FILLACCEPT", "WAITPICKUP"].contains(&signer)
}

pub fn has_signed(signer: &str) -> bool {
    signer == "ACCEPT"
}

/// Signers of these types sign by themselves: there is no link for them.
pub fn signs_by_itself(approver_type: &str) -> bool {
    ["ENTERPRISESERVER", "PERSON_AUTO_SIGN"].contains(&approver_type)
}

/// What was asked for one contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    Links,
    Undo,
    Remind,
}

impl About {
    /// As the journal keeps it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Links => "links",
            Self::Undo => "undo",
            Self::Remind => "remind",
        }
    }
}
