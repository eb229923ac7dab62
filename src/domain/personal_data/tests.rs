//! Texts with personal data in them, and texts that only look like it.

mod spellings;

use proptest::prelude::*;

use super::*;

fn stays(text: &str) {
    assert!(matches!(mask(text), Cow::Borrowed(_)), "{text} → {}", mask(text));
}

/// Skatteverket's own example numbers; the third has a wrong check digit, the last is a samordningsnummer.
const PERSONS: [&str; 7] =
    ["811218-9876", "19811218-9876", "811218-9875", "811218+9876", "8112189876", "198112189876", "811278-9873"];

#[test]
fn personnummer_are_masked_in_all_their_forms() {
    for number in PERSONS {
        assert_eq!(mask(&format!("Barnet ({number}) hördes.")), "Barnet ([personnummer]) hördes.", "{number}");
    }
    for number in spellings::under("personnummer") {
        for (before, after) in
            [("", ""), ("pnr:", ", född"), ("barn", "x"), ("(", ")"), ("\u{a0}", "\u{a0}"), ("1. ", ".")]
        {
            // A letter behind the digits of a reserve number would make it something else.
            let after = if number.contains('T') && after == "x" { "" } else { after };
            assert_eq!(mask(&format!("{before}{number}{after}")), format!("{before}[personnummer]{after}"), "{number}");
        }
    }
    assert_eq!(mask("2.811218-9876"), "2.[personnummer]");
    assert_eq!(mask("ｔｅｌ ８１１２１８－９８７６ ｏｋ"), "ｔｅｌ [personnummer] ｏｋ");
}

#[test]
fn a_number_is_known_in_any_clothes() {
    let spellings = spellings::under("one number");
    assert!(spellings.len() >= 80);
    for spelling in &spellings {
        let masked = mask(spelling);
        let left = masked.trim_matches(['(', ')']);
        assert_eq!(left, "[personnummer]", "{spelling:?}");
        assert_eq!(mask(&format!("Barnet {spelling} hördes")).matches("[personnummer]").count(), 1, "{spelling:?}");
        assert!(is_in_id(spelling.as_bytes()), "{spelling:?}");
    }
    // Two together are two, and both go.
    assert_eq!(mask("81121898768112189876"), "[personnummer]");
    assert_eq!(mask("198112189876198112189876"), "[personnummer]");
}

#[test]
fn other_forms_are_known_in_any_clothes() {
    for number in spellings::under("telephone numbers") {
        assert_eq!(mask(&format!("ring {number}")), "ring [telefon]", "{number:?}");
    }
    for address in spellings::under("e-mail addresses") {
        assert_eq!(mask(&format!("till {address}.")), "till [e-post].", "{address:?}");
    }
    for address in spellings::under("addresses") {
        assert_eq!(mask(&format!("bor på {address}")), "bor på [adress]", "{address:?}");
    }
}

#[test]
fn a_typing_error_does_not_make_a_number_less_personal() {
    assert_eq!(mask("Hon (811218-9875) ringde"), "Hon ([personnummer]) ringde");
    // But written like this it is a date with a time, or a case.
    stays("20230831-1405");
    stays("230831-0931 larm");
    stays("dnr 230831-9875");
    stays("Ärende: 230831-9875");
    assert_eq!(mask("dnr 811218-9876"), "dnr [personnummer]");
}

#[test]
fn other_numbers_stay() {
    spellings::under("nothing personal").iter().for_each(|text| stays(text));
    stays("");
}

#[test]
fn telephone_numbers_are_masked_in_all_their_forms() {
    for number in spellings::under("telephone numbers") {
        assert_eq!(mask(&number), "[telefon]", "{number}");
        assert_eq!(mask(&format!("ring {number}, tack")), "ring [telefon], tack", "{number}");
    }
    assert_eq!(mask("(0176)-710 00"), "([telefon]");
    assert_eq!(mask("08-123 45 67 12 34"), "[telefon] 12 34");
    assert_eq!(mask("０７０－１７４ ０６ ０５"), "[telefon]");
}

#[test]
fn electronic_addresses_are_masked_without_the_full_stop_after() {
    assert_eq!(mask("E-post: tolvan@example.se."), "E-post: [e-post].");
    assert_eq!(mask("<per.åsa_1@ifo.kommun.se>"), "<[e-post]>");
    assert_eq!(mask("a@b.se, c@d.nu"), "[e-post], [e-post]");
    let expected = "[e-post]".replace("[e-post]", &mask("811218-9876@sjukhus.example"));
    assert_eq!(mask("811218-9876@sjukhus.example"), expected);
    for text in ["@hemma", "svara @ alla", "a@b", "a@.se", "5 @ 3.50"] {
        stays(text);
    }
    assert_eq!(mask("\u{a0}a@b.se"), "\u{a0}[e-post]");
    assert_eq!(mask("från–a@b.se"), "[e-post]");
}

