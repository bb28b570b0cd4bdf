'use strict';

const { Access } = require('./lib/access.cjs');
const { Answer } = require('./lib/answer.cjs');
const { ask, schema } = require('./lib/ask.cjs');
const { Cluster } = require('./lib/cluster.cjs');
const { checkCustomResources, defaultCustomResources, pruneCustomResources } = require('./lib/custom.cjs');
const errors = require('./lib/errors.cjs');
const { check, checkPaths, explainCode, fix, renderFindings } = require('./lib/findings.cjs');
const kubeconfig = require('./lib/kubeconfig.cjs');
const { convert, expand, explain, lifecycle, strict, typesOf } = require('./lib/manifests.cjs');
const { IntOrPercent, Quantity } = require('./lib/meta.cjs');
const {
  addressWarnings,
  generateName,
  metadataErrors,
  nameProblems,
  nameRule,
  stopSignalProblem,
} = require('./lib/names.cjs');
const { KubeObject } = require('./lib/object.cjs');
const { accessGraph, renderPicture } = require('./lib/pictures.cjs');
const { forbidden, kubeletAttributes, requestAttributes } = require('./lib/requests.cjs');
const { aggregateRoles, compactRules, reconcileBootstrap, rulesCover } = require('./lib/roles.cjs');
const { FieldSelector, LabelSelector, formatSelector, selectorErrors } = require('./lib/selectors.cjs');
const { Duration, MicroTime, Time } = require('./lib/times.cjs');
const { UserInfo } = require('./lib/user.cjs');
const { version } = require('./package.json');

exports.Access = Access;
exports.Answer = Answer;
exports.Cluster = Cluster;
exports.DecodeError = errors.DecodeError;
exports.Duration = Duration;
exports.FieldSelector = FieldSelector;
exports.IntOrPercent = IntOrPercent;
exports.InternalError = errors.InternalError;
exports.KubeError = errors.KubeError;
exports.KubeObject = KubeObject;
exports.LabelSelector = LabelSelector;
exports.LoadError = errors.LoadError;
exports.MicroTime = MicroTime;
exports.Quantity = Quantity;
exports.QueryError = errors.QueryError;
exports.ReadError = errors.ReadError;
exports.Time = Time;
exports.Undecided = errors.Undecided;
exports.UserInfo = UserInfo;
exports.accessGraph = accessGraph;
exports.addressWarnings = addressWarnings;
exports.aggregateRoles = aggregateRoles;
exports.ask = ask;
exports.check = check;
exports.checkCustomResources = checkCustomResources;
exports.checkPaths = checkPaths;
exports.compactRules = compactRules;
exports.convert = convert;
exports.defaultCustomResources = defaultCustomResources;
exports.expand = expand;
exports.explain = explain;
exports.explainCode = explainCode;
exports.fix = fix;
exports.forbidden = forbidden;
exports.formatSelector = formatSelector;
exports.generateName = generateName;
exports.kubeconfig = kubeconfig;
exports.kubeletAttributes = kubeletAttributes;
exports.lifecycle = lifecycle;
exports.metadataErrors = metadataErrors;
exports.nameProblems = nameProblems;
exports.nameRule = nameRule;
exports.pruneCustomResources = pruneCustomResources;
exports.reconcileBootstrap = reconcileBootstrap;
exports.renderFindings = renderFindings;
exports.renderPicture = renderPicture;
exports.requestAttributes = requestAttributes;
exports.rulesCover = rulesCover;
exports.schema = schema;
exports.selectorErrors = selectorErrors;
exports.stopSignalProblem = stopSignalProblem;
exports.strict = strict;
exports.typesOf = typesOf;
exports.version = version;
