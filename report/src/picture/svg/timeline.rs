//! A timeline: bars on a line of time, the present marked.

use std::fmt::Write as _;

use super::{Canvas, class, text_width};
use kubelogic_core::meta::Calendar;

use crate::picture::moment::Moment;
use crate::picture::shown::{cut, shown};
use crate::picture::{Bar, Timeline};

const LINE: f64 = 26.0;
const WIDTH: f64 = 720.0;
const TOP: f64 = 26.0;
/// No name is drawn longer.
const LONGEST: usize = 40;

pub(super) fn draw(timeline: &Timeline) -> Canvas {
    let mut canvas = Canvas::default();
    let labels: Vec<String> = timeline.rows.iter().map(|row| cut(&shown(&row.label), LONGEST)).collect();
    let left = labels.iter().map(|label| text_width(label)).fold(60.0, f64::max) + 16.0;
    let axis = Axis { left, range: timeline.range() };
    let groups =
        timeline.rows.iter().enumerate().filter(|(index, row)| begins_group(timeline, *index, &row.group));
    let height: usize = groups.count()
        + timeline.rows.iter().map(|row| lanes(&row.bars).1.max(1)).fold(0, usize::saturating_add);
    let bottom = TOP + LINE * f64::from(u32::try_from(height).unwrap_or(u32::MAX));

    for (moment, text) in ticks(axis.range) {
        let x = axis.place(moment);
        canvas.line("rule", [x, TOP - 6.0, x, bottom]);
        canvas.text("small soft mid", x, TOP - 10.0, &text);
    }
    let mut top = TOP;
    for (index, (row, label)) in timeline.rows.iter().zip(&labels).enumerate() {
        if begins_group(timeline, index, &row.group) {
            canvas.text("strong", 0.0, top + 17.0, &cut(&shown(&row.group), LONGEST));
            top += LINE;
        }
        let (places, count) = lanes(&row.bars);
        canvas.begin("g", &[]);
        let mut tip = row.label.clone();
        for detail in &row.details {
            let _ = write!(tip, "; {}: {}", detail.name, detail.value);
        }
        canvas.tip(&tip);
        canvas.text("small end", left - 10.0, top + 17.0, label);
        canvas.end("g");
        for (bar, lane) in row.bars.iter().zip(places) {
            let lane = f64::from(u32::try_from(lane).unwrap_or(u32::MAX));
            draw_bar(&mut canvas, bar, &axis, top + lane * LINE);
        }
        top += LINE * f64::from(u32::try_from(count.max(1)).unwrap_or(u32::MAX));
        canvas.line("rule", [0.0, top, left + WIDTH, top]);
    }
    if let Some(now) = timeline.now {
        let x = axis.place(now);
        canvas.line("now", [x, TOP - 6.0, x, top]);
        canvas.text("now-text", x, top + 14.0, &format!("now {now}"));
    }
    canvas.reach(left + WIDTH + 60.0, top + 22.0);
    canvas
}

fn begins_group(timeline: &Timeline, index: usize, group: &str) -> bool {
    let before = index.checked_sub(1).and_then(|before| timeline.rows.get(before));
    !group.is_empty() && before.is_none_or(|before| before.group != group)
}

fn draw_bar(canvas: &mut Canvas, bar: &Bar, axis: &Axis, top: f64) {
    canvas.begin("g", &[("class", &class(bar.tone))]);
    let end = bar.end.map(|end| format!(" → {end}")).unwrap_or_default();
    canvas.tip(&format!("{} {}{end}", bar.label, bar.start));
    let begin = axis.place(bar.start);
    let mut text = shown(&bar.label);
    if !bar.tone.mark().is_empty() {
        text = format!("{} {text}", bar.tone.mark());
    }
    let right = if let Some(end) = bar.end {
        let right = axis.place(end).max(begin + 2.0);
        canvas.rectangle("bar", [begin, top + 5.0, right - begin, LINE - 10.0], 3.0);
        right
    } else {
        let (x, y) = (super::canvas::px(begin), super::canvas::px(top + LINE / 2.0 - 7.0));
        canvas.element("path", &[("class", &"bar"), ("d", &format!("M{x} {y}l7 7l-7 7l-7 -7z"))]);
        begin + 7.0
    };
    // Within the bar when it fits, otherwise behind it.
    let room = right - begin - 12.0;
    let text = cut(&text, 60);
    if text_width(&text) <= room && bar.end.is_some() {
        canvas.text("small onhot", begin + 6.0, top + 17.0, &text);
    } else if right + text_width(&text) + 6.0 < axis.left + WIDTH + 60.0 {
        canvas.text("small", right + 6.0, top + 17.0, &text);
    } else {
        canvas.text("small end", begin - 6.0, top + 17.0, &text);
    }
    canvas.end("g");
}

