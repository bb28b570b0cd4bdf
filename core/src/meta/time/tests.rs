//! What Go takes for a time, and its refusals.

use super::{MicroTime, Time};

#[test]
fn refuses_with_the_words_of_go() {
    let cases = [
        ("", r#"parsing time "" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "2006""#),
        ("2026-13-01T00:00:00Z", r#"parsing time "2026-13-01T00:00:00Z": month out of range"#),
        ("2026-02-30T00:00:00Z", r#"parsing time "2026-02-30T00:00:00Z": day out of range"#),
        ("2026-02-03T00:00:60Z", r#"parsing time "2026-02-03T00:00:60Z": second out of range"#),
        ("2026-02-03T00:00:00Zx", r#"parsing time "2026-02-03T00:00:00Zx": extra text: "x""#),
    ];
    for (text, expected) in cases {
        assert_eq!(Time::parse(text).map_err(|error| error.to_string()), Err(expected.to_owned()));
    }
}

#[test]
fn takes_what_go_takes() {
    let cases = [
        ("2026-02-03T4:05:06Z", "2026-02-03T04:05:06Z"),
        ("2026-02-03T04:05:06,7Z", "2026-02-03T04:05:06Z"),
        ("2026-02-03T04:05:06+24:60", "2026-02-02T03:05:06Z"),
        ("0000-01-01T00:00:00+01:00", "-0001-12-31T23:00:00Z"),
    ];
    for (text, expected) in cases {
        assert_eq!(Time::parse(text).map(|time| time.to_string()), Ok(expected.to_owned()));
    }
    let signed = MicroTime::parse("2026-02-03T04:05:06.+12345Z").map(|time| time.to_string());
    assert_eq!(signed, Ok("2026-02-03T04:05:06.012345Z".to_owned()));
}
