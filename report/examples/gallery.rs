//! Writes pictures of every kind and size to a folder, to look at them: `cargo run --example gallery -- FOLDER`.

#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "samples are right or fail loudly")]
#[path = "../tests/picture/samples.rs"]
mod samples;

use std::error::Error;
use std::path::PathBuf;

use kubelogic_report::picture::RenderOptions;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("where to?")?);
    std::fs::create_dir_all(&folder)?;
    for size in [5, 50, 500] {
        for (name, picture) in samples::all(size) {
            for format in picture.formats() {
                let text = picture.render(format, &RenderOptions::default())?;
                let ending = if format.name() == "text" { "txt" } else { format.name() };
                std::fs::write(folder.join(format!("{name}-{size}.{ending}")), text)?;
            }
        }
    }
    Ok(())
}
