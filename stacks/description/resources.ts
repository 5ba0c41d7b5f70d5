/**
 * What a product keeps: tables, queues, topics and buckets. A product's file makes them with the functions
 * below and hands them to its services as links: `uses: [orders.readWrite, placed.publish]`.
 */

/** One service's permission to use one resource in one way. */
export interface Link {
  readonly resource: Resource;
  readonly access: Access;
}

export type Access = "read" | "readWrite" | "publish" | "send" | "consume";

export interface TableArgs {
  /** Name of the partition key, a string attribute. */
  readonly partitionKey: string;
  /** Name of the sort key, a string attribute. */
  readonly sortKey?: string;
  /** Name of the number attribute that holds an item's expiry, in seconds since 1970. */
  readonly expiresAt?: string;
}

/** A DynamoDB table, paid by request. */
export class Table {
  readonly kind = "table";
  constructor(readonly args: TableArgs) {}
  /** Get, query and scan. */
  get read(): Link {
    return { resource: this, access: "read" };
  }
  /** Get, query, scan, put, update and delete. */
  get readWrite(): Link {
    return { resource: this, access: "readWrite" };
  }
}

export interface QueueArgs {
  /** Seconds a received message stays hidden; as long as its slowest handling. 0 to 43,200; default 60. */
  readonly visibilityTimeout?: number;
  /** Receives before a message goes to the dead-letter queue; 1 to 1,000; default 5. */
  readonly maxReceives?: number;
}

/** An SQS queue with its dead-letter queue. */
export class Queue {
  readonly kind = "queue";
  constructor(readonly args: QueueArgs = {}) {}
  get send(): Link {
    return { resource: this, access: "send" };
  }
  /** Receive, extend and delete. */
  get consume(): Link {
    return { resource: this, access: "consume" };
  }
}

export interface TopicArgs {
  /** Queues of the same product that receive every message. */
  readonly deliversTo?: readonly Queue[];
}

/** An SNS topic. */
export class Topic {
  readonly kind = "topic";
  constructor(readonly args: TopicArgs = {}) {}
  get publish(): Link {
    return { resource: this, access: "publish" };
  }
}

export interface BucketArgs {
  /** Days after which an object is deleted; absent: never. */
  readonly expireAfterDays?: number;
}

/** A private S3 bucket, versioned. */
export class Bucket {
  readonly kind = "bucket";
  constructor(readonly args: BucketArgs = {}) {}
  /** Get and list. */
  get read(): Link {
    return { resource: this, access: "read" };
  }
  /** Get, list, put and delete. */
  get readWrite(): Link {
    return { resource: this, access: "readWrite" };
  }
}

export type Resource = Table | Queue | Topic | Bucket;

export const table = (args: TableArgs): Table => new Table(args);
export const queue = (args?: QueueArgs): Queue => new Queue(args);
export const topic = (args?: TopicArgs): Topic => new Topic(args);
export const bucket = (args?: BucketArgs): Bucket => new Bucket(args);

export const isResource = (value: unknown): value is Resource =>
  value instanceof Table || value instanceof Queue || value instanceof Topic || value instanceof Bucket;
