//! The question catalogue: every question and its answer as JSON, defined once for all languages.
//!
//! A question is `{"id", "ask", …}`, an answer `{"id", "answer"}` or `{"id", "error": {"code", "message", …}}`.
//!
//! ```
//! use kubelogic::ask::Catalogue;
//!
//! let catalogue = Catalogue::new(None);
//! let line = catalogue.answer(r#"{
//!     "id": 1, "ask": "access.can", "bootstrap": "auto",
//!     "user": {"name": "ann", "groups": ["system:masters"]},
//!     "request": {"verb": "delete", "resource": "nodes"},
//!     "objects": []
//! }"#);
//! let answer: serde_json::Value = serde_json::from_str(&line).unwrap();
//! assert_eq!(answer["answer"]["result"]["allowed"], true);
//! ```

#[cfg(feature = "rbac")]
mod access;
mod convert;
mod crd;
#[cfg(feature = "rbac")]
mod decided;
mod error;
#[cfg(feature = "rbac")]
mod escalation;
#[cfg(feature = "rbac")]
mod expect;
mod explain;
#[cfg(feature = "kubeconfig")]
mod given_files;
#[cfg(feature = "rbac")]
mod impersonation;
#[cfg(feature = "kubeconfig")]
mod kubeconfig;
mod lifecycle;
mod meta;
mod objects;
mod picture;
#[cfg(feature = "pki")]
mod pki;
mod question;
mod reading;
#[cfg(feature = "rbac")]
mod reconcile;
mod report;
#[cfg(feature = "rbac")]
mod request;
#[cfg(feature = "rbac")]
mod review;
#[cfg(feature = "rbac")]
mod rules;
mod schema;
mod strict;
mod types;
mod workload;

