// What users of the package see. Types of answers are generated from the question catalogue: see answers.d.ts.

import type {
  AccessGraphResult,
  AccessListResult,
  AccessReviewResult,
  AggregateResult,
  Answers,
  AskError,
  Can,
  CatalogueAnswer,
  CheckResult,
  CheckWriteResult,
  CompactResult,
  ConvertResult,
  CoversResult,
  CustomCheckResult,
  CustomObjectsResult,
  ExpandResult,
  Expected,
  Explained,
  ExplainedCodes,
  Finding,
  FixResult,
  ForbiddenResult,
  GivenRule,
  ImpersonationResult,
  KubeconfigLoadResult,
  KubeconfigOverrides,
  KubeconfigResolveResult,
  KubeletRequestResult,
  LifecycleResult,
  Location,
  ModeSetting,
  ObjectMetaResult,
  Questions,
  ReconcileBootstrapResult,
  ReconcileResult,
  RequestAttributesResult,
  RequirementResult,
  ReviewAuthorizer,
  RulesReviewResult,
  StrictResult,
  TypesOfResult,
  WriteOperationName,
  Written,
} from './answers';

export type * from './answers';

/** A Kubernetes object of the program: a literal, what a parser made, an instance of a client class. */
export type ObjectInput = object;
/** An object, or YAML or JSON as text or bytes. */
export type Input = object | string | Uint8Array;

export interface LoadOptions {
  /** The Kubernetes version that questions are answered for, such as `1.37`; the newest by default. */
  kubeVersion?: string | undefined;
  /** The namespace of objects that name none; `default` by default. */
  defaultNamespace?: string | undefined;
  /** Two different objects with one name: refuse them, or let the last one count. */
  onDuplicate?: 'refuse' | 'last' | undefined;
  /** What cannot be read or would be refused: refuse the input, or answer as if it were absent and say so. */
  onInvalid?: 'refuse' | 'drop' | undefined;
  /** Unknown fields: an error, a warning, or nothing. */
  fieldValidation?: 'strict' | 'warn' | 'ignore' | undefined;
  /** How much of the real cluster the objects are; all of it by default. */
  coverage?: CoverageInput | undefined;
}

export interface TextOptions extends LoadOptions {
  /** The name of the text in positions; `manifest` by default. */
  source?: string | undefined;
}

export type Completeness = 'complete' | 'partial' | 'absent';

/** How much was given of which kind. Later lines win. */
export interface CoverageInput {
  /** What holds for kinds that no line names; `complete` by default. */
  default?: Completeness | undefined;
  coverage?:
    | readonly {
        group?: string | undefined;
        kind: string;
        /** Left out, the line speaks for the cluster scope and every namespace. */
        namespace?: string | undefined;
        state: Completeness;
      }[]
    | undefined;
}

/** Names an object. */
export interface ObjectReference {
  group?: string | undefined;
  kind: string;
  name: string;
  namespace?: string | undefined;
}

/** The objects of a cluster, as a value: `with` and `without` give other clusters and change nothing. */
export class Cluster implements Iterable<KubeObject> {
  private constructor();
  /** Reads YAML or JSON: text, or bytes. */
  static fromYaml(text: string | Uint8Array, options?: TextOptions): Cluster;
  /** Reads a file, or every manifest of a folder and below it. */
  static fromPath(path: string | URL, options?: LoadOptions): Cluster;
  /** Reads files and folders. */
  static fromPaths(paths: readonly (string | URL)[], options?: LoadOptions): Cluster;
  /** Takes objects: plain ones, instances of client classes, arrays and lists of them, and texts. */
  static from(objects: Input | readonly Input[], options?: LoadOptions): Cluster;
  /** How many objects there are. */
  readonly size: number;
  readonly kubeVersion: string;
  readonly defaultNamespace: string;
  /** What was noticed while reading and loading, and is no error. */
  readonly notes: Finding[];
  /** The same cluster with further objects; one that is already there is replaced. */
  with(objects: Input | readonly Input[]): Cluster;
  /** The same cluster without the objects that are named. */
  without(references: ObjectReference | ObjectInput | readonly (ObjectReference | ObjectInput)[]): Cluster;
  /** One object by kind, name and namespace. */
  find(reference: ObjectReference | ObjectInput): KubeObject | undefined;
  /** Compiles the roles and bindings. Keep what you get: it answers in about a microsecond. */
  access(options?: AccessOptions): Access;
  /**
   * Judges the objects of kind `Expectations` in the input, line by line: `result.holds` says whether everything holds,
   * and a line that does not has a finding that says why.
   */
  expect(options?: ExpectOptions): Answer<Expected>;
  /** States what holds now as a file of expectations: `result.text` is its YAML. */
  writeExpectations(options?: ExpectOptions): Answer<Written>;
  [Symbol.iterator](): IterableIterator<KubeObject>;
}