/// For each bar the lane where it touches no earlier one, and how many lanes there are.
fn lanes(bars: &[Bar]) -> (Vec<usize>, usize) {
    let mut ends: Vec<Moment> = Vec::new();
    let mut lanes = Vec::with_capacity(bars.len());
    for bar in bars {
        let end = bar.end.unwrap_or(bar.start);
        let free = ends.iter().position(|busy| *busy < bar.start);
        match free.and_then(|lane| ends.get_mut(lane)) {
            Some(busy) => *busy = end,
            None => ends.push(end),
        }
        lanes.push(free.unwrap_or(ends.len().saturating_sub(1)));
    }
    (lanes, ends.len())
}

/// From times to places.
struct Axis {
    left: f64,
    range: (Moment, Moment),
}

impl Axis {
    #[expect(clippy::cast_precision_loss, reason = "a pixel is far wider than what is lost")]
    fn place(&self, moment: Moment) -> f64 {
        let seconds = |moment: Moment| moment.unix_seconds() as f64;
        let (first, last) = (seconds(self.range.0), seconds(self.range.1));
        self.left + (seconds(moment) - first) / (last - first) * WIDTH
    }
}

/// Seconds that are even steps below a day.
const STEPS: [i64; 15] =
    [1, 5, 15, 30, 60, 300, 900, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800];

/// At most ten marks at even times.
fn ticks((first, last): (Moment, Moment)) -> Vec<(Moment, String)> {
    let range = last.unix_seconds().saturating_sub(first.unix_seconds());
    let mut ticks = Vec::new();
    if let Some(step) = STEPS.into_iter().find(|step| range / step < 10) {
        let mut at = first.unix_seconds().div_euclid(step).saturating_mul(step);
        while at <= last.unix_seconds() {
            if at >= first.unix_seconds() {
                let moment = Moment::from_unix_seconds(at);
                let Calendar { month, day, hour, minute, second, .. } = moment.calendar();
                let text = match step {
                    86_400.. => format!("{month:02}-{day:02}"),
                    60.. if range > 86_400 => format!("{month:02}-{day:02} {hour:02}:{minute:02}"),
                    60.. => format!("{hour:02}:{minute:02}"),
                    _ => format!("{hour:02}:{minute:02}:{second:02}"),
                };
                ticks.push((moment, text));
            }
            at = at.saturating_add(step);
        }
        return ticks;
    }
    // Months, quarters, years and their multiples.
    let months = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1_200, 6_000, 12_000];
    let step = months.into_iter().find(|step| range / (step * 2_629_746) < 10).unwrap_or(12_000);
    let begin = first.calendar();
    let mut month = (begin.year * 12 + begin.month - 1).div_euclid(step) * step;
    loop {
        let moment = Moment::of_date(month.div_euclid(12), month.rem_euclid(12) + 1, 1);
        if moment > last || ticks.len() > 20 {
            return ticks;
        }
        if moment >= first {
            let Calendar { year, month, .. } = moment.calendar();
            let text = if step < 12 { format!("{year:04}-{month:02}") } else { format!("{year:04}") };
            ticks.push((moment, text));
        }
        month += step;
        if month >= 120_000 {
            return ticks;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(first: &str, last: &str) -> Vec<String> {
        ticks((first.parse().unwrap(), last.parse().unwrap())).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn marks_are_at_even_times() {
        assert_eq!(
            texts("2026-01-01T00:00:00Z", "2026-01-01T00:00:03Z"),
            ["00:00:00", "00:00:01", "00:00:02", "00:00:03"]
        );
        assert_eq!(
            texts("2026-01-15T00:00:00Z", "2026-04-15T00:00:00Z").first().map(String::as_str),
            Some("2026-02")
        );
        assert_eq!(
            texts("2020-05-01T00:00:00Z", "2036-05-01T00:00:00Z"),
            ["2022", "2024", "2026", "2028", "2030", "2032", "2034", "2036"]
        );
        assert_eq!(texts("9999-12-01T00:00:00Z", "9999-12-31T23:59:59Z").len(), 5);
    }

    #[test]
    fn bars_do_not_touch() {
        let at = Moment::from_unix_seconds;
        let bars = [Bar::new("", at(0)).until(at(9)), Bar::new("", at(5)), Bar::new("", at(10))];
        assert_eq!(lanes(&bars), (vec![0, 1, 0], 2));
    }
}