#[cfg(feature = "rbac")]
pub use access::{
    AccessManyResult, AccessResult, AggregateQuestion, AggregateResult, AuthorizeQuestion, AuthorizeResult,
    BootstrapSetting, CanManyQuestion, CanQuestion, ChainSettings, ConditionSetting, ConfigurationQuestion,
    ConfigurationResult, ConfiguredAuthorizer, ConfiguredWebhook, ExplainQuestion, PolicyQuestion,
    PolicyResult, Request, RoleRules, Rule, WebhookSetting, Who,
};
pub use convert::{ConvertQuestion, ConvertResult};
pub use crd::{
    CheckedCustomObject, CheckedDefinition, CustomCheckQuestion, CustomCheckResult, CustomDefaultQuestion,
    CustomObjectsResult, CustomPruneQuestion, WrittenCustomObject,
};
pub use error::AskError;
#[cfg(feature = "rbac")]
pub use escalation::{CheckWriteQuestion, CheckWriteResult, WriteOperationName};
#[cfg(feature = "rbac")]
pub use expect::{ExpectCheckQuestion, ExpectWriteQuestion};
pub use explain::SchemaExplainQuestion;
#[cfg(feature = "rbac")]
pub use impersonation::{
    GivenHeader, ImpersonationAsked, ImpersonationQuestion, ImpersonationResult, ModeSetting,
};
#[cfg(feature = "kubeconfig")]
pub use kubeconfig::{
    KubeconfigAuthProvider, KubeconfigBuildQuestion, KubeconfigComponent, KubeconfigConnection,
    KubeconfigEdit, KubeconfigEditQuestion, KubeconfigEditResult, KubeconfigEntry, KubeconfigExec,
    KubeconfigFile, KubeconfigLoadQuestion, KubeconfigLoadResult, KubeconfigMaterial, KubeconfigOutput,
    KubeconfigOverrides, KubeconfigProblem, KubeconfigProfile, KubeconfigResolveQuestion,
    KubeconfigResolveResult, KubeconfigSecret, KubeconfigStyle, KubeconfigText, KubeconfigVariable,
    KubeconfigViewQuestion, KubeconfigViewResult, KubeconfigWhy, kubeconfig_resolution,
};
pub use lifecycle::{LifecycleQuestion, LifecycleResult, TypeLifecycle};
pub use meta::{
    AddressWarnings, AddressWarningsQuestion, ArithmeticItem, ArithmeticResult, ArithmeticResults,
    DurationResult, DurationsQuestion, DurationsResult, FieldErrorResult, FieldSelectorResult,
    FieldSelectorResults, FieldSelectorsQuestion, GenerateNamesQuestion, GeneratedNames, IntOrPercentItem,
    IntOrPercentQuestion, IntOrPercentResult, IntOrPercentResults, KindNamesQuestion, LabelSelectorResult,
    LabelSelectorResults, LabelSelectorsQuestion, NameProblems, NamesQuestion, ObjectMetaItem,
    ObjectMetaQuestion, ObjectMetaResult, ObjectMetaResults, Operation, QuantitiesQuestion, QuantitiesResult,
    QuantityArithmeticQuestion, QuantityResult, Refusal, RequirementResult, RoundingSetting, SignalProblems,
    StopSignalsQuestion, TimeResult, TimesQuestion, TimesResult, WrittenExpression, WrittenSelector,
};
pub use objects::{CheckQuestion, CheckResult, ListQuestion, ListResult, ListedObject};
#[cfg(feature = "rbac")]
pub use picture::{AccessGraphQuestion, AccessGraphResult};
pub use picture::{RenderQuestion, RenderResult};
#[cfg(feature = "pki")]
pub use pki::{
    PkiCertificate, PkiIdentityQuestion, PkiIdentityResult, PkiInspectQuestion, PkiInspectResult,
    PkiMatchQuestion, PkiMatchResult, PkiPublicKey, PkiUser, PkiVerifyQuestion, PkiVerifyResult,
};
pub use question::{DuplicateSetting, InvalidSetting, LoadSettings, Manifest, ValidationSetting};
pub use reading::{
    DocumentText, DocumentsResult, ObjectsResult, ReadDocumentsQuestion, ReadObjectsQuestion,
    ReadYamlQuestion, YamlResult,
};
#[cfg(feature = "rbac")]
pub use reconcile::{
    Plan, ReconcileBootstrapQuestion, ReconcileBootstrapResult, ReconcileQuestion, ReconcileResult,
};
pub use report::{
    ExplainCodeQuestion, ExplainedCodes, FixQuestion, FixResult, FixedManifest, GivenEdit, GivenFinding,
    GivenFix, GivenLocation, GivenPosition, GivenRelated, GivenSeverity, RenderFindingsQuestion,
    RenderFindingsResult,
};
#[cfg(feature = "rbac")]
pub use request::{
    AskedAttributes, AskedCheck, AskedSelector, AskedUser, ForbiddenQuestion, ForbiddenResult,
    KubeletRequestQuestion, KubeletRequestResult, RequestAttributesQuestion, RequestAttributesResult,
};
#[cfg(feature = "rbac")]
pub use review::{AccessReviewQuestion, AccessReviewResult};
#[cfg(feature = "rbac")]
pub use rules::{
    AccessListQuestion, AccessListResult, CompactQuestion, CompactResult, CoversQuestion, CoversResult,
    GivenRule, ReviewAuthorizer, RulesReviewQuestion, RulesReviewResult,
};
pub use schema::{QuestionSchema, questions, schema};
pub use strict::{StrictQuestion, StrictResult};
pub use types::{TypeField, TypeFields, TypesOfQuestion, TypesOfResult};
pub use workload::{ExpandQuestion, ExpandResult, MadeObject};

use kubelogic_core::answer::Answer;
use kubelogic_core::cluster::{Cluster, LoadOptions};
use serde::Serialize;
use serde_json::value::RawValue;

use question::Input;
use serde::de::DeserializeOwned;

/// Answers questions about a loaded cluster, or about the objects that a question brings.
#[derive(Debug)]
pub struct Catalogue {
    base: Option<Cluster>,
    options: LoadOptions,
    #[cfg(feature = "kubeconfig")]
    beside: given_files::Beside,
    #[cfg(feature = "rbac")]
    compiled: access::Compiled,
}

