//! Points in time, and durations.

use kubelogic_core::answer::Answer;
use kubelogic_core::meta::{Duration, MicroTime, Time};
use schemars::JsonSchema;
use serde::Serialize;

use super::Refusal;
use crate::ask::question::question;

question! {
    /// Which points in time texts stand for.
    TimesQuestion {
        /// The times.
        texts: Vec<String>,
        /// Six digits of a second are required and kept, as in leases and events.
        #[serde(default)]
        micro: bool,
        /// The texts are JSON values: strings in quotes, or `null`.
        #[serde(default)]
        json: bool,
    }
}

question! {
    /// How long durations are.
    DurationsQuestion {
        /// The durations.
        texts: Vec<String>,
        /// The texts are JSON values: strings in quotes.
        #[serde(default)]
        json: bool,
    }
}

/// An answer for each time.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TimesResult {
    /// In the order of the question.
    pub times: Vec<TimeResult>,
}

/// A time, or why a text is none.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", untagged)]
pub enum TimeResult {
    /// It is one.
    Time {
        /// As Kubernetes writes it, in UTC; null for the zero time.
        text: Option<String>,
        /// Seconds since the beginning of 1970.
        seconds: i64,
        /// The nanoseconds within the second.
        nanosecond: u32,
    },
    /// It is none.
    Refused(Refusal),
}

/// An answer for each duration.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DurationsResult {
    /// In the order of the question.
    pub durations: Vec<DurationResult>,
}

/// A duration, or why a text is none.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", untagged)]
pub enum DurationResult {
    /// It is one.
    Duration {
        /// As Go prints it.
        text: String,
        /// Its length.
        nanoseconds: i64,
    },
    /// It is none.
    Refused(Refusal),
}

pub(in crate::ask) fn times(question: &TimesQuestion) -> Answer<TimesResult> {
    macro_rules! read {
        ($type:ident, $text:expr) => {{
            let time = if question.json {
                $type::from_json($text).map(Option::unwrap_or_default).map_err(Refusal::of)
            } else {
                $type::parse($text).map_err(Refusal::of)
            };
            time.map(|time| TimeResult::Time {
                text: (!time.is_zero()).then(|| time.to_string()),
                seconds: time.unix_seconds(),
                nanosecond: time.nanosecond(),
            })
        }};
    }
    let read = |text: &String| {
        let time = if question.micro { read!(MicroTime, text) } else { read!(Time, text) };
        time.unwrap_or_else(TimeResult::Refused)
    };
    let result = TimesResult { times: question.texts.iter().map(read).collect() };
    Answer::new(result, question.kube_version.unwrap_or_default())
}

pub(in crate::ask) fn durations(question: &DurationsQuestion) -> Answer<DurationsResult> {
    let read = |text: &String| {
        let duration = if question.json {
            Duration::from_json(text).map_err(Refusal::of)
        } else {
            Duration::parse(text).map_err(Refusal::of)
        };
        match duration {
            Ok(duration) => {
                DurationResult::Duration { text: duration.to_string(), nanoseconds: duration.nanoseconds() }
            }
            Err(refusal) => DurationResult::Refused(refusal),
        }
    };
    let result = DurationsResult { durations: question.texts.iter().map(read).collect() };
    Answer::new(result, question.kube_version.unwrap_or_default())
}
