//! What a comparison is told on the command line. Each mode names the options that it knows.

use std::path::PathBuf;

use kubelogic::KubeVersion;

use crate::USAGE;
use crate::error::DifferError;

#[derive(Debug)]
pub(crate) struct Settings {
    /// Which of its questions a mode asks.
    pub(crate) ask: Option<String>,
    /// Where the inputs of a mode come from.
    pub(crate) source: Option<String>,
    /// Inputs to compare.
    pub(crate) count: usize,
    pub(crate) policies: usize,
    /// Requests of each policy.
    pub(crate) requests: usize,
    pub(crate) seed: u64,
    /// A folder of manifests.
    pub(crate) corpus: Option<PathBuf>,
    /// What the real component said another time.
    pub(crate) recorded: Option<PathBuf>,
    /// The minor version, as questions name it.
    pub(crate) version: String,
    pub(crate) oracle: PathBuf,
}

impl Settings {
    /// Reads the options in `known`; `--oracle` is known to all and must be given, unless there is something
    /// recorded. `count` is that of a run without one.
    pub(crate) fn parse(
        parser: &mut lexopt::Parser,
        known: &[&str],
        count: usize,
    ) -> Result<Self, DifferError> {
        use lexopt::ValueExt as _;
        let mut settings = Self {
            ask: None,
            source: None,
            count,
            policies: 1_000,
            requests: 50,
            seed: 1,
            corpus: None,
            recorded: None,
            version: KubeVersion::NEWEST.to_string(),
            oracle: PathBuf::new(),
        };
        while let Some(argument) = parser.next()? {
            let option = match argument {
                lexopt::Arg::Long(option) if option == "oracle" || known.contains(&option) => {
                    option.to_owned()
                }
                other => return Err(other.unexpected().into()),
            };
            let value = parser.value()?;
            match option.as_str() {
                "ask" => settings.ask = Some(value.string()?),
                "source" => settings.source = Some(value.string()?),
                "count" => settings.count = value.parse()?,
                "policies" => settings.policies = value.parse()?,
                "requests" => settings.requests = value.parse()?,
                "seed" => settings.seed = value.parse()?,
                "corpus" => settings.corpus = Some(value.into()),
                "recorded" => settings.recorded = Some(value.into()),
                "version" => settings.version = value.string()?,
                "oracle" => settings.oracle = value.into(),
                _ => return Err(DifferError::Usage(USAGE)),
            }
        }
        if settings.oracle.as_os_str().is_empty() && settings.recorded.is_none() {
            Err(DifferError::Usage(USAGE))
        } else {
            Ok(settings)
        }
    }

    pub(crate) fn kube_version(&self) -> Result<KubeVersion, DifferError> {
        self.version.parse().map_err(|error| DifferError::Unanswered(format!("{error}")))
    }
}
