//! Tests over all kinds of figures.

use super::samples;

#[test]
fn every_sample_is_drawn() {
    for (name, chart, table) in samples::all() {
        let figure = samples::figure(&chart, &table);
        assert!(figure.height_px > 60, "{name}");
        // To look at them: KVALIS_GALLERY=<folder> cargo test --release every_sample_is_drawn
        if let Some(folder) = std::env::var_os("KVALIS_GALLERY") {
            let path = std::path::Path::new(&folder).join(name);
            std::fs::write(path.with_extension("png"), &figure.png).expect("the gallery's folder exists");
            std::fs::write(path.with_extension("svg"), &figure.svg).expect("the gallery's folder exists");
            std::fs::write(path.with_extension("txt"), &figure.alt_text).expect("the gallery's folder exists");
        }
    }
}
