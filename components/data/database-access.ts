import type { Offer } from "../identity/access";
import { arn } from "../location";
import { type DatabaseEngine, databaseUser, engines, readOnlyUser } from "./database-engines";

export type DatabaseUse = "connect" | "connectReadOnly";

/** Where the names of a database's hosts are kept, below the resource's name. */
export const hostParameters = (resourceName: string) => ({
  HOST: `/${resourceName}/host`,
  READER_HOST: `/${resourceName}/reader-host`,
});

/** A database's user as IAM names it: of any database of the account and region, see databaseAccess. */
export const userArn = (at: Parameters<Offer<DatabaseUse>>[0], user: string): string =>
  arn("rds-db", at, `dbuser:*/${user}`);

/**
 * Lets a role connect as one user of the database, without a password: it asks for a token that is good for 15 minutes.
 *
 * `connect` is the user `orders_ledger` of the resource `orders-ledger`, `connectReadOnly` is `orders_ledger__ro`. A
 * database, or the proxy before it, is named in ARNs by an id that AWS makes up with it; until then the user's name says
 * which is meant, and no other resource of the account gives its users that name.
 *
 * Containers get PORT, NAME (of the database), USER, ENGINE, and HOST, where is written, and READER_HOST, where is read;
 * `connectReadOnly` gets the latter only. The users do not come with the database. Once, as its master user:
 *
 *     PostgreSQL   CREATE ROLE orders_ledger LOGIN; GRANT rds_iam TO orders_ledger;
 *                  GRANT ALL ON SCHEMA public TO orders_ledger;
 *                  CREATE ROLE orders_ledger__ro LOGIN; GRANT rds_iam, pg_read_all_data TO orders_ledger__ro;
 *     MySQL        CREATE USER orders_ledger IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS' REQUIRE SSL;
 *                  GRANT ALL ON orders_ledger.* TO orders_ledger;
 *                  CREATE USER orders_ledger__ro IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS' REQUIRE SSL;
 *                  GRANT SELECT ON orders_ledger.* TO orders_ledger__ro;
 *
 * The master user's password is in Secrets Manager (`rds!cluster-...`, `rds!db-...`), where AWS changes it every 7 days;
 * no task is told of it, and it is for people.
 *
 * Sources: Amazon Aurora user guide, "Creating and using an IAM policy for IAM database access", "Creating a database
 * account using IAM authentication", "Password management with Amazon Aurora and AWS Secrets Manager".
 */
export const databaseAccess =
  (engine: DatabaseEngine): Offer<DatabaseUse> =>
  (at, resourceName, access) => {
    const { dialect, port } = engines[engine];
    const readOnly = access === "connectReadOnly";
    const user = readOnly ? readOnlyUser(resourceName) : databaseUser(resourceName);
    const { HOST, READER_HOST } = hostParameters(resourceName);
    const parameters: Readonly<Record<string, string>> = readOnly ? { READER_HOST } : { HOST, READER_HOST };
    return {
      statements: [{ Effect: "Allow", Action: ["rds-db:connect"], Resource: [userArn(at, user)] }],
      settings: { PORT: String(port), NAME: databaseUser(resourceName), USER: user, ENGINE: dialect },
      parameters,
      port,
    };
  };
