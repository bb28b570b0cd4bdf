import kubelogic from './index.cjs';

export const {
  Access,
  Answer,
  Cluster,
  DecodeError,
  InternalError,
  KubeError,
  KubeObject,
  LoadError,
  QueryError,
  ReadError,
  Undecided,
  UserInfo,
  ask,
  expand,
  lifecycle,
  schema,
  version,
} = kubelogic;
export default kubelogic;
