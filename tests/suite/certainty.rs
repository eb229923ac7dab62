//! Intervals, tests and words of a whole run: every number in `tables/*.csv` worked out again by other means, and the
//! sentences that may say "ökade" and those that may not.

use std::fmt::Write as _;

use crate::kit::{Bench, Run, Sheet, text_of};

/// Events by year (2019–2024) and type.
const EVENTS: [(&str, [u32; 6]); 4] = [
    ("Fall", [10, 14, 19, 25, 40, 90]),
    ("Läkemedel", [40, 41, 39, 42, 50, 49]),
    ("Hot", [9, 8, 7, 6, 5, 4]),
    ("Övrigt", [3, 3, 2, 3, 3, 1]),
];

fn ran() -> &'static Run {
    static RUN: std::sync::OnceLock<Run> = std::sync::OnceLock::new();
    RUN.get_or_init(|| {
        let mut events = String::from("Nr;Datum;Typ\n");
        let mut number = 0;
        for (kind, years) in EVENTS {
            for (year, count) in (2019..).zip(years) {
                for _ in 0..count {
                    number += 1;
                    writeln!(events, "{number};{year}-{:02}-{:02};{kind}", number % 12 + 1, number % 28 + 1)
                        .expect("text");
                }
            }
        }
        let bench = Bench::case("certainty");
        bench.write("a.csv", events);
        bench.run()
    })
}

fn table(name: &str) -> Sheet {
    ran().table(name)
}

fn close(ours: f64, theirs: f64) -> bool {
    (ours - theirs).abs() <= 1e-9 * theirs.abs().max(1e-300)
}

/// ln n!, by adding.
fn ln_factorial(n: u64) -> f64 {
    (1..=n).map(|k| (k as f64).ln()).sum()
}

fn ln_choose(n: u64, k: u64) -> f64 {
    ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k)
}

#[test]
fn p_of_two_counts_is_the_binomial_sum_with_the_leap_day() {
    let sheet = table("breakdown-typ");
    let share: f64 = 366.0 / (366.0 + 365.0);
    let mut all = Vec::new();
    for (kind, years) in EVENTS {
        let (now, n) = (u64::from(years[5]), u64::from(years[5] + years[4]));
        let term = |k: u64| (ln_choose(n, k) + k as f64 * share.ln() + (n - k) as f64 * (1.0 - share).ln()).exp();
        let (below, above): (f64, f64) = ((0..=now).map(term).sum(), (now..=n).map(term).sum());
        let p = (2.0 * below.min(above)).min(1.0);
        assert!(close(sheet.decimal(&[kind], "p"), p), "{kind} {p}");
        all.push((kind.to_string(), p));
    }
    all.push(("Totalt".into(), sheet.decimal(&["Totalt"], "p")));
    for (kind, own) in &all {
        let rate = |t: f64| t * all.len() as f64 / all.iter().filter(|(_, p)| *p <= t).count() as f64;
        let adjusted = all.iter().filter(|(_, t)| t >= own).map(|(_, t)| rate(*t)).fold(1.0, f64::min);
        assert!(close(sheet.decimal(&[kind], "p_adjusted"), adjusted), "{kind}");
    }
    assert_eq!(sheet.cell(&["Fall"], "development"), "ökning");
    assert_eq!(sheet.cell(&["Hot"], "development"), "ingen säkerställd skillnad");
}

#[test]
fn exact_limits_of_a_share_leave_their_tails() {
    let sheet = table("share-fall");
    let n: u64 = EVENTS.iter().map(|(_, years)| u64::from(years[5])).sum();
    let term = |k: u64, p: f64| (ln_choose(n, k) + k as f64 * p.ln() + (n - k) as f64 * (1.0 - p).ln()).exp();
    let (lower, upper) =
        (sheet.decimal(&["Fall"], "share_lower") / 100.0, sheet.decimal(&["Fall"], "share_upper") / 100.0);
    assert!(close((90..=n).map(|k| term(k, lower)).sum(), 0.025));
    assert!(close((0..=90).map(|k| term(k, upper)).sum(), 0.025));
    assert_eq!(sheet.cell(&["Fall"], "test"), "z-test av två andelar");
    assert_eq!(sheet.cell(&["Fall"], "development"), "ökning");
}

#[test]
fn a_survey_has_wilsons_limits_and_says_nothing_of_few() {
    let sheet = table("indicator-enkat");
    let limit = |x: f64, n: f64, sign: f64| {
        let z = 1.959963984540054_f64;
        let p = x / n;
        100.0 * (p + z * z / (2.0 * n) + sign * z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt())
            / (1.0 + z * z / n)
    };
    assert!(close(sheet.decimal(&["Nöjd"], "y2024_lower"), limit(45.0, 60.0, -1.0)));
    assert!(close(sheet.decimal(&["Nöjd"], "y2024_upper"), limit(45.0, 60.0, 1.0)));
    // 80 % of 9 answers is 7,2, and 7 of 9 is 78 %: the limits are of 7,2.
    assert!(close(sheet.decimal(&["Liten"], "y2023_lower"), limit(7.2, 9.0, -1.0)));
    let words: Vec<&str> = ["Nöjd", "Trygg", "Liten"].iter().map(|row| sheet.cell(&[row], "development")).collect();
    assert_eq!(words[..2], ["förbättring", "ingen säkerställd skillnad"]);
}

