//! Personal data made up for a test: right check digits, numbers that nobody has been given a telephone with, and names
//! that no list holds.

/// What is planted in one run.
#[derive(Debug, Clone)]
pub struct Planted {
    /// Ten digits of a personnummer.
    pub person: String,
    /// Ten digits of a samordningsnummer.
    pub coordination: String,
    /// Ten digits, 070…
    pub telephone: String,
    pub email: String,
    pub street: String,
    /// A word that stands nowhere else. Nothing can know it for a name.
    pub name: String,
}

impl Planted {
    /// From numbers: the same numbers, the same data.
    pub fn of(birth: (u8, u8, u8), serial: u16, other: u32) -> Planted {
        let (year, month, day) = birth;
        let mut letters = other;
        let mut name = String::from("Qv");
        for _ in 0..8 {
            name.push(char::from(b'a' + (letters % 26) as u8));
            letters = letters.wrapping_mul(1_664_525).wrapping_add(1_013_904_223) >> 1;
        }
        Planted {
            person: with_check_digit(&format!("{year:02}{month:02}{day:02}{:03}", serial % 1000)),
            coordination: with_check_digit(&format!("{year:02}{month:02}{:02}{:03}", day + 60, (serial + 7) % 1000)),
            telephone: format!("070{:07}", 1_740_605 + other % 1000),
            email: format!("{}@exempel.se", name.to_lowercase()),
            street: format!("{name}gatan {}", 1 + other % 98),
            name,
        }
    }

    /// With a hyphen, as most people write it.
    pub fn written_person(&self) -> String {
        hyphenated(&self.person)
    }

    /// All that has a form by which it is known.
    pub fn forms(&self) -> String {
        let (person, coordination) = (hyphenated(&self.person), format!("19{}", self.coordination));
        let telephone = format!(
            "{}-{} {} {}",
            &self.telephone[..3],
            &self.telephone[3..6],
            &self.telephone[6..8],
            &self.telephone[8..]
        );
        format!(
            "{person}, {coordination}, ring {telephone} eller skriv till {} på {}, 123 45 Ort",
            self.email, self.street
        )
    }

    /// The same with a name and in other forms, for where nothing may come through.
    pub fn all(&self) -> String {
        let person = format!("{} {}", &self.person[..6], &self.person[6..]);
        format!(
            "{} bor på {}. {} Även {person} och +46 {}.",
            self.name,
            self.street,
            self.forms(),
            &self.telephone[1..]
        )
    }

    /// What must be found nowhere, in every form that it could have.
    pub fn traces(&self) -> Vec<String> {
        let mut traces = vec![self.name.to_lowercase(), self.email.clone()];
        for digits in [&self.person, &self.coordination] {
            let (birth, serial) = digits.split_at(6);
            traces.extend(
                ["", "-", "+", " ", "\u{a0}", "\u{2011}", "–", "\u{2212}"].map(|gap| format!("{birth}{gap}{serial}")),
            );
            // What it is as a number, and as the hyphen of an XML or JSON escape.
            traces.push(format!("{birth}&#45;{serial}"));
        }
        let subscriber = &self.telephone[3..];
        let grouped = format!("{} {} {}", &subscriber[..3], &subscriber[3..5], &subscriber[5..]);
        traces.extend([subscriber.to_string(), grouped.replace(' ', "\u{a0}"), grouped]);
        traces
    }
}

fn hyphenated(digits: &str) -> String {
    format!("{}-{}", &digits[..6], &digits[6..])
}

/// Nine digits with the one that makes their sum right.
fn with_check_digit(nine: &str) -> String {
    let weighed = nine.bytes().enumerate().map(|(index, digit)| {
        let product = u32::from(digit - b'0') * if index % 2 == 0 { 2 } else { 1 };
        product / 10 + product % 10
    });
    format!("{nine}{}", (10 - weighed.sum::<u32>() % 10) % 10)
}