/// A question's name and id, whatever else it holds.
#[derive(serde::Deserialize)]
struct Head<'a> {
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
    #[serde(default)]
    ask: Option<String>,
}

impl<'a> Head<'a> {
    fn of(question: &'a str) -> Result<Self, AskError> {
        serde_json::from_str(question)
            .map_err(|error| AskError::bad_question(format!("the question is no JSON object: {error}")))
    }
}

/// An answer line.
#[derive(Serialize)]
struct Line<'a, T: Serialize> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a RawValue>,
    #[serde(flatten)]
    outcome: Outcome<T>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum Outcome<T: Serialize> {
    Answer(T),
    Error(AskError),
}

impl Catalogue {
    /// A catalogue over a cluster; without one every question brings its own objects.
    pub fn new(base: Option<Cluster>) -> Self {
        let options = base.as_ref().map(Cluster::options).cloned().unwrap_or_default();
        Self {
            base,
            options,
            #[cfg(feature = "kubeconfig")]
            beside: given_files::Beside::default(),
            #[cfg(feature = "rbac")]
            compiled: access::Compiled::default(),
        }
    }

    /// The same catalogue, where questions about kubeconfig files look for files that they do not bring themselves.
    ///
    /// ```
    /// use kubelogic::{ask::Catalogue, files::MemoryFiles};
    ///
    /// let disk = MemoryFiles::new().with("/home/ann/.kube/config", "current-context: shop");
    /// let answer = Catalogue::new(None)
    ///     .with_files(disk)
    ///     .ask(r#"{"ask": "kubeconfig.load", "files": [], "home": "/home/ann"}"#)?;
    /// assert!(answer.contains(r#""current-context":"shop""#));
    /// # Ok::<(), kubelogic::ask::AskError>(())
    /// ```
    #[cfg(feature = "kubeconfig")]
    #[must_use]
    pub fn with_files(mut self, files: impl kubelogic_core::files::Files + Send + Sync + 'static) -> Self {
        self.beside = given_files::Beside::of(files);
        self
    }

    /// Answers one question, JSON to JSON. It never fails: what goes wrong is an answer with `error`.
    pub fn answer(&self, question: &str) -> String {
        match Head::of(question) {
            Ok(head) => {
                let outcome = self.dispatch(&head, question);
                line(head.id, outcome.map_or_else(Outcome::Error, Outcome::Answer))
            }
            Err(error) => line(None, Outcome::<()>::Error(error)),
        }
    }

    /// The answer to one question as JSON, or why there is none, for callers that have their own way with errors.
    ///
    /// # Errors
    /// When the question is no question, or has no answer.
    ///
    /// ```
    /// let catalogue = kubelogic::ask::Catalogue::new(None);
    /// let error = catalogue.ask(r#"{"ask": "read.yaml"}"#).unwrap_err();
    /// assert_eq!(error.code, "ask/bad-question");
    /// ```
    pub fn ask(&self, question: &str) -> Result<String, AskError> {
        let answer = self.dispatch(&Head::of(question)?, question)?;
        Ok(Box::<str>::from(answer).into())
    }

    /// The answer to `objects.check` about what was read elsewhere, from files for example; the question brings nothing
    /// itself.
    ///
    /// # Errors
    /// When the question is no such question.
    ///
    /// ```
    /// use kubelogic::{ask::Catalogue, read};
    /// let reading = read::text("kind: [", &read::Options::named("a.yaml"));
    /// let answer = Catalogue::new(None).check(r#"{"ask": "objects.check", "select": ["read"]}"#, reading)?;
    /// assert!(answer.contains("read/syntax"));
    /// # Ok::<(), kubelogic::ask::AskError>(())
    /// ```
    pub fn check(&self, question: &str, reading: kubelogic_core::read::Reading) -> Result<String, AskError> {
        let answer =
            self.put(question, |catalogue, question| objects::check_reading(catalogue, question, reading));
        Ok(Box::<str>::from(answer?).into())
    }

