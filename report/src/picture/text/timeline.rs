//! A timeline as bars, one line each, with their dates.

use std::fmt::Write as _;

use super::Paint;
use crate::picture::shown::{cut, left, shown, width};
use crate::picture::{Bar, Moment, Timeline, Tone};

/// What stands behind the bars: two dates and what is between.
const DATES: usize = 25;
const LABEL: usize = 36;

pub(super) fn write(timeline: &Timeline, columns: usize, paint: Paint) -> String {
    let range = timeline.range();
    let labels: Vec<String> = timeline.rows.iter().map(|row| cut(&shown(&row.label), LABEL)).collect();
    let label_width = labels.iter().map(|label| width(label)).max().unwrap_or(0);
    let room = columns.saturating_sub(label_width.saturating_add(DATES).saturating_add(4)).clamp(12, 200);
    let now = timeline.now.map(|now| place(now, range, room));

    let mut text = String::new();
    let mut group = "";
    for (row, label) in timeline.rows.iter().zip(&labels) {
        if row.group != group {
            group = &row.group;
            if !text.is_empty() {
                text.push('\n');
            }
            let _ = writeln!(text, "{}", paint.bold(&format!("{}:", shown(group))));
        }
        if row.bars.is_empty() {
            let _ = writeln!(text, "{label}");
        }
        for (index, bar) in row.bars.iter().enumerate() {
            let label = if index == 0 { label.as_str() } else { "" };
            let drawn = draw(bar, range, room, now, paint);
            let _ = writeln!(text, "{}  {drawn}  {}", left(label, label_width), about(bar));
        }
    }
    if let Some(now) = timeline.now {
        let _ = writeln!(text, "\n│ now: {now}");
    }
    text
}

/// The column of a moment.
fn place(moment: Moment, (first, last): (Moment, Moment), room: usize) -> usize {
    let seconds = |moment: Moment| i128::from(moment.unix_seconds());
    let (whole, part) = (seconds(last) - seconds(first), seconds(moment) - seconds(first));
    let end = i128::try_from(room.saturating_sub(1)).unwrap_or(0);
    usize::try_from(part * end / whole.max(1)).unwrap_or(0).min(room.saturating_sub(1))
}

fn draw(bar: &Bar, range: (Moment, Moment), room: usize, now: Option<usize>, paint: Paint) -> String {
    let begin = place(bar.start, range, room);
    let end = bar.end.map(|end| place(end, range, room));
    let mut drawn = String::new();
    for column in 0..room {
        let inside = end.map_or(column == begin, |end| (begin..=end.max(begin)).contains(&column));
        let at_now = now == Some(column);
        let sign = match (inside, end.is_some(), at_now) {
            (true, true, false) => "█",
            (true, true, true) => "▓",
            (true, false, _) => "◆",
            (false, _, true) => "│",
            (false, _, false) => "·",
        };
        let tone = if inside { bar.tone } else { Tone::Muted };
        drawn.push_str(&paint.tone(tone, sign));
    }
    drawn
}

/// `2026-01-01 → 2027-01-01 ✗ expired`
fn about(bar: &Bar) -> String {
    let day = |moment: Moment| {
        let date = moment.calendar();
        format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
    };
    let time = |moment: Moment| {
        let date = moment.calendar();
        format!("{:02}:{:02}:{:02}", date.hour, date.minute, date.second)
    };
    let mut text = match bar.end {
        Some(end) if day(end) == day(bar.start) => {
            format!("{} {} → {}", day(bar.start), time(bar.start), time(end))
        }
        Some(end) => format!("{} → {}", day(bar.start), day(end)),
        None => format!("{} {}", day(bar.start), time(bar.start)),
    };
    if !bar.tone.mark().is_empty() {
        let _ = write!(text, " {}", bar.tone.mark());
    }
    if !bar.label.is_empty() {
        let _ = write!(text, " {}", shown(&bar.label));
    }
    text
}
