//! Broken exports, rules and templates: one folder a case, with the job, its input and every word that the analyst reads.
//!
//! `tests/cases/data/<case>/{job.toml,input/,templates/,expected.txt}`.

use std::path::Path;

use kvalis::cli::render;
use kvalis::job::{compile, load};

use crate::kit::{case, run_plan};

/// What a run of the case tells: its errors, or its warnings, the rows and the list of rejects.
fn told(case: &Path) -> String {
    let loaded = load::load(&case.join("job.toml").to_string_lossy(), None).expect("the job file itself is right");
    let (plan, _) = compile::compile(&loaded).expect("and compiles");
    let said = match run_plan(&plan, 2) {
        Err(failure) => format!("exit {}\n{}", failure.exit_code(), render(&failure.diagnostics, false)),
        Ok(run) => {
            let fates = run.summary.balances.iter().flat_map(|balance| balance.fates());
            let fates: Vec<String> = fates.map(|(fate, rows)| format!("{rows} {fate:?}")).collect();
            let warnings = render(&run.summary.warnings, false);
            let errors = render(&run.summary.errors, false);
            let exit = i32::from(!run.summary.unread.is_empty());
            let rejects = run.read("rejects.csv").replace('\r', "");
            format!("exit {exit}\n{}\n{errors}{warnings}{rejects}", fates.join(", "))
        }
    };
    said.replace(&*case.to_string_lossy(), "CASE").replace(env!("CARGO_MANIFEST_DIR"), "ROOT").replace('\u{feff}', "")
}

fn check(case: &Path) {
    case::expects(&case.join("expected.txt"), &told(case));
}

cases! { "data", check:
    action_event_gone action_gone actions_to_mend ambiguous_column another_year bad_date bad_number_and_yes_no broken_json check_failed differing_duplicate
    differing_duplicate_stop differs_from_print empty_file header_not_found html_called_xlsx json_missing_column
    file_of_another_year file_read_twice missing_column over_limit missing_id missing_page no_such_file no_such_sheet
    no_such_template not_utf_8 on_bad_source optional_source out_of_scale period_not_covered
    period_not_covered_declared personal_data_masked risk_of_no_year safe_id_personnummer
    stale_source status_contradiction template_mistakes text_of_another_year template_syntax text_mistakes
    theme_files_absent theme_files_wrong
    truncated_workbook unclosed_quote unknown_category_bucket unknown_category_not_safe unknown_category_stop
    untested_word word_template_no_such_file word_template_not_word word_template_with_object
    word_template_without_styles zero_in_doubt
}