    fn dispatch(&self, head: &Head<'_>, question: &str) -> Result<Box<RawValue>, AskError> {
        let Some(ask) = &head.ask else {
            return Err(AskError::bad_question("the question has no `ask`"));
        };
        match ask.as_str() {
            #[cfg(feature = "rbac")]
            "access.aggregate" => self.put(question, access::aggregate),
            #[cfg(feature = "rbac")]
            "access.authorize" => self.put(question, access::authorize),
            #[cfg(feature = "rbac")]
            "access.can" => self.put(question, access::can),
            #[cfg(feature = "rbac")]
            "access.can-many" => self.put(question, access::can_many),
            #[cfg(feature = "rbac")]
            "access.check-write" => self.put(question, escalation::check_write),
            #[cfg(feature = "rbac")]
            "access.compact" => self.put(question, |_, question| Ok(rules::compact(question))),
            #[cfg(feature = "rbac")]
            "access.covers" => self.put(question, |_, question| Ok(rules::covers(question))),
            #[cfg(feature = "rbac")]
            "access.list" => self.put(question, rules::list),
            #[cfg(feature = "rbac")]
            "access.reconcile" => self.put(question, reconcile::reconcile),
            #[cfg(feature = "rbac")]
            "access.reconcile-bootstrap" => self.put(question, reconcile::bootstrap),
            #[cfg(feature = "rbac")]
            "access.rules-review" => self.put(question, rules::rules_review),
            #[cfg(feature = "rbac")]
            "access.configuration" => self.put(question, access::configuration),
            #[cfg(feature = "rbac")]
            "access.explain" => self.put(question, access::explain),
            #[cfg(feature = "rbac")]
            "access.graph" => self.put(question, picture::access_graph),
            #[cfg(feature = "rbac")]
            "access.policy" => self.put(question, access::policy),
            #[cfg(feature = "rbac")]
            "expect.check" => self.put(question, expect::check),
            #[cfg(feature = "rbac")]
            "expect.write" => self.put(question, expect::write),
            "convert.object" => self.put(question, convert::object),
            "crd.check" => self.put(question, crd::check),
            "crd.default" => self.put(question, crd::default),
            "crd.prune" => self.put(question, crd::prune),
            #[cfg(feature = "kubeconfig")]
            "kubeconfig.build" => self.put(question, kubeconfig::kubeconfig_build),
            #[cfg(feature = "kubeconfig")]
            "kubeconfig.edit" => self.put(question, kubeconfig::kubeconfig_edit),
            #[cfg(feature = "kubeconfig")]
            "kubeconfig.view" => self.put(question, kubeconfig::kubeconfig_view),
            #[cfg(feature = "kubeconfig")]
            "kubeconfig.load" => self.put(question, kubeconfig::kubeconfig_load),
            #[cfg(feature = "kubeconfig")]
            "kubeconfig.resolve" => self.put(question, kubeconfig::kubeconfig_resolve),
            "meta.address-warnings" => self.put(question, |_, question| meta::address_warnings(&question)),
            #[cfg(feature = "rbac")]
            "impersonation.check" => self.put(question, impersonation::check),
            #[cfg(feature = "pki")]
            "pki.identity" => self.put(question, |_, question| pki::identity(&question)),
            #[cfg(feature = "pki")]
            "pki.inspect" => self.put(question, |_, question| Ok(pki::inspect(&question))),
            #[cfg(feature = "pki")]
            "pki.match" => self.put(question, |_, question| Ok(pki::matches(&question))),
            #[cfg(feature = "pki")]
            "pki.verify" => self.put(question, |_, question| pki::verify(&question)),
            "meta.durations" => self.put(question, |_, question| Ok(meta::durations(&question))),
            "meta.field-selectors" => self.put(question, |_, question| Ok(meta::field_selectors(&question))),
            "meta.generate-names" => self.put(question, |_, question| Ok(meta::generate_names(&question))),
            "meta.int-or-percent" => self.put(question, |_, question| Ok(meta::int_or_percent(&question))),
            "meta.kind-names" => self.put(question, |_, question| Ok(meta::kind_names(&question))),
            "meta.label-selectors" => self.put(question, |_, question| Ok(meta::label_selectors(question))),
            "meta.names" => self.put(question, |_, question| meta::names(&question)),
            "meta.object-meta" => self.put(question, |_, question| meta::object_meta(&question)),
            "meta.quantities" => self.put(question, |_, question| Ok(meta::quantities(&question))),
            "meta.quantity-arithmetic" => {
                self.put(question, |_, question| Ok(meta::quantity_arithmetic(&question)))
            }
            "meta.stop-signals" => self.put(question, |_, question| meta::stop_signals(&question)),
            "meta.times" => self.put(question, |_, question| Ok(meta::times(&question))),
            "objects.list" => self.put(question, objects::list),
            "objects.check" => self.put(question, objects::check),
            "picture.render" => self.put(question, picture::render),
            "read.documents" => self.put(question, reading::documents),
            "read.objects" => self.put(question, reading::objects),
            "read.yaml" => self.put(question, reading::yaml),
            "report.explain" => self.put(question, |_, question| report::explain(&question)),
            "report.fix" => self.put(question, |this, question| report::fix(this, &question)),
            "report.render" => self.put(question, |_, question| report::render(question)),
            #[cfg(feature = "rbac")]
            "request.attributes" => self.put(question, request::attributes),
            #[cfg(feature = "rbac")]
            "request.forbidden" => self.put(question, |_, question| request::forbidden(&question)),
            #[cfg(feature = "rbac")]
            "request.kubelet" => self.put(question, request::kubelet),
            #[cfg(feature = "rbac")]
            "review.access" => self.put(question, review::access),
            "schema.explain" => self.put(question, explain::schema_explain),
            "schema.lifecycle" => self.put(question, lifecycle::lifecycle),
            "schema.strict" => self.put(question, strict::strict),
            "types.of" => self.put(question, types::types_of),
            "workload.expand" => self.put(question, workload::expand),
            unknown => {
                let names = questions().map(|question| question.name);
                let mut error =
                    AskError::new("ask/unknown-question", format!("there is no question `{unknown}`"));
                error.help = kubelogic_core::near::nearest(unknown, names)
                    .map(|name| format!("did you mean `{name}`?"));
                Err(error)
            }
        }
    }

