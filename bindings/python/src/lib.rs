//! The native half of the Python package `kubelogic`. It decides nothing: it takes values in, asks the library, and
//! wraps what comes back. The half that people see is in `python/kubelogic`.

#![expect(clippy::needless_pass_by_value, reason = "Python hands arguments over by value")]

mod access;
mod catalogue;
mod cluster;
mod command;
mod error;
mod expect;
mod guard;
mod input;
mod json;
mod meta;
mod object;
mod reading;
mod user;
mod value;
mod walk;

/// The native half of `kubelogic`. Everything public is in `kubelogic` itself.
#[pyo3::pymodule]
mod _native {
    #[pymodule_export]
    use crate::access::Access;
    #[pymodule_export]
    use crate::catalogue::{answer, answer_with_files, ask, check, schema};
    #[pymodule_export]
    use crate::cluster::Cluster;
    #[pymodule_export]
    use crate::command::run;
    #[pymodule_export]
    use crate::expect::{expect_check, expect_write};
    #[pymodule_export]
    use crate::guard::_selftest_panic;
    #[pymodule_export]
    use crate::meta::{
        Duration, FieldSelector, IntOrPercent, LabelSelector, MicroTime, Quantity, Requirement, Time,
    };
    #[pymodule_export]
    use crate::object::Object;
    #[pymodule_export]
    use crate::reading::{read_parts, read_value, read_values};
    #[pymodule_export]
    use crate::user::UserInfo;
    #[pymodule_export]
    use crate::walk::is_object;

    /// The version of the package.
    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "Python's name for it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