#[test]
fn postal_addresses_are_masked_with_flat_postcode_and_place() {
    for address in spellings::under("addresses") {
        assert_eq!(mask(&address), "[adress]", "{address}");
        assert_eq!(mask(&format!("bor på {address}, som")), "bor på [adress], som", "{address}");
    }
    assert_eq!(mask("SE-123 45 Ort"), "SE-[adress]");
    assert_eq!(mask_label("Gruppbostad Storgatan 5"), "Gruppbostad Storgatan 5");
}

#[test]
fn several_of_each_in_one_text() {
    let text = "Ring 070-174 06 05 eller tolvan@example.se om 811218-9876 på Storgatan 5 och 070-174 06 05.";
    assert_eq!(mask(text), "Ring [telefon] eller [e-post] om [personnummer] på [adress] och [telefon].");
    assert_eq!(count(text), [1, 2, 1, 1]);
    assert_eq!(mask_label(text), "Ring [telefon] eller [e-post] om [personnummer] på Storgatan 5 och [telefon].");
}

#[test]
fn a_case_number_is_personal_only_if_a_person_stands_in_it() {
    for id in ["AVV-0101-00000123", "0701740605", "2310150001", "556036-0793", "AVV-2023-0811", "c2f1", ""] {
        assert!(!is_in_id(id.as_bytes()), "{id}");
    }
    for id in ["811218-9876", "8112189876", "AVV-811218-9876", "tolvan@example.se"] {
        assert!(is_in_id(id.as_bytes()), "{id}");
    }
}

/// A number with its check digit, as the register writes it.
fn number(year: u8, month: u8, day: u8, serial: u16) -> String {
    let nine = format!("{year:02}{month:02}{day:02}{serial:03}");
    let sum: u32 = nine.bytes().enumerate().map(|(index, digit)| luhn_part(index, digit - b'0')).sum();
    format!("{}-{}{}", &nine[..6], &nine[6..], (10 - sum % 10) % 10)
}

fn luhn_part(index: usize, digit: u8) -> u32 {
    let product = u32::from(digit) * if index.is_multiple_of(2) { 2 } else { 1 };
    product / 10 + product % 10
}

proptest! {
    #[test]
    fn no_text_makes_masking_panic(text in "[0-9@+\\-() .,:åä–\u{a0}\u{ad}a-cA-CgatnvägBox０-９\n]{0,60}") {
        let _ = (mask(&text), mask_label(&text), count(&text), is_in_id(text.as_bytes()));
    }

    #[test]
    fn no_letters_at_all_make_masking_panic(text in ".{0,60}") {
        let _ = (mask(&text), mask_label(&text), count(&text));
    }

    #[test]
    fn a_masked_text_has_nothing_left_to_mask(text in "[0-9@+\\- .a-c]{0,40}") {
        let once = mask(&text).into_owned();
        prop_assert_eq!(mask(&once).into_owned(), once);
    }

    #[test]
    fn a_right_number_never_survives(
        year in 0..100_u8, month in 1..13_u8, day in 1..29_u8, coordination in any::<bool>(), serial in 0..1000_u16,
        form in 0..7_usize, before in "[a-zåäö (]{0,8}", after in "[a-zåäö ).]{0,8}",
    ) {
        let plain = number(year, month, day + if coordination { 60 } else { 0 }, serial);
        let written = match form {
            0 => plain,
            1 => plain.replace('-', ""),
            2 => plain.replace('-', "+"),
            3 => plain.replace('-', " "),
            4 => plain.replace('-', "\u{a0}-\u{a0}"),
            5 => format!("19{plain}"),
            _ => format!("20{}", plain.replace('-', "")),
        };
        let masked = mask(&format!("{before}{written}{after}")).into_owned();
        prop_assert_eq!(masked, format!("{before}[personnummer]{after}"));
    }

    #[test]
    fn text_without_digits_and_at_signs_is_untouched(text in "[^0-9@\u{ff01}-\u{ff5e}]{0,60}") {
        prop_assert!(matches!(mask(&text), Cow::Borrowed(_)));
    }

    #[test]
    fn counting_finds_what_masking_masks(text in "[0-9@+\\- .a-c]{0,40}") {
        let marks = |text: &str| Kind::ALL.map(|kind| text.matches(kind.mark()).count() as u64);
        prop_assert_eq!(count(&text), marks(&mask(&text)));
    }
}
