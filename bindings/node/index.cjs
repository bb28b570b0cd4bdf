'use strict';

const { Access } = require('./lib/access.cjs');
const { Answer } = require('./lib/answer.cjs');
const { ask, schema } = require('./lib/ask.cjs');
const { Cluster } = require('./lib/cluster.cjs');
const errors = require('./lib/errors.cjs');
const { expand, lifecycle } = require('./lib/manifests.cjs');
const { KubeObject } = require('./lib/object.cjs');
const { UserInfo } = require('./lib/user.cjs');
const { version } = require('./package.json');

exports.Access = Access;
exports.Answer = Answer;
exports.Cluster = Cluster;
exports.DecodeError = errors.DecodeError;
exports.InternalError = errors.InternalError;
exports.KubeError = errors.KubeError;
exports.KubeObject = KubeObject;
exports.LoadError = errors.LoadError;
exports.QueryError = errors.QueryError;
exports.ReadError = errors.ReadError;
exports.Undecided = errors.Undecided;
exports.UserInfo = UserInfo;
exports.ask = ask;
exports.expand = expand;
exports.lifecycle = lifecycle;
exports.schema = schema;
exports.version = version;