    fn put<Q: DeserializeOwned, T: Serialize>(
        &self,
        question: &str,
        answer: impl FnOnce(&Self, Q) -> Result<Answer<T>, AskError>,
    ) -> Result<Box<RawValue>, AskError> {
        let answer = question::parse::<Q>(question).and_then(|question| answer(self, question))?;
        serde_json::value::to_raw_value(&answer)
            .map_err(|error| AskError::new("ask/internal", format!("the answer cannot be written: {error}")))
    }

    /// The cluster that a question is about: its own, or the loaded one.
    fn cluster(&self, input: &Input) -> Result<Cluster, AskError> {
        if input.is_own() {
            return input.cluster(&self.options);
        }
        let Some(base) = &self.base else {
            let mut error =
                AskError::new("ask/no-objects", "the question brings no objects and no cluster is loaded");
            error.help = Some("give `objects` or `manifests`, or load a cluster".to_owned());
            return Err(error);
        };
        match input.kube_version {
            Some(version) if version.minor() != base.kube_version().minor() => Ok(base.at(version)?),
            _ => Ok(base.clone()),
        }
    }
}

fn line<T: Serialize>(id: Option<&RawValue>, outcome: Outcome<T>) -> String {
    serde_json::to_string(&Line { id, outcome }).unwrap_or_else(|error| {
        // Answers hold nothing that JSON cannot; if one ever does, the asker still gets a line.
        format!(r#"{{"error":{{"code":"ask/internal","message":"the answer cannot be written: {error}"}}}}"#)
    })
}
