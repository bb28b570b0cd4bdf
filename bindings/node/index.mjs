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
  Quantity,
  QueryError,
  ReadError,
  Undecided,
  UserInfo,
  accessGraph,
  ask,
  expand,
  explain,
  lifecycle,
  renderPicture,
  schema,
  strict,
  version,
} = kubelogic;
export default kubelogic;
