//! Pictures in every format: what they look like, that other programs can read them, and that no text leaves its place.

#[cfg(test)]
mod formats;
#[cfg(test)]
mod nothing_breaks_out;
#[cfg(test)]
mod samples;