/** One Kubernetes object as it was read, with the place of every value. It never changes. */
export class KubeObject {
  private constructor();
  readonly apiVersion: string;
  readonly kind: string;
  /** `metadata.name`, or the empty text. */
  readonly name: string;
  /** `metadata.namespace` as it is written, or the empty text. */
  readonly namespace: string;
  /** The value at a path such as `spec.containers[0].image` or `data[a.b]`. */
  get(path: string): unknown;
  /** Source, document, line and column of the value at a path, or of the object. */
  position(path?: string): Location | undefined;
  /** The whole object, as a new plain object. */
  toJSON(): Record<string, unknown>;
}

export interface AccessOptions {
  /**
   * The roles and bindings that every cluster starts with: those that are missing by name are added (`auto`), given
   * ones get what they lack, too (`always`), or nothing is added (`never`). `auto` by default.
   */
  bootstrap?: 'auto' | 'always' | 'never' | undefined;
  /** Whether aggregated roles get the rules of the roles that they select; otherwise their own count. True by default. */
  aggregate?: boolean | undefined;
  /** Takes roles and bindings as they are, also those that the API server would refuse today. */
  stored?: boolean | undefined;
}

export interface ExpectOptions {
  /** The version that lines are judged for, also those of files that pin another. */
  kubeVersion?: string | undefined;
  /** As for `access`. */
  bootstrap?: 'auto' | 'always' | 'never' | undefined;
}

