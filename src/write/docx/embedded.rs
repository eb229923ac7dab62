//! The bundled typeface inside the file, so that it looks the same where the typeface is not installed.
//!
//! In: nothing. Out: the parts of the two faces and how the table of fonts names them. A municipality's own typeface is
//! not embedded: its licence need not allow it, and its own computers have it.
//!
//! Source: ECMA-376 part 4, 2nd edition, 17.8.1 (font embedding): the first 32 bytes are XORed with the key.

use super::super::pdf::fonts::{REGULAR, SEMIBOLD};
use super::package::{Package, Relations};

/// Element of the table of fonts, key, face. Keys may be any; fixed ones give the same bytes.
const FACES: [(&str, &str, &[u8]); 2] = [
    ("embedRegular", "6B76616C-6973-4000-8000-536F75726365", REGULAR),
    ("embedBold", "6B76616C-6973-4000-8001-536F75726365", SEMIBOLD),
];

/// Bytes that are hidden.
const HIDDEN: usize = 32;

/// Adds the faces to the package; what the table of fonts says about them.
pub(super) fn add(package: &mut Package) -> String {
    let mut relations = Relations::default();
    let mut elements = String::new();
    for (index, (element, key, face)) in FACES.iter().enumerate() {
        let target = format!("fonts/font{}.odttf", index + 1);
        let relation = relations.add("font", &target);
        package.media(&format!("word/{target}"), hidden(face, key));
        elements.push_str(&format!("<w:{element} r:id=\"{relation}\" w:fontKey=\"{{{key}}}\"/>"));
    }
    package.relations("word/fontTable.xml", &relations);
    elements
}

/// The face with its first bytes XORed with the key, read from its end. Twice gives the face again.
fn hidden(face: &[u8], key: &str) -> Vec<u8> {
    let digits: Vec<u8> =
        key.chars().filter_map(|digit| digit.to_digit(16)).filter_map(|digit| u8::try_from(digit).ok()).collect();
    let mut bytes: Vec<u8> = digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
    bytes.reverse();
    let mut face = face.to_vec();
    for (byte, key) in face.iter_mut().take(HIDDEN).zip(bytes.iter().cycle()) {
        *byte ^= key;
    }
    face
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hidden_face_is_the_face_when_hidden_again_and_only_its_start_differs() {
        let (_, key, face) = FACES[0];
        let once = hidden(face, key);
        assert_ne!(once[..HIDDEN], face[..HIDDEN]);
        assert_eq!(once[HIDDEN..], face[HIDDEN..]);
        assert_eq!(hidden(&once, key), face);
        // The key's last byte hides the first: TrueType begins with 00 01 00 00, "e" is the last letter of the key.
        assert_eq!(once[0], b'e');
    }
}
