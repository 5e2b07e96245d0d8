//! The rows of one contract, built, judged and stored.

use crate::contract::build::{Contract, SourceRow, build};
use crate::domain::flow::Sender;
use crate::domain::identity;
use crate::domain::job::{FlowNo, Status};
use crate::domain::problem::{Problem, Rule};
use crate::journal::{ContractRecord, Fingerprint, Sending, claim, fingerprint};

use super::sheet_survey::unsent;
use super::{HiddenRows, Import, ImportError, odd_rows};

impl Import<'_> {
    /// In the wide layout a row is a contract, so one key names one row.
    pub(super) fn store_twins(&mut self, rows: &[(i64, SourceRow)]) -> Result<(), ImportError> {
        let first_row = rows.first().map_or(0, |(_, row)| row.row.number);
        let last_row = rows.last().map_or(0, |(_, row)| row.row.number);
        for (index, member) in rows.iter().enumerate() {
            let row = &member.1;
            let column = row.mapping.column_of("contract_id");
            let other = if index == 0 { last_row } else { first_row };
            let value = column.map(|column| row.row.cell(column).seen());
            let problem = self.problem(row, column, value, Rule::KeyTwice { first_row: other });
            self.store(std::slice::from_ref(member), vec![problem])?;
        }
        Ok(())
    }

    /// People use 001 to 500 anew on each sheet: rows of two sheets are never
    /// put together into one contract.
    pub(super) fn store_in_sheets(&mut self, rows: &[(i64, SourceRow)]) -> Result<(), ImportError> {
        for part in rows.chunk_by(|(_, one), (_, next)| one.is_of_the_sheet_of(next)) {
            let Some((_, first)) = part.first() else { continue };
            let Some((_, other)) = rows.iter().find(|(_, row)| !row.is_of_the_sheet_of(first)) else {
                continue;
            };
            let column = first.mapping.column_of("contract_id");
            let value = column.map(|column| first.row.cell(column).seen());
            let sheet = other.sheet.as_deref().unwrap_or_default().to_owned();
            let rule = Rule::KeyInSheets { sheet, row: other.row.number };
            let problem = self.problem(first, column, value, rule);
            self.store(part, vec![problem])?;
        }
        Ok(())
    }

    /// Builds a contract from its rows and stores what came of it.
    pub(super) fn store(
        &mut self,
        rows: &[(i64, SourceRow)],
        mut extra: Vec<Problem>,
    ) -> Result<(), ImportError> {
        let ords: Vec<i64> = rows.iter().map(|(ord, _)| *ord).collect();
        let sources: Vec<SourceRow> = rows.iter().map(|(_, row)| row.clone()).collect();
        let flow = FlowNo(ords.first().copied().unwrap_or(0));
        let mut contract = build(&sources, &self.options.context);
        let hidden_skip = self.judge_hidden(&sources, &mut extra);
        let uneven: Vec<Problem> = sources.iter().filter_map(|row| self.uneven(row)).collect();
        // What else is wrong in such a line comes of it.
        let aside = |problem: &Problem| uneven.iter().any(|told| told.place.row == problem.place.row);
        contract.problems.retain(|problem| !aside(problem));
        extra.extend(uneven);
        extra.extend(self.keys_missing(&sources));
        if let [row] = sources.as_slice()
            && contract.send
            && !hidden_skip
            && let Some(rule) = odd_rows::almost_empty(row)
        {
            let problems = [self.problem(row, None, None, rule)];
            return self.store_unsent(flow, &contract, Status::Invalid, &problems, &ords);
        }
        if !contract.send && !contract.problems.iter().any(Problem::stops) || hidden_skip {
            return self.store_unsent(flow, &contract, Status::Skipped, &[], &ords);
        }
        let mut problems = extra;
        problems.extend(contract.problems.iter().cloned());
        let sendable = contract.flow.as_ref().filter(|_| !problems.iter().any(Problem::stops));
        let Some((body, sender)) = sendable else {
            return self.store_unsent(flow, &contract, Status::Invalid, &problems, &ords);
        };
        self.survey.contract(flow, body.flow_approvers.len());
        let bytes = serde_json::to_vec(body).unwrap_or_default();
        if bytes.len() as u64 > self.options.flow_bytes {
            let limit = usize::try_from(self.options.flow_bytes).unwrap_or(usize::MAX);
            if let Some(row) = sources.first() {
                problems.push(self.problem(row, None, None, Rule::TooLarge { limit, found: bytes.len() }));
            }
            return self.store_unsent(flow, &contract, Status::Invalid, &problems, &ords);
        }
        let content = fingerprint(&(self.options.hash)(&[b"content", &contract.content]));
        if contract.key.is_none() {
            problems.extend(self.told_before(&content, &sources));
        }
        let group = self.group(sender, &contract.group)?;
        let named = body.template_id.as_deref().unwrap_or_default().as_bytes();
        let realm = self.realms.entry(group).or_insert_with(|| (self.options.realm)(sender)).as_bytes();
        let hash = self.options.hash;
        let claim = match &contract.key {
            Some(key) => claim_of_key(hash, key, realm, named),
            None => claim(&hash(&[b"text", &content]), &hash(&[b"content", realm, &content, named])),
        };
        let likeness = fingerprint(&hash(&[b"likeness", realm, &identity::likeness(&self.stem, body)]));
        let template = body.template_id.as_deref().map(|id| self.template(id)).transpose()?;
        let record = ContractRecord {
            flow,
            key: contract.key.as_deref(),
            name: &contract.name,
            status: None,
            unsent_claim: None,
            sending: Some(Sending {
                group,
                template,
                body: bytes,
                deadline: body.deadline,
                relative: contract.relative.clone(),
                claim,
                content,
                likeness: Some(likeness),
            }),
            problems: &problems,
        };
        Ok(self.file.add_contract(&record, &ords)?)
    }

    /// Rows without a key that went with the contract above them.
    fn keys_missing(&self, rows: &[SourceRow]) -> Vec<Problem> {
        let missing = |row: &&SourceRow| {
            rows.len() > 1 && row.mapping.key.is_none() && self.key_of(row).is_none() && !self.spoilt_key(row)
        };
        let column = |row: &SourceRow| row.mapping.column_of("contract_id");
        rows.iter()
            .filter(missing)
            .map(|row| self.problem(row, column(row), None, Rule::KeyMissing))
            .collect()
    }

    /// A contract without a key is its content: the same again is sent once.
    fn told_before(&mut self, content: &Fingerprint, rows: &[SourceRow]) -> Option<Problem> {
        let row = rows.first()?;
        let short = u64::from_le_bytes(std::array::from_fn(|at| content[at]));
        let unsent = unsent(rows);
        let Some((first_row, other)) = self.keyless.get(&short).copied() else {
            self.keyless.insert(short, (row.row.number, unsent));
            return None;
        };
        if unsent == other {
            return Some(self.problem(row, None, None, Rule::RowTwice { first_row }));
        }
        self.survey.differs(row, first_row);
        None
    }

    fn store_unsent(
        &self,
        flow: FlowNo,
        contract: &Contract,
        status: Status,
        problems: &[Problem],
        ords: &[i64],
    ) -> Result<(), ImportError> {
        let claim = contract.key.as_deref().zip(contract.unsent.as_ref()).map(|(key, (sender, template))| {
            let realm = (self.options.realm)(sender);
            claim_of_key(self.options.hash, key, realm.as_bytes(), template.as_bytes())
        });
        let record = ContractRecord {
            flow,
            key: contract.key.as_deref(),
            name: &contract.name,
            status: Some(status),
            unsent_claim: claim.filter(|_| status == Status::Invalid),
            sending: None,
            problems,
        };
        Ok(self.file.add_contract(&record, ords)?)
    }

    pub(super) fn refuse_row(&mut self, ord: i64, row: &SourceRow, rule: Rule) -> Result<(), ImportError> {
        let send = row.mapping.column_of("send").map(|column| row.row.cell(column).seen());
        let skipped = send.is_some_and(|text| crate::contract::values::yes_no(&text) == Some(false))
            || (row.row.hidden && self.options.hidden_rows == HiddenRows::Skip);
        let key = self.key_of(row);
        if skipped {
            return self.leave_out(ord, key.as_deref(), Status::Skipped, &[]);
        }
        let problems = [self.problem(row, None, None, rule)];
        self.leave_out(ord, key.as_deref(), Status::Invalid, &problems)
    }

    /// A row that is no contract has its line in the report all the same.
    pub(super) fn leave_out(
        &self,
        ord: i64,
        key: Option<&str>,
        status: Status,
        problems: &[Problem],
    ) -> Result<(), ImportError> {
        let record = ContractRecord {
            flow: FlowNo(ord),
            key,
            name: "",
            status: Some(status),
            unsent_claim: None,
            sending: None,
            problems,
        };
        Ok(self.file.add_contract(&record, &[ord])?)
    }

    fn template(&mut self, id: &str) -> Result<u32, ImportError> {
        if let Some(number) = self.templates.get(id) {
            return Ok(*number);
        }
        let number = u32::try_from(self.templates.len()).unwrap_or(u32::MAX);
        self.file.add_template(number, id)?;
        self.templates.insert(id.to_owned(), number);
        Ok(number)
    }

    fn group(&mut self, sender: &Sender, label: &str) -> Result<u32, ImportError> {
        let key = (sender.clone(), label.to_owned());
        if let Some(group) = self.groups.get(&key) {
            return Ok(*group);
        }
        let group = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
        self.file.add_group(group, sender, label)?;
        self.groups.insert(key, group);
        Ok(group)
    }

    /// Nobody wants to send what he cannot see, nor a contract minus a signer.
    fn judge_hidden(&self, rows: &[SourceRow], extra: &mut Vec<Problem>) -> bool {
        let hidden: Vec<&SourceRow> = rows.iter().filter(|row| row.row.hidden).collect();
        let (Some(first), Some(shown)) =
            (hidden.first(), rows.iter().find(|row| !row.row.hidden).or(rows.first()))
        else {
            return false;
        };
        if hidden.len() < rows.len() {
            let other_row = shown.row.number;
            extra.push(self.problem(first, None, None, Rule::HiddenDiffers { other_row }));
            return false;
        }
        match self.options.hidden_rows {
            HiddenRows::Ask => {
                extra.extend(hidden.iter().map(|row| self.problem(row, None, None, Rule::RowHidden)))
            }
            HiddenRows::Skip => return true,
            HiddenRows::Send => {}
        }
        false
    }

    /// Only a CSV has uneven rows.
    fn uneven(&self, row: &SourceRow) -> Option<Problem> {
        let width = self.plan.source_of(row)?.width?;
        let rule = odd_rows::uneven(row, width, &self.options.context.clock)?;
        Some(self.problem(row, None, None, rule))
    }
}

fn claim_of_key(
    hash: &dyn Fn(&[&[u8]]) -> [u8; 32],
    key: &str,
    realm: &[u8],
    template: &[u8],
) -> Fingerprint {
    let key = key.as_bytes();
    claim(&hash(&[b"key", key]), &hash(&[b"contract", realm, key, template]))
}
