/**
 * What a product keeps, a file a kind. A product's file makes it with the functions below and hands it to its
 * services as links: `uses: [orders.readWrite, placed.publish]`.
 */
import type { z } from "zod";
import { Aurora, type AuroraArgs, auroraSchema } from "./aurora";
import { Bucket, type BucketArgs, bucketSchema } from "./bucket";
import { Cache, type CacheArgs, cacheSchema } from "./cache";
import { Database, type DatabaseArgs, databaseSchema } from "./database";
import { EventBus, type EventBusArgs, eventBusSchema } from "./event-bus";
import { FileSystem, type FileSystemArgs, fileSystemSchema } from "./file-system";
import { Kept } from "./kept";
import { Parameter, type ParameterArgs, parameterSchema } from "./parameter";
import { Prometheus, type PrometheusArgs, prometheusSchema } from "./prometheus";
import { Queue, type QueueArgs, queueSchema } from "./queue";
import { Search, type SearchArgs, searchSchema } from "./search";
import { Secret, type SecretArgs, secretSchema } from "./secret";
import { Sender, type SenderArgs, senderSchema } from "./sender";
import { Stream, type StreamArgs, streamSchema } from "./stream";
import { Table, type TableArgs, tableSchema } from "./table";
import { queueOf, Topic, type TopicArgs, topicSchema } from "./topic";
import { UserPool, type UserPoolArgs, userPoolSchema } from "./user-pool";

export { type AccessWord, accesses, type Link } from "./kept";
export type {
  Aurora,
  AuroraArgs,
  Bucket,
  BucketArgs,
  Cache,
  CacheArgs,
  Database,
  DatabaseArgs,
  EventBus,
  EventBusArgs,
  FileSystem,
  FileSystemArgs,
  Parameter,
  ParameterArgs,
  Prometheus,
  PrometheusArgs,
  Queue,
  QueueArgs,
  Search,
  SearchArgs,
  Secret,
  SecretArgs,
  Sender,
  SenderArgs,
  Stream,
  StreamArgs,
  Table,
  TableArgs,
  Topic,
  TopicArgs,
  UserPool,
  UserPoolArgs,
};
export { queueOf };

export const table = (args: TableArgs): Table => new Table(args);
export const queue = (args?: QueueArgs): Queue => new Queue(args);
export const topic = (args?: TopicArgs): Topic => new Topic(args);
export const bucket = (args?: BucketArgs): Bucket => new Bucket(args);

export const eventBus = (args?: EventBusArgs): EventBus => new EventBus(args);
export const stream = (args?: StreamArgs): Stream => new Stream(args);
export const secret = (args: SecretArgs): Secret => new Secret(args);
export const parameter = (args: ParameterArgs): Parameter => new Parameter(args);
export const prometheus = (args?: PrometheusArgs): Prometheus => new Prometheus(args);
export const sender = (args?: SenderArgs): Sender => new Sender(args);
export const aurora = (args: AuroraArgs): Aurora => new Aurora(args);
export const database = (args: DatabaseArgs): Database => new Database(args);
export const cache = (args: CacheArgs): Cache => new Cache(args);
export const fileSystem = (args: FileSystemArgs): FileSystem => new FileSystem(args);
export const search = (args: SearchArgs): Search => new Search(args);
export const userPool = (args: UserPoolArgs): UserPool => new UserPool(args);

export type Resource =
  | Table
  | Queue
  | Topic
  | Bucket
  | EventBus
  | Stream
  | Secret
  | Parameter
  | Sender
  | UserPool
  | Aurora
  | Database
  | Cache
  | FileSystem
  | Search
  | Prometheus;

/** What each kind may be told. */
export const resourceSchemas = {
  table: tableSchema,
  queue: queueSchema,
  topic: topicSchema,
  bucket: bucketSchema,
  eventBus: eventBusSchema,
  stream: streamSchema,
  secret: secretSchema,
  parameter: parameterSchema,
  sender: senderSchema,
  userPool: userPoolSchema,
  aurora: auroraSchema,
  database: databaseSchema,
  cache: cacheSchema,
  fileSystem: fileSystemSchema,
  search: searchSchema,
  prometheus: prometheusSchema,
} satisfies Record<Resource["kind"], z.ZodType>;

export const isResource = (value: unknown): value is Resource => value instanceof Kept;
export const isTable = (value: unknown): value is Table => value instanceof Table;
export const isUserPool = (value: unknown): value is UserPool => value instanceof UserPool;
export const isPrometheus = (value: unknown): value is Prometheus => value instanceof Prometheus;
export const isQueue = (value: unknown): value is Queue => value instanceof Queue;
export const isStream = (value: unknown): value is Stream => value instanceof Stream;
export const isSearch = (value: unknown): value is Search => value instanceof Search;
export const isBucket = (value: unknown): value is Bucket => value instanceof Bucket;

/** What is called over the network, and not by AWS's API. */
export const overNetwork = ({ kind }: Resource): boolean => networkKinds.has(kind);
const networkKinds: ReadonlySet<Resource["kind"]> = new Set([
  "aurora",
  "database",
  "cache",
  "fileSystem",
  "search",
]);

/** A kind in words: `user pool`. */
export const resourceWord = ({ kind }: Resource): string =>
  kind.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
