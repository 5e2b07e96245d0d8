//! Made-up contracts, as CSV and as workbooks.

use rust_xlsxwriter::Workbook;

/// A sheet as a person fills it.
#[derive(Clone)]
pub struct Sheet {
    pub headers: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// `HT-0001`.
pub fn id(number: usize) -> String {
    format!("HT-{number:04}")
}

/// A signer's name; obviously nobody's.
pub fn name(number: usize) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digits: String = format!("{number}").bytes().map(|byte| DIGITS[usize::from(byte - b'0')]).collect();
    format!("测试{digits}")
}

pub fn mobile(number: usize) -> String {
    format!("138{number:08}")
}

/// Contracts 1 to `count`, a signer each, in the long layout.
pub fn contracts(count: usize) -> Sheet {
    contracts_from(1, count)
}

/// Contracts `first` to `last`.
pub fn contracts_from(first: usize, last: usize) -> Sheet {
    sheet(
        &["contract_id", "flow_name", "template_id", "deadline", "approver.name", "approver.mobile"],
        (first..=last).map(|n| {
            [
                id(n),
                format!("劳动合同_{n}"),
                "yDtest00000000000000000000000001".to_owned(),
                "2099-12-31".to_owned(),
                name(n),
                mobile(n),
            ]
        }),
    )
}

pub fn sheet<R: IntoIterator<Item = String>>(headers: &[&str], rows: impl IntoIterator<Item = R>) -> Sheet {
    Sheet {
        headers: headers.iter().map(|header| (*header).to_owned()).collect(),
        rows: rows.into_iter().map(|row| row.into_iter().collect()).collect(),
    }
}

impl Sheet {
    /// One more column; rows are counted from 1, as in the ids.
    pub fn with(mut self, header: &str, value: impl Fn(usize) -> String) -> Self {
        self.headers.push(header.to_owned());
        for (number, row) in (1..).zip(&mut self.rows) {
            row.push(value(number));
        }
        self
    }

    /// Another value in the `number`th contract.
    pub fn set(mut self, number: usize, header: &str, value: &str) -> Self {
        let column = self.headers.iter().position(|own| own == header).unwrap();
        value.clone_into(&mut self.rows[number - 1][column]);
        self
    }

    /// The same contracts without a column that numbers them.
    pub fn keyless(mut self) -> Self {
        self.headers.remove(0);
        self.rows.iter_mut().for_each(|row| drop(row.remove(0)));
        self
    }

    pub fn csv(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&self.headers).unwrap();
        for row in &self.rows {
            writer.write_record(row).unwrap();
        }
        writer.into_inner().unwrap()
    }

    pub fn xlsx(&self) -> Vec<u8> {
        workbook(&[("Sheet1", self)])
    }
}

pub fn workbook(sheets: &[(&str, &Sheet)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, sheet) in sheets {
        let worksheet = workbook.add_worksheet().set_name(*name).unwrap();
        for (row, cells) in (0..).zip(std::iter::once(&sheet.headers).chain(&sheet.rows)) {
            for (column, cell) in (0..).zip(cells) {
                worksheet.write_string(row, column, cell).unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}
