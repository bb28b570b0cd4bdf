//! One number for each pair of a row and a column.

use serde::{Deserialize, Serialize};

use super::{Header, is_default};

/// One number for each pair of a row and a column.
///
/// ```
/// use kubelogic_report::picture::{Format, Header, HeatMap, Picture, RenderOptions};
///
/// let mut map = HeatMap::new("Use of nodes");
/// map.unit = "%".to_owned();
/// map.rows = vec![Header::new("node-1")];
/// map.columns = vec![Header::new("cpu"), Header::new("memory")];
/// map.cells = vec![vec![Some(92.5), None]];
/// let csv = Picture::from(map).render(Format::Csv, &RenderOptions::default())?;
/// assert_eq!(csv, ",cpu,memory\r\nnode-1,92.5,\r\n");
/// # Ok::<(), kubelogic_report::picture::PictureError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct HeatMap {
    /// What the picture shows.
    pub title: String,
    /// More about it, in a sentence or two.
    #[serde(default, skip_serializing_if = "is_default")]
    pub description: String,
    /// What rows are, such as `node`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub row_title: String,
    /// What columns are, such as `resource`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub column_title: String,
    /// What the numbers count, such as `%`; shown behind them.
    #[serde(default, skip_serializing_if = "is_default")]
    pub unit: String,
    /// From cold to hot; otherwise from the smallest number to the largest.
    #[serde(default, skip_serializing_if = "is_default")]
    pub scale: Option<Scale>,
    /// The rows.
    pub rows: Vec<Header>,
    /// The columns.
    pub columns: Vec<Header>,
    /// The numbers of each row; missing ones are empty.
    pub cells: Vec<Vec<Option<f64>>>,
}

/// The numbers that are coldest and hottest; those beyond them look the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Scale {
    /// The coldest number.
    pub min: f64,
    /// The hottest number.
    pub max: f64,
}

impl HeatMap {
    /// A heat map of nothing.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// The number of a cell, when it has one that can be drawn.
    pub(crate) fn cell(&self, row: usize, column: usize) -> Option<f64> {
        self.cells.get(row)?.get(column).copied().flatten().filter(|number| number.is_finite())
    }

    /// The scale that counts.
    pub(crate) fn scale(&self) -> Scale {
        if let Some(scale) = self.scale
            && scale.min.is_finite()
            && scale.max.is_finite()
        {
            return scale;
        }
        let numbers = self.cells.iter().flatten().flatten().copied().filter(|number| number.is_finite());
        let (min, max) = numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(min, max), number| {
            (min.min(number), max.max(number))
        });
        if min <= max { Scale { min, max } } else { Scale { min: 0.0, max: 1.0 } }
    }
}

impl Scale {
    /// Where a number is on the scale, from 0 to 1.
    pub(crate) fn heat(self, number: f64) -> f64 {
        let range = self.max - self.min;
        if range > 0.0 { ((number - self.min) / range).clamp(0.0, 1.0) } else { 0.5 }
    }
}

/// A number in few characters: at most three digits behind the point.
pub(crate) fn short(number: f64) -> String {
    let magnitude = number.abs();
    if magnitude != 0.0 && !(0.001..1e9).contains(&magnitude) {
        return format!("{number:.2e}");
    }
    let text = format!("{number:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let all = [0.0, -0.0, 1.0, -2.5, 0.12345, 1e12, 1e-9, -0.0004, 100.0];
        let texts = all.map(short);
        assert_eq!(texts, ["0", "0", "1", "-2.5", "0.123", "1.00e12", "1.00e-9", "-4.00e-4", "100"]);
    }

    #[test]
    fn a_scale_of_one_number_is_lukewarm() {
        let scale = Scale { min: 3.0, max: 3.0 };
        assert!((scale.heat(3.0) - 0.5).abs() < f64::EPSILON);
    }
}
