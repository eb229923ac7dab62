//! Whatever a file holds, inspecting it is no bug, and a draft of it is a job file.

use kvalis::inspect::proposal::{Export, Wishes, job_file};
use kvalis::inspect::{FileProfile, look};
use proptest::prelude::*;

use crate::kit::Bench;

fn profile(bytes: &[u8]) -> Option<FileProfile> {
    let bench = Bench::new();
    bench.write("prov.csv", bytes);
    look(&bench.path("prov.csv")).ok()
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-cÅå]{1,3}",
        2 => "[0-9]{1,4}",
        2 => "20(2[2-4])-0[1-9]-1[0-9]",
        1 => "[A-B]-[0-9]{3}",
        1 => prop::sample::select(vec!["Ja", "Nej", "-", "..", "X", "", "Totalt", "Övrigt", "Okänd kategori", "Uppgift saknas",
            "a;b", "a|b", "1 234,5", "69 %", "\"a\"\"b\"", "=1+1", "[a]", "a\\b", "kv 1 2023", "{% x %}", "{{ y }}"])
            .prop_map(String::from),
    ]
}

fn header() -> impl Strategy<Value = String> {
    prop_oneof![
        5 => "[a-eÅ]{1,6}",
        1 => prop::sample::select(vec!["kpi", "municipality", "period", "value", "gender", "2022", "2023", "Year", "_x", "a.b",
            "\"q\"\"q\"", "month", "", "å\u{301}", "Antal 2022", "Antal 2023", "{period}", "{each}"])
            .prop_map(String::from),
    ]
}

fn table() -> impl Strategy<Value = String> {
    (1usize..6, 0usize..40).prop_flat_map(|(width, rows)| {
        let row = prop::collection::vec(cell(), width).prop_map(|cells| cells.join(";"));
        let head = prop::collection::vec(header(), width).prop_map(|cells| cells.join(";"));
        (head, prop::collection::vec(row, rows)).prop_map(|(head, rows)| format!("{head}\n{}\n", rows.join("\n")))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_can_be_inspected(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = profile(&bytes);
    }

    #[test]
    fn a_draft_of_any_table_is_a_job_file_that_compiles(text in table()) {
        let Some(profile) = profile(text.as_bytes()) else { return Ok(()) };
        let export = Export { path: "prov.csv".into(), profile };
        let wishes = Wishes { input: "../exports".into(), ..Wishes::default() };
        let Some(draft) = job_file(&[export], &wishes) else { return Ok(()) };
        let loaded = kvalis::job::load::load_text("prov.toml", draft.clone(), None);
        let loaded = loaded.map_err(|failure| TestCaseError::fail(format!("{failure:#?}\n{draft}")))?;
        let compiled = kvalis::job::compile::compile(&loaded);
        prop_assert!(compiled.is_ok(), "{:#?}\n{draft}", compiled.err());
    }
}
