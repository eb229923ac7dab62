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
    for number in [
        "19811218 9876",
        "811218–9876",
        "811218 9876",
        "811218\u{a0}9876",
        "19 811218-9876",
        "811218 - 9876",
        "1981-12-18-9876",
        "1981-12-18 9876",
        "81-12-18-9876",
        "81 12 18 98 76",
        "811218 98 76",
        "811218-98 76",
        "1981 1218 9876",
        "19 81 12 18 98 76",
        "811218\u{ad}-\u{200b}9876",
        "８１１２１８－９８７６",
        "1981.12.18-9876",
        "811218\u{2212}9876",
        "811218-9876",
        "811218-T123",
        "19811218TF01",
        "19811218-T123",
        "811260-9879",
    ] {
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

/// One number in the clothes of `letters`, which stand for the digits 0–9.
fn in_digits(number: &str, letters: &[char]) -> String {
    let clothed = |letter: char| letter.to_digit(10).map_or(letter, |digit| letters[digit as usize]);
    number.chars().map(clothed).collect()
}

fn ten_from(zero: char) -> Vec<char> {
    (0..10).filter_map(|digit| char::from_u32(zero as u32 + digit)).collect()
}

/// Every gap that has been met between the date and the serial number of a real export, or that a keyboard can make.
const GAPS: [&str; 44] = [
    "",
    "-",
    "+",
    " ",
    "–",
    "—",
    "‐",
    "\u{2011}",
    "−",
    "\u{fe63}",
    "\u{2043}",
    "\u{fe58}",
    "\u{a0}",
    "\u{2009}",
    "\u{202f}",
    "\u{3000}",
    "\u{ad}",
    "\u{200b}",
    "\u{feff}",
    "\u{2060}",
    " - ",
    "- ",
    " -",
    "--",
    "/",
    ".",
    "_",
    ":",
    ",",
    "\n",
    "\r\n",
    "-\n",
    "\n-",
    "-\r\n",
    "\t",
    "|",
    "*",
    "\u{202a}-\u{202c}",
    "\u{2066}-\u{2069}",
    "\u{200e}-",
    "\u{2028}",
    "  ",
    "\u{fffd}",
    "_-",
];

#[test]
fn a_number_is_known_in_any_clothes() {
    let mut spellings: Vec<String> = GAPS.iter().map(|gap| format!("811218{gap}9876")).collect();
    spellings.extend(GAPS.iter().map(|gap| format!("19811218{gap}9876")));
    // What no program writes: a letter that could not be read is no divider.
    spellings.retain(|spelling| !spelling.contains('\u{fffd}'));
    for zero in ['\u{660}', '\u{6f0}', '\u{966}', '\u{e50}', '\u{ff10}', '\u{1d7ce}', '\u{1d7d8}', '\u{1d7f6}'] {
        spellings.push(in_digits("811218-9876", &ten_from(zero)));
        spellings.push(in_digits("198112189876", &ten_from(zero)));
    }
    let superscript: Vec<char> = "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().collect();
    let circled: Vec<char> = "⓪①②③④⑤⑥⑦⑧⑨".chars().collect();
    spellings.extend([in_digits("811218-9876", &superscript), in_digits("811218-9876", &circled)]);
    for divider in [" ", "-", ".", "\u{200b}", "\u{200d}", "\u{a0}"] {
        let apart = |digits: &str| digits.chars().map(String::from).collect::<Vec<_>>().join(divider);
        spellings.extend([apart("8112189876"), apart("198112189876")]);
    }
    spellings.extend(
        [
            "198 112 189 876",
            "1981 1218 9876",
            "19 81 12 18 98 76",
            "(811218)-9876",
            "(811218) 9876",
            "811218-(9876)",
            "81/12/18-9876",
            "1981/12/18 9876",
            "1981_12_18_9876",
            "81.12.18.9876",
            "81:12:18:9876",
            "1981-12-18\n9876",
        ]
        .map(String::from),
    );
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
    for number in [
        "070.174.06.05",
        "+46.70.174.06.05",
        "0771-524 524",
        "0771-524524",
        "+49 170 1234567",
        "+44 20 7946 0958",
        "+1 212 555 1234",
        "+48 601 234 567",
        "+491701234567",
        "070-174\n06 05",
        "٠٧٠-١٧٤ ٠٦ ٠٥",
        "070\u{2011}174\u{200b}06\u{200b}05",
    ] {
        assert_eq!(mask(&format!("ring {number}")), "ring [telefon]", "{number:?}");
    }
    for address in [
        "tolvan(at)example.se",
        "tolvan [at] example.se",
        "tolvan @ example.se",
        "tolvan (AT) example.se",
        "tolvan＠example.se",
    ] {
        assert_eq!(mask(&format!("till {address}.")), "till [e-post].", "{address:?}");
    }
    for address in
        ["Storg. 5", "Kungsg. 12 B", "Björkv. 3", "12345 Stockholm", "Drottninggatan 5:3", "Storg.\u{a0}5, 123 45 Ort"]
    {
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
    for text in [
        "Ärende 8112189875 gäller",
        "2023-08-31 14:05",
        "2023-08-31 1405",
        "811318-9876",
        "20230831-20230930",
        "2023-08-31–2023-09-30",
        "kl. 08.15–09.30",
        "kl 08 00 - 16 30",
        "1 234 567,50 kr",
        "12 345 678 901 kr",
        "paragraf 5 och 26 f §",
        "AVV-0101-00000123",
        "AVV-2023-000123",
        "Dnr SN 2023/0123-4",
        "IFO 2023-0456.1",
        "556036-0793",
        "16556036-0793",
        "212000-1355",
        "5560360793",
        "802002-4280",
        "05-11-2023",
        "08-11-2023",
        "08/11/2023",
        "31.12.2023",
        "2023-02-30-1234",
        "7/3-25",
        "",
        "s. 12–18",
        "12 månader, 3 barn och 45 %",
        "0,5 tjänst",
        "SFS 2001:453, 14 kap. 3 §",
        "SOSFS 2011:9",
        "1 juli 2025",
        "År 2022 2023 2024",
        "19 % (12 av 63)",
        "enhet 0188",
        "00000000",
        "0000-00-00",
        "version 1.2.3.4",
        "10 11 12 13 14 15",
        "+12 345 678 kr",
        "+5",
        "id 0701740605-X",
        "Artnr 073-123456",
        "Faktura 08 2023 0012",
        "ID-031-2023-001",
        "+345 678 901 kr",
        "kl. 08.15.09.30",
        "1 0 0 1 2 3 4",
        "Uppg. 12",
        "Bilag. 3",
        "fastigheten Vägen 3:4",
        "2023-10-12\n1405",
        "100066;2021-09-19",
        "100066,2021-09-19",
        "100066\n2021-09-19",
        "12345 kronor",
        "(at) hemma",
        "3, 4, 5, 6, 7, 8, 9, 10, 11, 12",
        "１２３４",
        "²³",
        "vid 3 tillfällen under 14 dagar",
        "rum 204, plan 3",
        "ISO 9001:2015",
        "K90001",
        "100 00 kr",
    ] {
        stays(text);
    }
}

#[test]
fn telephone_numbers_are_masked_in_all_their_forms() {
    for number in [
        "070-174 06 05",
        "0701740605",
        "070 174 06 05",
        "+46 70 174 06 05",
        "+46 (0)70-174 06 05",
        "0046701740605",
        "08-123 456 78",
        "0176-710 00",
        "0176\u{a0}710\u{202f}00",
        "070–174–06–05",
        "+46-8-12345678",
        "031-365 00 00",
        "031/365 00 00",
        "08-12 34 56",
        "090-123 45",
        "+4517406055",
        "+47 901 23 456",
        "+358 40 123 4567",
    ] {
        assert_eq!(mask(number), "[telefon]", "{number}");
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
    assert_eq!(
        mask("811218-9876@sjukhus.example"),
        "[e-post]".replace("[e-post]", &mask("811218-9876@sjukhus.example"))
    );
    for text in ["@hemma", "svara @ alla", "a@b", "a@.se", "5 @ 3.50"] {
        stays(text);
    }
    assert_eq!(mask("\u{a0}a@b.se"), "\u{a0}[e-post]");
    assert_eq!(mask("från–a@b.se"), "[e-post]");
}

#[test]
fn postal_addresses_are_masked_with_flat_postcode_and_place() {
    for address in [
        "Storgatan 5",
        "Björkvägen 12B",
        "Björkvägen 12 B",
        "björkvägen 12",
        "Sankt Eriks gata 12",
        "Norra Kungsgatan 5",
        "Karl XI:s väg 5–7",
        "Kyrkstigen 1",
        "Bagargränd 3",
        "Stortorget 2",
        "Storgatan 5, 123 45 Norrtälje",
        "Storgatan 5 lgh 1102, 123 45 Norrtälje",
        "Storgatan 5\n12345 Västra Frölunda",
        "Box 12",
        "Box 1234, 123 45 Ort",
        "123\u{a0}45 Upplands Väsby",
        "123 45  ÖREBRO",
        "Storgatan\u{a0}5",
        "Nya allén 4",
        "Ekallén 4",
        "STORGATAN 5",
    ] {
        assert_eq!(mask(address), "[adress]", "{address}");
        assert_eq!(mask(&format!("bor på {address}, som")), "bor på [adress], som", "{address}");
    }
    assert_eq!(mask("SE-123 45 Ort"), "SE-[adress]");
    for text in [
        "på vägen 5 km",
        "Hon gick längs Storgatan",
        "Genomförandeplan 3",
        "vårdplan 2",
        "en box 12",
        "Handlingsplan 2023",
        "Torget 12.30",
        "gatan 3",
        "omgång 5",
        "123 45 67",
        "123 45 kronor",
        "Storgatan 2023",
        "Ingång 5",
        "Byggplatsen 3",
        "i Vägen 3:4",
    ] {
        stays(text);
    }
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