/** A user, in the words of the API server. */
export interface User {
  name: string;
  uid?: string | undefined;
  groups?: readonly string[] | undefined;
  extra?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** A user as the API server sees it after authentication. It never changes. */
export class UserInfo implements User {
  constructor(user: User);
  /** Exactly this user with exactly these groups, as in a SubjectAccessReview. */
  static exact(name: string, groups?: readonly string[]): UserInfo;
  /** The user that impersonation makes of a name and groups: what `kubectl --as NAME --as-group GROUP` asks as. */
  static impersonated(name: string, groups?: readonly string[]): UserInfo;
  readonly name: string;
  readonly uid: string;
  readonly groups: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
  toJSON(): User;
}

export interface RequestDetails {
  /** The API group; the core group by default. */
  group?: string | undefined;
  subresource?: string | undefined;
  /** The name of one object. */
  name?: string | undefined;
  /** The namespace; left out, the whole cluster. */
  namespace?: string | undefined;
}

/** A resource in full, or a path such as `/healthz`. */
export type Target = ({ resource: string; path?: undefined } & RequestDetails) | { path: string; resource?: undefined };
/** A target with what is to be done to it. */
export type Request = { verb: string } & Target;

/** The roles and bindings of a cluster, compiled once and asked often. */
export class Access {
  private constructor();
  readonly kubeVersion: string;
  /**
   * Whether the user may do that. Throws `Undecided` when the input does not settle it.
   * A resource that begins with a slash is a path, as for kubectl.
   */
  can(user: User, verb: string, resource: string, details?: RequestDetails): boolean;
  can(user: User, verb: string, target: Target): boolean;
  /** The answers to many requests of one user, in their order. */
  canMany(user: User, requests: Iterable<Request>): boolean[];
  /** The same question as `can`, answered with everything that decided. */
  explainCan(user: User, verb: string, resource: string, details?: RequestDetails): Answer<Can>;
  explainCan(user: User, verb: string, target: Target): Answer<Can>;
  /**
   * What the API server asks about an HTTP request of this user, what RBAC says, and what a refused client reads. A
   * request is method and URL, such as `GET /api/v1/namespaces/shop/pods?watch=true`.
   */
  httpRequest(user: User, request: string, options?: GateOptions): Answer<RequestAttributesResult>;
  /** What the kubelet of a node asks about an HTTP request of this user, such as `POST /exec/shop/web/app`. */
  kubeletRequest(user: User, node: string, request: string, options?: GateOptions): Answer<KubeletRequestResult>;
  /** What the API server answers to a SubjectAccessReview, LocalSubjectAccessReview or SelfSubjectAccessReview. */
  review(review: Input | KubeObject, options?: ReviewOptions): Answer<AccessReviewResult>;
  /** Whether this user may act as another one, and whom the API server then takes the request for. */
  impersonate(
    user: User,
    headers: Readonly<Record<string, string | readonly string[]>> | Iterable<readonly [string, string]>,
    request: string,
    options?: GateOptions & {
      /** The mode that allowed the user's last impersonation, which the API server tries first. */
      lastMode?: ModeSetting | undefined;
    },
  ): Answer<ImpersonationResult>;
  /** What the API server says when this user writes a role or binding: nobody grants what he does not have. */
  checkWrite(user: User, operation: WriteOperationName, object: Input | KubeObject): Answer<CheckWriteResult>;
  /** What `kubectl auth reconcile` would do with these roles and bindings, and what it prints. */
  reconcile(
    desired: Input | KubeObject | readonly (Input | KubeObject)[],
    options?: {
      /** Whether roles lose what the file does not allow. */
      removeExtraPermissions?: boolean | undefined;
      /** Whether bindings lose subjects that the file does not name. */
      removeExtraSubjects?: boolean | undefined;
    },
  ): Answer<ReconcileResult>;
  /** The rules that a user has in a namespace, as a SelfSubjectRulesReview answers. */
  rulesReview(
    user: User,
    namespace: string,
    options?: { authorizers?: readonly ReviewAuthorizer[] | undefined },
  ): Answer<RulesReviewResult>;
  /** What `kubectl auth can-i --list` prints for this user: `result.stdout`. */
  listAccess(
    user: User,
    options?: {
      /** `default` by default. */
      namespace?: string | undefined;
      /** Whether the first line is left out. */
      noHeaders?: boolean | undefined;
      authorizers?: readonly ReviewAuthorizer[] | undefined;
    },
  ): Answer<AccessListResult>;
}

export interface GateOptions {
  /** Feature gates that are not as the version has them by default. */
  featureGates?: Readonly<Record<string, boolean>> | undefined;
}

export interface ReviewOptions extends GateOptions {
  /** Who creates it; a SelfSubjectAccessReview is about him. */
  user?: User | undefined;
  /** The namespace that a LocalSubjectAccessReview is sent to; its own unless given. */
  namespace?: string | undefined;
  /** Unknown fields of the review: an error, a warning, or nothing. */
  fieldValidation?: 'strict' | 'warn' | 'ignore' | undefined;
}

/** What the API server asks its authorizer about an HTTP request. */
export function requestAttributes(
  request: string,
  options?: GateOptions & VersionOptions,
): Answer<RequestAttributesResult>;

/** What the kubelet of a node asks its authorizer about an HTTP request: the first check that is allowed is enough. */
export function kubeletAttributes(
  node: string,
  request: string,
  options?: GateOptions & VersionOptions,
): Answer<KubeletRequestResult>;

/** What a client reads whose request is refused: `result.status`. */
export function forbidden(
  user: User,
  request: Request,
  options?: VersionOptions & {
    /** What the authorizer said; often nothing. */
    reason?: string | undefined;
  },
): Answer<ForbiddenResult>;

/** Whether some rules allow everything that others allow, as the API server decides it before a role is written. */
export function rulesCover(
  owner: readonly GivenRule[],
  servant: readonly GivenRule[],
  options?: VersionOptions,
): Answer<CoversResult>;

/** Rules with those merged that differ only in their verbs, as the API server and as kubectl do it. */
export function compactRules(rules: readonly GivenRule[], options?: VersionOptions): Answer<CompactResult>;

/** The default roles and bindings among those given that an API server changes when it starts, as it leaves them. */
export function reconcileBootstrap(
  cluster: Cluster,
  options?: VersionOptions & { stored?: boolean | undefined },
): Answer<ReconcileBootstrapResult>;

/**
 * An answer with everything that it rests on. It is neither true nor false; JavaScript takes every object for true in
 * `if (answer)`, so ask for a yes or no with `can`, or look into `result`.
 */
export class Answer<T> implements CatalogueAnswer<T> {
  private constructor();
  readonly result: T;
  readonly kubeVersion: string;
  readonly warnings: CatalogueAnswer<T>['warnings'];
  readonly assumptions: CatalogueAnswer<T>['assumptions'];
  readonly unsupported: CatalogueAnswer<T>['unsupported'];
  readonly evidence: CatalogueAnswer<T>['evidence'];
  toJSON(): object;
  [Symbol.toPrimitive](hint: string): never;
}

/** What `ask` gives back: an answer or an error, and the question's `id`. */
export type Outcome<T> =
  | { id?: unknown; answer: T; error?: undefined }
  | { id?: unknown; answer?: undefined; error: AskError };

/**
 * Asks a question of the catalogue, about a cluster or about the objects that the question brings. Nothing about the
 * question is thrown: what goes wrong is an `error`.
 */
export function ask<Name extends keyof Questions>(
  question: Questions[Name] & { ask: Name },
  cluster?: Cluster,
): Outcome<Answers[Name]>;
export function ask(question: object | string, cluster?: Cluster): Outcome<unknown>;

export interface ExpandOptions {
  /** The hash of the pod template in names and labels; made up by default. */
  hash?: string | undefined;
  /** The nodes on which a DaemonSet runs. */
  nodes?: readonly string[] | undefined;
  /** When a CronJob starts its job; a string is RFC 3339. */
  at?: Date | string | undefined;
  /** More pods than this are an error; 10,000 by default. */
  maxPods?: number | undefined;
  kubeVersion?: string | undefined;
}

/** The pods that a workload stands for, as its controller makes them at first. */
export function expand(workload: Input | KubeObject, options?: ExpandOptions): Answer<ExpandResult>;

export interface ConvertOptions {
  /** The version, such as `apps/v1`; by default the best one that is served by default. */
  to?: string | undefined;
  /** Write what the old version defaults and the new one defaults differently or requires. */
  writeDefaults?: boolean | undefined;
  kubeVersion?: string | undefined;
}

/** An object in another version of its kind; `result.lossless` says whether it means the same. */
export function convert(object: Input | KubeObject, options?: ConvertOptions): Answer<ConvertResult>;

export interface LifecycleOptions {
  /** Only types of this version of a group, such as `apps/v1beta1`. */
  apiVersion?: string | undefined;
  /** Only types of this name, such as `Ingress`. */
  kind?: string | undefined;
  /** Only types that this release removes, such as `1.25`. */
  removedIn?: string | undefined;
  /** Nothing about types that upstream has deleted. */
  onlyPresent?: boolean | undefined;
  kubeVersion?: string | undefined;
}

/** When API types were introduced, deprecated and removed, and what replaces them. */
export function lifecycle(options?: LifecycleOptions): Answer<LifecycleResult>;

export interface ExplainOptions {
  /** The field, such as `spec.template`; it may also stand in the resource. */
  path?: string | undefined;
  /** Only in this version of a group, such as `apps/v1`. */
  apiVersion?: string | undefined;
  /** Fields below fields, down to scalars. */
  recursive?: boolean | undefined;
  kubeVersion?: string | undefined;
}

/**
 * A kind, or a field of it, with what is below it: types, required fields, values, list types, since and until.
 * The resource is written as `kubectl explain` takes it: `deploy`, `pods.spec.volumes`, `KubeletConfiguration`.
 */
export function explain(resource: string, options?: ExplainOptions): Answer<Explained>;

export interface StrictOptions {
  /** Whether unknown and duplicate fields are errors, warnings, or nothing. */
  fieldValidation?: 'strict' | 'warn' | 'ignore' | undefined;
  kubeVersion?: string | undefined;
}

/** What the API server's strict decoder says about one object: its own texts, and findings with places. */
export function strict(object: Input | KubeObject, options?: StrictOptions): Answer<StrictResult>;

export interface CheckOptions {
  /** Only these codes, or codes of these rooms, such as `schema`. */
  select?: readonly string[] | undefined;
  /** Not these codes, nor codes of these rooms. */
  ignore?: readonly string[] | undefined;
  /** Whether comments such as `# kubelogic: ignore CODE -- reason` are heard; true by default. */
  suppressions?: boolean | undefined;
  /** As `check --write-baseline` writes it: what it knows is not reported. */
  baseline?: object | undefined;
  /** Whether unknown fields are errors, warnings, or nothing. */
  fieldValidation?: 'strict' | 'warn' | 'ignore' | undefined;
  defaultNamespace?: string | undefined;
  kubeVersion?: string | undefined;
}

/** Everything that is wrong with objects and texts. What cannot be read is a finding, too; it is not thrown. */
export function check(
  objects: Input | readonly Input[],
  options?: CheckOptions & { source?: string | undefined },
): Answer<CheckResult>;
/** Everything that is wrong with files, and with everything below folders. */
export function checkPaths(paths: string | URL | readonly (string | URL)[], options?: CheckOptions): Answer<CheckResult>;

/** What the API server says to each definition and to each custom resource, in its own words and with places. */
export function checkCustomResources(cluster: Cluster): Answer<CustomCheckResult>;
/** The custom resources without the fields that their schemas do not name. */
export function pruneCustomResources(cluster: Cluster): Answer<CustomObjectsResult>;
/** The custom resources, pruned and with the defaults of their schemas. */
export function defaultCustomResources(cluster: Cluster): Answer<CustomObjectsResult>;

export type FindingFormat = 'text' | 'json' | 'ndjson' | 'sarif' | 'junit' | 'github';

export interface RenderFindingsOptions {
  /** The texts that the findings are about, by the name of their source: formats that show lines need them. */
  manifests?: Readonly<Record<string, string>> | undefined;
  /** From which severity on a finding is a failure. */
  failOn?: 'error' | 'warning' | 'note' | 'never' | undefined;
}

/** Findings as one text. */
export function renderFindings(
  findings: readonly Finding[],
  format?: FindingFormat,
  options?: RenderFindingsOptions,
): string;

/** What a code of a finding or an error means; every code when none is given. */
export function explainCode(code?: string): Answer<ExplainedCodes>;

/** Mends what can be mended for certain, and leaves every other byte as it is. Texts go by the name of their source. */
export function fix(
  manifests: Readonly<Record<string, string>>,
  options?: { select?: readonly string[] | undefined; ignore?: readonly string[] | undefined },
): Answer<FixResult>;

export interface AccessGraphOptions {
  /** Only what RoleBindings of this namespace grant, and the roles of the namespace. */
  namespace?: string | undefined;
  /** Whether the bindings and roles that every API server creates are drawn, too. */
  defaults?: boolean | undefined;
  bootstrap?: 'auto' | 'always' | 'never' | undefined;
  stored?: boolean | undefined;
}

/** Who is granted what by which binding; `renderPicture(result.graph, 'svg', {kind: 'graph'})` draws it. */
export function accessGraph(cluster: Cluster, options?: AccessGraphOptions): Answer<AccessGraphResult>;

export type PictureKind = 'graph' | 'tree' | 'table' | 'matrix' | 'heat-map' | 'timeline';
export type PictureFormat = 'text' | 'svg' | 'html' | 'dot' | 'mermaid' | 'markdown' | 'csv' | 'json';

export interface PictureOptions {
  /** What it is, unless its `picture` tells. */
  kind?: PictureKind | undefined;
  /** How many columns a terminal has; 100 by default. */
  width?: number | undefined;
  /** Whether texts for a terminal are coloured. */
  colors?: boolean | undefined;
  /** Groups of an HTML page start folded above this many nodes; 60 by default. */
  foldAbove?: number | undefined;
}

/** A picture as one text or file. Not every picture can be written in every format. */
export function renderPicture(picture: object, format?: PictureFormat, options?: PictureOptions): string;

/** An amount such as `100m`, `1.5Gi` or `2e3`, exact to a billionth. It never changes. */
export class Quantity {
  constructor(value: string | number | bigint | Quantity);
  /** `DecimalSI`, `BinarySI` or `DecimalExponent`: how it is printed. */
  readonly format: string;
  /** The text that calculations and the API server print, such as `1500m` for `1.5`. */
  readonly canonical: string;
  /** Whole units, rounded up, and cut off at the ends of the 64-bit range. */
  readonly value: bigint;
  /** Thousandths, rounded up, and cut off at the ends of the 64-bit range. */
  readonly milliValue: bigint;
  /** -1, 0 or 1. */
  readonly sign: number;
  /** The amount roughly, rounded as Kubernetes rounds it; infinite beyond the range of a number. */
  readonly approximate: number;
  /** The whole number, when it is one that fits 64 bits and nothing has to be calculated for it. */
  readonly asInt64: bigint | undefined;
  /** Negative when this is less than the other, 0 when both are worth the same, positive when it is more. */
  compare(other: string | number | bigint | Quantity): number;
  /** Whether both are worth the same: `1Gi` and `1024Mi` are. */
  equals(other: string | number | bigint | Quantity): boolean;
  add(other: string | number | bigint | Quantity): Quantity;
  sub(other: string | number | bigint | Quantity): Quantity;
  /** The product with a whole number. */
  mul(factor: number): Quantity;
  neg(): Quantity;
  /** Rounded away from zero to a power of ten: 0 to whole units, which is the default, -3 to thousandths. */
  roundUp(scale?: number): Quantity;
  toString(): string;
  toJSON(): string;
}

/**
 * A number or a percentage, such as the `maxSurge` of a Deployment. As in an object, the text `5` is no number:
 * `new IntOrPercent(5)` is one, and `IntOrPercent.parse('5')`, which reads what a flag says. It never changes.
 */
export class IntOrPercent {
  constructor(value: string | number | IntOrPercent);
  /** Reads a text as flags do: a number where it is one. */
  static parse(text: string): IntOrPercent;
  /** Whether it is a number. */
  readonly isInt: boolean;
  /** The number; 0 for a text that is none. */
  readonly intValue: number;
  /** The number, or the percentage of a total, rounded up by default. Throws for a text that is no percentage. */
  scaled(total: number, options?: { rounding?: 'up' | 'down' | undefined }): number;
  toString(): string;
  /** As objects hold it. */
  toJSON(): number | string;
}

export interface VersionOptions {
  kubeVersion?: string | undefined;
}

/** A condition on labels, as `kubectl -l` or as objects write it. It never changes. */
export class LabelSelector {
  private constructor();
  /** Reads the text form: `app=web,tier in (a, b),!canary`. The empty text selects everything. */
  static parse(text: string, options?: VersionOptions): LabelSelector;
  /** Takes `matchLabels` and `matchExpressions`: `{}` selects everything, null and undefined nothing. */
  static of(selector: object | null | undefined, options?: VersionOptions): LabelSelector;
  /** Whether something with these labels is selected; null and undefined stand for no labels. */
  matches(labels: Readonly<Record<string, string>> | null | undefined): boolean;
  /** The conditions in order of their keys; none for the selector that selects nothing. */
  readonly requirements: RequirementResult[];
  /** Whether it selects everything, whatever the labels are. */
  readonly selectsEverything: boolean;
  /** Whether it selects nothing, as the selector of an object does that has none. */
  readonly selectsNothing: boolean;
  toString(): string;
}

/** A condition on fields, as `kubectl --field-selector` takes it. It never changes. */
export class FieldSelector {
  private constructor();
  /** Reads a field selector. The empty text selects everything. */
  static parse(text: string): FieldSelector;
  /** Whether something with these fields is selected. A field that is not there has the empty value. */
  matches(fields: Readonly<Record<string, string>> | null | undefined): boolean;
  /** The conditions in the order in which they are printed. */
  readonly requirements: RequirementResult[];
  /** The one value that a field must have, or undefined when any of several will do. */
  exactMatch(field: string): string | undefined;
  /** Whether it selects everything. */
  readonly selectsEverything: boolean;
  toString(): string;
}

/** What the API server refuses about a label selector of an object, in its words and order. */
export function selectorErrors(selector: object, options?: VersionOptions): string[];

/** A label selector as kubectl prints it: `<none>` when it is empty, `<error>` when it cannot be used. */
export function formatSelector(selector: object | null | undefined, options?: VersionOptions): string;

/** A point in time as objects write it, such as `metadata.creationTimestamp`. It never changes. */
export class Time {
  private readonly precision: 'seconds';
  /** Null is the time that objects write as null. */
  constructor(value: string | Date | null | Time);
  /** Seconds since the beginning of 1970, rounded down. */
  readonly seconds: number;
  /** The nanoseconds within the second. */
  readonly nanosecond: number;
  /** Whether it is the time that objects write as null. */
  readonly isZero: boolean;
  /** The same as a Date, with milliseconds. */
  toDate(): Date;
  /** Negative when this is earlier than the other, 0 when both are the same, positive when it is later. */
  compare(other: string | Date | null | Time): number;
  /** Whether both are the same point in time. */
  equals(other: string | Date | null | Time): boolean;
  /** This time moved by a duration. */
  plus(duration: string | bigint | Duration): Time;
  /** How long it is since another time, cut off at about 292 years. */
  since(earlier: string | Date | null | Time): Duration;
  toString(): string;
  /** As objects hold it: null for the time that is none. */
  toJSON(): string | null;
}

/** A point in time with six digits of a second, as leases and events write it. It never changes. */
export class MicroTime {
  private readonly precision: 'microseconds';
  /** Null is the time that objects write as null. */
  constructor(value: string | Date | null | MicroTime);
  /** Seconds since the beginning of 1970, rounded down. */
  readonly seconds: number;
  /** The nanoseconds within the second. */
  readonly nanosecond: number;
  /** Whether it is the time that objects write as null. */
  readonly isZero: boolean;
  /** The same as a Date, with milliseconds. */
  toDate(): Date;
  /** Negative when this is earlier than the other, 0 when both are the same, positive when it is later. */
  compare(other: string | Date | null | MicroTime): number;
  /** Whether both are the same point in time. */
  equals(other: string | Date | null | MicroTime): boolean;
  /** This time moved by a duration. */
  plus(duration: string | bigint | Duration): MicroTime;
  /** How long it is since another time, cut off at about 292 years. */
  since(earlier: string | Date | null | MicroTime): Duration;
  toString(): string;
  /** As objects hold it: null for the time that is none. */
  toJSON(): string | null;
}

/** A span of time as Go writes it: `1h30m`, `1.5s`, `300ms`. It never changes. */
export class Duration {
  /** A text, or nanoseconds. */
  constructor(value: string | bigint | Duration);
  /** Its length. */
  readonly nanoseconds: bigint;
  /** Its length in milliseconds, with a fraction. */
  readonly milliseconds: number;
  /** Negative when this is shorter than the other, 0 when both are as long, positive when it is longer. */
  compare(other: string | bigint | Duration): number;
  /** Whether both are as long. */
  equals(other: string | bigint | Duration): boolean;
  toString(): string;
  toJSON(): string;
}

export interface NameOptions extends VersionOptions {
  /** Such as `dns-label`, `label-key` or `port-name`; that of the kind unless given. */
  rule?: string | undefined;
  /** The kind of the object that has the name. */
  kind?: string | undefined;
  /** The API group of the kind. */
  group?: string | undefined;
  /** Whether the name is a beginning that the API server completes, like `generateName`. */
  prefix?: boolean | undefined;
  /** The signer of a ClusterTrustBundle; the one that the name says unless given. */
  signerName?: string | undefined;
}

/** What is wrong with a name, in the words of the API server; nothing for one that is right. */
export function nameProblems(name: string, options: NameOptions): string[];

/** What the API server remarks on an address that is not in canonical form, since Kubernetes 1.33. */
export function addressWarnings(
  address: string,
  field: string,
  options?: VersionOptions & {
    /** Whether it is a block of addresses, such as `10.0.0.0/8`. */
    cidr?: boolean | undefined;
  },
): string[];

/** What is wrong with `lifecycle.stopSignal` of a container, since Kubernetes 1.33; undefined when nothing is. */
export function stopSignalProblem(
  signal: string,
  options?: VersionOptions & {
    /** `spec.os.name` of the pod. */
    os?: string | undefined;
  },
): string | undefined;

/** The rule for the names of a kind. */
export function nameRule(kind: string, options?: VersionOptions & { group?: string | undefined }): string;

/** A name that the API server could make of `generateName`. The same seed, 0 by default, makes the same name. */
export function generateName(base: string, options?: { seed?: number | undefined }): string;

export interface MetadataOptions extends VersionOptions {
  /** Whether objects of the kind are in a namespace. */
  namespaced: boolean;
  kind?: string | undefined;
  /** The API group of the kind. */
  group?: string | undefined;
  /** The metadata that was there, when the object is changed. */
  old?: object | undefined;
  /** For the name; that of the kind unless given. */
  rule?: string | undefined;
  /** Whether a finalizer without a prefix must be one that Kubernetes knows, as for all kinds that are built in. */
  standardFinalizers?: boolean | undefined;
}

/** What the API server refuses about the `metadata` of an object: errors, each with its field, in its order. */
export function metadataErrors(metadata: object, options: MetadataOptions): ObjectMetaResult;

/** The types that a kind is made of, each with its fields in the order in which Go writes them. */
export function typesOf(apiVersion: string, kind: string, options?: VersionOptions): Answer<TypesOfResult>;

/** The rules of each ClusterRole once the controller that aggregates them has nothing left to do. */
export function aggregateRoles(
  cluster: Cluster,
  options?: AccessOptions & VersionOptions,
): Answer<AggregateResult>;

/** A kubeconfig: text, bytes, or an object. */
export type Kubeconfig = string | Uint8Array | object;

/**
 * Where kubeconfigs are. Without any of them, and without a kubeconfig, it is what kubectl would read here: the files
 * of `KUBECONFIG`, or `.kube/config` in the home directory.
 */
export interface KubeconfigOptions extends VersionOptions {
  /** Files, read like those of `KUBECONFIG`: the first to say something wins. */
  paths?: string | URL | readonly (string | URL)[] | undefined;
  /** The one file of `--kubeconfig`, which must be there. */
  explicit?: string | URL | undefined;
  /** The value of `KUBECONFIG`: files separated by colons. */
  kubeconfig?: string | undefined;
  /** The home directory, whose `.kube/config` is read when nothing else is named. */
  home?: string | undefined;
  /** Texts by absolute path; no other file is looked at then. */
  files?: Readonly<Record<string, string>> | undefined;
  /** Where relative paths start; with `files` it is `/` by default. */
  workingDirectory?: string | undefined;
  /** Whether secrets are shown; false by default. */
  raw?: boolean | undefined;
}

/** kubeconfig files. */
export const kubeconfig: {
  /**
   * What kubeconfig files say together, as `kubectl config view` shows it. Several are read like the files of
   * `KUBECONFIG`. Files that cannot be used do not throw: `failed` is true then, `error` has kubectl's words, and
   * `problems` the places.
   */
  load(
    given?: Kubeconfig | readonly Kubeconfig[],
    options?: KubeconfigOptions & {
      /** Whether the paths in the configuration become absolute. */
      resolvePaths?: boolean | undefined;
    },
  ): Answer<KubeconfigLoadResult>;
  /**
   * Which API server a client talks to, as whom, in which namespace, and where each of these is written. There may be
   * no connection: `failed` is true then, and `error` has client-go's words.
   */
  resolve(
    given?: Kubeconfig | readonly Kubeconfig[],
    options?: KubeconfigOptions & {
      /** What the flags of kubectl say, such as `{ context: 'bank', as: 'bo' }`. */
      overrides?: KubeconfigOverrides | undefined;
    },
  ): Answer<KubeconfigResolveResult>;
};

/** The JSON Schema of every question and answer. */
export function schema(): Record<string, unknown>;

/** The version of this package. */
export const version: string;

/** The root of every error of this package. */
export class KubeError extends Error {
  /** The permanent code, such as `read/duplicate-key`. */
  readonly code: string;
  /** The input, by its path or given name. */
  readonly source?: string;
  /** Which document of the input, from 1. */
  readonly document?: number;
  /** Which item of the document's list, from 0. */
  readonly item?: number;
  /** The field, such as `rules[0].verbs`. */
  readonly path?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1, in characters. */
  readonly column?: number;
  /** What to do about it. */
  readonly help?: string;
  /** Every problem, when there are several. */
  readonly problems: Finding[];
  toJSON(): object;
}
/** An input cannot be read: no YAML or JSON, too large, too deep, an unreadable file. */
export class ReadError extends KubeError {}
/** A value has no place in a Kubernetes object, or a field is unknown or has the wrong type. */
export class DecodeError extends KubeError {}
/** What was read does not make a cluster: differing duplicates, objects that the API server would refuse. */
export class LoadError extends KubeError {}
/** A yes or no that the given input does not settle. */
export class Undecided extends KubeError {}
/** The question itself is wrong: an unknown option, a missing verb, an unsupported version. */
export class QueryError extends KubeError {}
/** A bug in kubelogic. */
export class InternalError extends KubeError {}
