//! What a file was understood as: shown before anything is sent. Values are personal data,
//! so there is no `Debug`.

use serde::Serialize;

#[derive(Clone, Default, Serialize)]
pub struct Understood {
    pub sheets: Vec<SheetUnderstood>,
    /// Sheets in which something stands and nothing is read.
    pub unused_sheets: Vec<UnusedSheet>,
    /// What the settings add where no column says it: stable name of the field, value.
    pub added: Vec<(String, String)>,
    /// Signers that the settings give every contract.
    pub fixed: Vec<FixedUnderstood>,
    /// When the contracts end, in the time zone of the settings.
    pub deadlines: DeadlinesUnderstood,
    /// Contracts that can be sent.
    pub contracts: u64,
    /// Signers of a contract -> how many such contracts there are.
    pub signers: Vec<(usize, u64)>,
    pub first: Option<FirstContract>,
}

#[derive(Clone, Serialize)]
pub struct UnusedSheet {
    pub sheet: String,
    pub hidden: bool,
}

#[derive(Clone, Serialize)]
pub struct FixedUnderstood {
    pub is_last: bool,
    /// A type of the API.
    pub kind: String,
    pub organization: Option<String>,
}

#[derive(Clone, Default, Serialize)]
pub struct DeadlinesUnderstood {
    /// Different ones; there may be more where that many were not counted one by one.
    pub count: usize,
    pub is_more: bool,
    /// All of them with the number of contracts, if there are few.
    pub all: Vec<(String, u64)>,
    pub first: Option<String>,
    pub last: Option<String>,
}

#[derive(Clone, Default, Serialize)]
pub struct SheetUnderstood {
    pub file: String,
    pub sheet: Option<String>,
    /// The last row of its header.
    pub header_row: u32,
    pub columns: Vec<ColumnUnderstood>,
    /// What stands above the header, and is not used: rows and texts.
    pub above: Vec<(u32, String)>,
    /// Only rows with one of these values in that column are meant.
    pub only: Vec<(String, Vec<String>)>,
}

#[derive(Clone, Serialize)]
pub struct ColumnUnderstood {
    /// 0 is column A.
    pub column: usize,
    pub header: String,
    /// A stable name (`approver2.name`, `field:岗位`); `None`: not used.
    pub gives: Option<String>,
    /// It holds the rows of a contract together.
    pub is_key: bool,
    /// Notes behind the name of a component that do not belong to it: `date`, `number`,
    /// `required`; `hidden`: nobody sees the column.
    pub notes: Vec<&'static str>,
}

/// The first contract that can be sent, written out.
#[derive(Clone, Serialize)]
pub struct FirstContract {
    pub rows: Vec<u32>,
    /// In the time zone of the settings.
    pub deadline: Option<String>,
    pub signers: Vec<Vec<ValueUnderstood>>,
    /// What the template calls each of them; empty: it was not asked, or does not say.
    pub roles: Vec<String>,
    /// Of the contract as a whole, components of the template among them.
    pub values: Vec<ValueUnderstood>,
}

#[derive(Clone, Serialize)]
pub struct ValueUnderstood {
    /// A stable name.
    pub field: String,
    pub value: String,
    /// The column that it came from; `None`: the settings.
    pub column: Option<(usize, String)>,
}
