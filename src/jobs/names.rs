//! Where a report goes and what it is called.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Folder and stem of the reports of each input: `contracts.xlsx` gets
/// `contracts.report.xlsx`. Where two inputs would share a name, both keep
/// their extension: `a.csv.report.xlsx`.
pub fn report_names(inputs: &[PathBuf], out: Option<&Path>) -> Vec<(PathBuf, String)> {
    let folder = |path: &Path| match out {
        Some(out) => out.to_owned(),
        None => path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned(),
    };
    let short = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut uses: HashMap<(PathBuf, String), usize> = HashMap::new();
    for input in inputs {
        *uses.entry((folder(input), short(input))).or_default() += 1;
    }
    inputs
        .iter()
        .map(|input| {
            let (dir, stem) = (folder(input), short(input));
            if uses.get(&(dir.clone(), stem.clone())).is_some_and(|count| *count > 1) {
                let whole = input.file_name().unwrap_or_default().to_string_lossy().into_owned();
                (dir, whole)
            } else {
                (dir, stem)
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_would_clash_keep_their_extension() {
        let inputs = [
            PathBuf::from("x/a.csv"),
            PathBuf::from("x/a.xlsx"),
            PathBuf::from("x/b.csv"),
            PathBuf::from("y/a.csv"),
        ];
        let stems: Vec<String> = report_names(&inputs, None).into_iter().map(|(_, stem)| stem).collect();
        assert_eq!(stems, ["a.csv", "a.xlsx", "b", "a"]);
        let stems: Vec<String> =
            report_names(&inputs, Some(Path::new("out"))).into_iter().map(|(_, stem)| stem).collect();
        assert_eq!(stems, ["a.csv", "a.xlsx", "b", "a.csv"]);
    }
}
