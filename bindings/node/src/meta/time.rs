//! Points in time, and durations.

use kubelogic::meta::{Duration, MicroTime, Time};
use napi::bindgen_prelude::BigInt;
use napi_derive::napi;

use super::refused;
use crate::failure::{Class, Failure};

macro_rules! instant {
    ($(#[$about:meta])* $name:ident, $core:ident) => {
        $(#[$about])*
        #[napi]
        #[derive(Debug)]
        pub struct $name {
            core: $core,
        }

        #[napi]
        impl $name {
            /// Reads a text; without one it is the time that objects write as null.
            #[napi(constructor, catch_unwind)]
            pub fn new(text: Option<String>) -> napi::Result<Self> {
                let Some(text) = text else { return Ok(Self { core: $core::default() }) };
                let core = $core::parse(&text).map_err(|error| refused(error.code(), &error))?;
                Ok(Self { core })
            }

            /// Seconds since the beginning of 1970.
            #[napi(getter, catch_unwind)]
            pub fn seconds(&self) -> i64 {
                self.core.unix_seconds()
            }

            /// The nanoseconds within the second.
            #[napi(getter, catch_unwind)]
            pub fn nanosecond(&self) -> u32 {
                self.core.nanosecond()
            }

            /// Whether it is the time that objects write as null.
            #[napi(getter, catch_unwind)]
            pub fn is_zero(&self) -> bool {
                self.core.is_zero()
            }

            /// As objects write it.
            #[napi(catch_unwind)]
            pub fn text(&self) -> String {
                self.core.to_string()
            }

            /// -1, 0 or 1.
            #[napi(catch_unwind)]
            pub fn compare(&self, other: &$name) -> i32 {
                self.core.cmp(&other.core) as i32
            }

            /// This time moved by a duration.
            #[napi(catch_unwind)]
            pub fn plus(&self, duration: &NativeDuration) -> napi::Result<Self> {
                let Some(core) = self.core.after(duration.core) else {
                    let failure = Failure::new("query/wrong-argument", "the time is too far away");
                    return Err(failure.throw(Class::QueryError));
                };
                Ok(Self { core })
            }

            /// How long it is since another time.
            #[napi(catch_unwind)]
            pub fn since(&self, earlier: &$name) -> NativeDuration {
                NativeDuration { core: self.core.since(earlier.core) }
            }
        }
    };
}

instant! {
    /// A point in time.
    NativeTime, Time
}

instant! {
    /// A point in time with six digits of a second.
    NativeMicroTime, MicroTime
}

/// A span of time.
#[napi]
#[derive(Debug)]
pub struct NativeDuration {
    core: Duration,
}

#[napi]
impl NativeDuration {
    /// Reads a text.
    #[napi(constructor, catch_unwind)]
    pub fn new(text: String) -> napi::Result<Self> {
        let core = Duration::parse(&text).map_err(|error| refused(error.code(), &error))?;
        Ok(Self { core })
    }

    /// So many nanoseconds; null when they do not fit 64 bits.
    #[napi(catch_unwind)]
    pub fn from_nanoseconds(nanoseconds: BigInt) -> Option<NativeDuration> {
        let (nanoseconds, lossless) = nanoseconds.get_i64();
        lossless.then(|| NativeDuration { core: Duration::from_nanoseconds(nanoseconds) })
    }

    /// Its length.
    #[napi(getter, catch_unwind)]
    pub fn nanoseconds(&self) -> BigInt {
        BigInt::from(self.core.nanoseconds())
    }

    /// As Go prints it.
    #[napi(catch_unwind)]
    pub fn text(&self) -> String {
        self.core.to_string()
    }

    /// -1, 0 or 1.
    #[napi(catch_unwind)]
    pub fn compare(&self, other: &NativeDuration) -> i32 {
        self.core.cmp(&other.core) as i32
    }
}
