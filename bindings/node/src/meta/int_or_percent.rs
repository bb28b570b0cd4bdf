//! Numbers that may be percentages.

use kubelogic::meta::{IntOrPercent, Rounding};
use napi_derive::napi;

use super::refused;

/// A number or a percentage.
#[napi]
#[derive(Debug)]
pub struct NativeIntOrPercent {
    core: IntOrPercent,
}

#[napi]
impl NativeIntOrPercent {
    /// Takes what an object holds, as JSON.
    #[napi(constructor, catch_unwind)]
    pub fn new(json: String) -> napi::Result<Self> {
        let core = IntOrPercent::from_json(&json).map_err(|error| refused(error.code(), &error))?;
        Ok(Self { core })
    }

    /// Reads a text as flags do.
    #[napi(factory, catch_unwind)]
    pub fn parse(text: String) -> Self {
        Self { core: IntOrPercent::parse(&text) }
    }

    /// Whether it is a number.
    #[napi(getter, catch_unwind)]
    pub fn is_int(&self) -> bool {
        matches!(self.core, IntOrPercent::Int(_))
    }

    /// The number; 0 for a text that is none.
    #[napi(getter, catch_unwind)]
    pub fn int_value(&self) -> i64 {
        self.core.int_value()
    }

    /// The number, or the percentage of a total.
    #[napi(catch_unwind)]
    pub fn scaled(&self, total: i32, up: bool) -> napi::Result<i64> {
        let rounding = if up { Rounding::Up } else { Rounding::Down };
        self.core.scaled(total, rounding).map_err(|error| refused(error.code(), &error))
    }

    /// As it is printed.
    #[napi(catch_unwind)]
    pub fn text(&self) -> String {
        self.core.to_string()
    }
}
