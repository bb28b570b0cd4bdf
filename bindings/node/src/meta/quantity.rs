//! Amounts.

use kubelogic::meta::{Quantity, QuantityError};
use napi::bindgen_prelude::BigInt;
use napi_derive::napi;

use crate::failure::{Class, Failure};

/// An amount.
#[napi]
#[derive(Debug)]
pub struct NativeQuantity {
    core: Quantity,
}

#[napi]
impl NativeQuantity {
    /// Reads a text, or JSON.
    #[napi(constructor, catch_unwind)]
    pub fn new(text: String, json: bool) -> napi::Result<Self> {
        let core = if json { Quantity::from_json(&text) } else { Quantity::parse(&text) };
        core.map(|core| Self { core }).map_err(failed)
    }

    /// As it is printed.
    #[napi(catch_unwind)]
    pub fn text(&self) -> String {
        self.core.to_string()
    }

    /// As calculations print it.
    #[napi(getter, catch_unwind)]
    pub fn canonical(&self) -> String {
        self.core.canonical_text()
    }

    /// The family of suffixes.
    #[napi(getter, catch_unwind)]
    pub fn format(&self) -> String {
        self.core.format().name().to_owned()
    }

    /// Whole units, rounded up.
    #[napi(getter, catch_unwind)]
    pub fn value(&self) -> BigInt {
        BigInt::from(self.core.value())
    }

    /// Thousandths, rounded up.
    #[napi(getter, catch_unwind)]
    pub fn milli_value(&self) -> BigInt {
        BigInt::from(self.core.milli_value())
    }

    /// -1, 0 or 1.
    #[napi(getter, catch_unwind)]
    pub fn sign(&self) -> i32 {
        self.core.signum()
    }

    /// The amount roughly.
    #[napi(getter, catch_unwind)]
    pub fn approximate(&self) -> f64 {
        self.core.approximate()
    }

    /// The whole number, where nothing has to be calculated for it.
    #[napi(getter, catch_unwind)]
    pub fn as_int64(&self) -> Option<BigInt> {
        self.core.as_i64().map(BigInt::from)
    }

    /// -1, 0 or 1.
    #[napi(catch_unwind)]
    pub fn compare(&self, other: &NativeQuantity) -> i32 {
        self.core.cmp(&other.core) as i32
    }

    /// The sum.
    #[napi(catch_unwind)]
    pub fn add(&self, other: &NativeQuantity) -> napi::Result<Self> {
        self.changed(|core| core.add(&other.core))
    }

    /// The difference.
    #[napi(catch_unwind)]
    pub fn sub(&self, other: &NativeQuantity) -> napi::Result<Self> {
        self.changed(|core| core.sub(&other.core))
    }

    /// The product with a whole number.
    #[napi(catch_unwind)]
    pub fn mul(&self, factor: i64) -> napi::Result<Self> {
        self.changed(|core| {
            core.mul(factor);
            Ok(())
        })
    }

    /// The negative.
    #[napi(catch_unwind)]
    pub fn neg(&self) -> napi::Result<Self> {
        self.changed(|core| {
            core.neg();
            Ok(())
        })
    }

    /// Rounded away from zero to a power of ten.
    #[napi(catch_unwind)]
    pub fn round_up(&self, scale: i32) -> napi::Result<Self> {
        self.changed(|core| core.round_up(scale).map(|_| ()))
    }

    fn changed(&self, change: impl FnOnce(&mut Quantity) -> Result<(), QuantityError>) -> napi::Result<Self> {
        let mut core = self.core.clone();
        change(&mut core).map_err(failed)?;
        Ok(Self { core })
    }
}

fn failed(error: QuantityError) -> napi::Error {
    Failure::new(error.code(), error.to_string()).throw(Class::QueryError)
}
