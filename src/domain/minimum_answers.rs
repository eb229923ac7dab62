//! How few answers a survey's publisher allows before a result is not shown: a property of the survey, in one table.
//!
//! In: the key that a job file gives as `survey`. Out: the number. Source: each publisher's own rule, as collected in
//! STATISTICS.md, 11; a survey that is not here, or a stricter rule of one's own, is said as `minimum_answers`.

/// Surveys: key in job files, least number of answers, name.
pub const SURVEYS: [(&str, u32, &str); 7] = [
    ("skr_ifo", 10, "SKR:s brukarundersökning individ- och familjeomsorg"),
    ("skr_lss_sol", 10, "SKR:s brukarundersökning LSS/SoL"),
    ("skr_placerade_barn", 10, "SKR:s brukarundersökning placerade barn"),
    ("skr_myndighetskontakt", 5, "SKR:s brukarundersökning myndighetskontakt funktionshinder"),
    ("socialstyrelsen_aldre", 30, "Socialstyrelsens äldreundersökning"),
    ("oppna_jamforelser_gymnasium", 30, "Öppna jämförelser gymnasium"),
    ("insikt", 10, "Insikt"),
];

/// For a survey of which nothing else is said.
pub const DEFAULT: u32 = 10;

/// The least number of answers of a survey; `None` for a key that is not in the table.
///
/// ```
/// assert_eq!(kvalis::domain::minimum_answers::of("socialstyrelsen_aldre"), Some(30));
/// ```
pub fn of(survey: &str) -> Option<u32> {
    SURVEYS.iter().find(|(key, ..)| *key == survey).map(|(_, least, _)| *least)
}

/// Keys, for messages.
pub fn keys() -> impl Iterator<Item = &'static str> {
    SURVEYS.iter().map(|(key, ..)| *key)
}