#[test]
fn the_shift_is_chi_square_over_the_two_years() {
    let sheet = table("shift-typ");
    let rows: Vec<[f64; 2]> = EVENTS.iter().map(|(_, years)| [f64::from(years[5]), f64::from(years[4])]).collect();
    let column = |c: usize| rows.iter().map(|row| row[c]).sum::<f64>();
    let n = column(0) + column(1);
    let mut sum = 0.0;
    for row in &rows {
        for c in 0..2 {
            sum += row[c] * row[c] / ((row[0] + row[1]) * column(c));
        }
    }
    let chi = n * (sum - 1.0);
    assert!(close(sheet.decimal(&["Totalt"], "chi_square"), chi));
    assert!(close(sheet.decimal(&["Totalt"], "cramers_v"), (chi / n).sqrt()));
    assert_eq!(sheet.cell(&["Totalt"], "degrees"), "3");
    assert!(sheet.decimal(&["Fall"], "residual") > 2.0 && sheet.decimal(&["Läkemedel"], "residual") < -2.0);
}

#[test]
fn six_rising_years_are_a_trend_and_their_slope_is_the_median() {
    let sheet = table("development-typ");
    // Six rising years: 2 of 720 orders are as extreme.
    assert!(close(sheet.decimal(&["Fall"], "p"), 2.0 / 720.0));
    assert_eq!((sheet.decimal(&["Fall"], "s"), sheet.decimal(&["Hot"], "s")), (15.0, -15.0));
    assert!(close(sheet.decimal(&["Hot"], "slope"), -1.0));
    assert_eq!(sheet.cell(&["Fall"], "development"), "ökning");
    assert_eq!(sheet.cell(&["Övrigt"], "test"), "Mann–Kendall, normalapproximation");
}

#[test]
fn the_report_says_the_words_that_the_tests_allow_and_no_p() {
    let html = ran().read("report.html");
    let text = text_of(&html);
    for said in [
        "Fallen ökade från 40 till 90 (+125 %). Hoten var 4, 1 färre än föregående år (5); skillnaden kan bero på slumpen.",
        "Andelen ökade från 41 % till 63 %.",
        "Nöjda förbättrades från 50 % till 75 %. Trygga var 65 %, 5,0 procentenheter högre än föregående år (60 %); \
         skillnaden kan bero på slumpen.",
        "Få: var 10 % (föregående år 80 %); för få har svarat för att säga något om riktningen; mot 80 % föregående år; \
         för få har svarat för att säga något om riktningen.",
        "Antalet fall visar en stigande trend 2019–2024, från 10 till 90.",
        "andelen är större för Fall och mindre för Läkemedel",
        "75 % (63–84)",
    ] {
        assert!(text.contains(said), "the report does not say: {said}\n{text}");
    }
    assert!(!text.contains("p, justerat") && !text.contains("ingen säkerställd skillnad"));
}

#[test]
fn the_analyst_has_the_test_behind_each_sentence() {
    let notes = ran().read("underlag.md");
    assert!(notes.contains("Fallen ökade från 40 till 90"), "{notes}");
    assert!(notes.contains("`breakdown.typ|Fall`: 90 (40); exakt test av två antal; p under 0,001"), "{notes}");
    assert!(ran().json("underlag.json").as_array().is_some_and(|notes| notes.len() > 8));
}

#[test]
fn a_small_count_of_a_protected_rate_is_hidden_with_all_that_tells_it_and_an_exempt_one_is_counted() {
    let job = |protect: &str| {
        let bench = Bench::case("rapporter");
        let rate = "[rate.dag]\nsource = \"source.rapporter\"\ntitle = \"Per dag\"\nper = 1\ndays = true\n\n[breakdown.enhet]\n";
        bench.edit_job("[breakdown.enhet]\n", &format!("{protect}{rate}"));
        bench.run().table("rate-dag").records.remove(0)
    };
    // What is exempt is known: the parts of so few can be hidden in no other table.
    let (masked, exempt) =
        (job("[protect]\n"), job("[protect]\nexempt = [{ name = \"source.rapporter\", reason = \"prov\" }]\n"));
    assert_eq!((exempt[1].as_str(), exempt[2].as_str()), ("4", "365"));
    // The days of the year are known to all; whatever is worked out of the count is not.
    let shown: Vec<&String> = masked[1..].iter().filter(|cell| !["..", ""].contains(&cell.as_str())).collect();
    assert_eq!(shown, ["365", "365"]);
}
