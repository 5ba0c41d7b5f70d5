import assert from "node:assert/strict";
import fc from "fast-check";
import { Secret, type SecretArgs } from "../../../components/data/secret";
import { secretAccess, secretValueFrom } from "../../../components/data/secret-access";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import type { Caller } from "../../../iam/request";
import { other, own, role } from "../../iam/requests";
import { refusals } from "../logs/judged";
import { at, planned } from "../planned";
import { alarmTopics } from "../told";
import { elsewhere, mayDo, requireNarrow } from "./narrow";

const usual: SecretArgs = {
  at,
  keyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
  deletionProtection: true,
  multiZone: true,
  alarmTopics,
  secretName: "orders/psp-key",
  description: "The key for the payment provider's API",
};
const rotation = {
  lambdaArn: "arn:aws:lambda:eu-central-1:111122223333:function:renew-key",
  everyDays: 30,
};
const secretType = "aws:secretsmanager/secret:Secret";
const made = (args: Partial<SecretArgs> = {}) =>
  planned(() => new Secret("key", { ...usual, ...args }, { protect: true }));
const arnOf = (name: string, end = "a1B2c3") =>
  `arn:aws:secretsmanager:eu-central-1:111122223333:secret:${name}-${end}`;

describe("a secret", () => {
  it("is encrypted with the product's key, and has no value", async () => {
    const stack = await made();
    const { inputs, protect } = stack.one(secretType);
    assert.deepEqual(
      [inputs["name"], inputs["description"], inputs["kmsKeyId"]],
      ["orders/psp-key", usual.description, usual.keyArn],
    );
    assert.deepEqual(stack.all("SecretVersion"), []);
    assert.equal(protect, true);
  });

  it("can be brought back for a month where it must not be deleted, else for a week", async () => {
    assert.equal((await made()).one(secretType).inputs["recoveryWindowInDays"], 30);
    const careless = await made({ deletionProtection: false });
    assert.equal(careless.one(secretType).inputs["recoveryWindowInDays"], 7);
  });

  it("is renewed by a function when its time comes, and not by a release", async () => {
    assert.deepEqual((await made()).all("SecretRotation"), []);
    const stack = await made({ rotation });
    const { secretId, ...inputs } = stack.one("SecretRotation").inputs;
    assert.deepEqual(inputs, {
      rotationLambdaArn: rotation.lambdaArn,
      rotationRules: { automaticallyAfterDays: 30 },
      rotateImmediately: false,
    });
    assert.deepEqual(stack.from(stack.one("SecretRotation"), "secretId"), ["key"]);
  });

  it("is there twice in a stack, as the policy pack wants it", async () => {
    const stack = await planned(() => {
      new Secret("one", { ...usual, secretName: "one", rotation });
      new Secret("two", { ...usual, secretName: "two" });
    });
    assert.equal(stack.all(secretType).length, 2);
    assert.deepEqual(await refusals(stack), []);
  });
});

describe("a secret's policy", () => {
  const asks = async (principal: Caller, context: Record<string, string>) => {
    const stack = await made();
    const holder = stack.one("SecretPolicy");
    assert.equal(holder.inputs["blockPublicPolicy"], true);
    assert.deepEqual(stack.from(holder, "secretArn"), ["key"]);
    return evaluate(
      {
        principal,
        action: "secretsmanager:GetSecretValue",
        resource: arnOf("orders/psp-key"),
        context: { "aws:SecureTransport": "true", "aws:PrincipalIsAWSService": "false", ...context },
      },
      {
        // Whatever anyone's own policies say.
        identity: [readDocument({ Statement: { Effect: "Allow", Action: "*", Resource: "*" } })],
        resource: readDocument(holder.inputs["policy"]),
      },
    );
  };
  const stranger: Caller = { kind: "role", arn: `arn:aws:iam::${other}:role/thief`, account: other };

  it("leaves it to the account's own policies who reads it", async () => {
    assert.equal((await asks(role, { "aws:PrincipalAccount": own })).outcome, "allowed");
  });

  it("denies it to other accounts, and to whoever comes without TLS", async () => {
    const denied = async (principal: Caller, context: Record<string, string>) => {
      const { outcome, kind, layer } = await asks(principal, context);
      assert.deepEqual([outcome, kind, layer], ["denied", "explicit", "resource policy"]);
    };
    await denied(stranger, { "aws:PrincipalAccount": other });
    await denied(role, { "aws:PrincipalAccount": own, "aws:SecureTransport": "false" });
  });
});

describe("access to a secret", () => {
  it("reads this one, whatever its ARN ends in, and no other", () =>
    requireNarrow(secretAccess(at, "orders/psp-key", "read"), {
      actions: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
      on: [arnOf("orders/psp-key"), arnOf("orders/psp-key", "zZ9yY8")],
      notOn: [
        arnOf("orders/psp-key-2"),
        arnOf("orders/psp-keys"),
        arnOf("orders/psp-key/old"),
        arnOf("orders/psp"),
        arnOf("payments/psp-key"),
        ...elsewhere(arnOf("orders/psp-key")),
      ],
      not: [
        "secretsmanager:PutSecretValue",
        "secretsmanager:DeleteSecret",
        "secretsmanager:PutResourcePolicy",
        "secretsmanager:UpdateSecret",
        "secretsmanager:ListSecretVersionIds",
        "secretsmanager:RotateSecret",
      ],
    }));

  it("never reaches another secret, whatever both are called", () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9/_+=.@-]{0,20}$/);
    const end = fc.stringMatching(/^[A-Za-z0-9]{6}$/);
    fc.assert(
      fc.property(
        name,
        fc.oneof(
          name,
          fc.tuple(name, name).map(parts => parts.join("-")),
        ),
        end,
        (a, b, z) => {
          const { statements } = secretAccess(at, a, "read");
          assert.equal(
            mayDo(statements, "secretsmanager:GetSecretValue", arnOf(b, z)),
            a === b ? "allowed" : "denied",
          );
          assert.equal(mayDo(statements, "secretsmanager:GetSecretValue", arnOf(`${a}-${b}`, z)), "denied");
        },
      ),
    );
  });

  it("uses the key through Secrets Manager, and tells the container the name", () => {
    const { keyThrough, settings, parameters } = secretAccess(at, "orders/psp-key", "read");
    assert.deepEqual(
      [keyThrough, settings, parameters],
      [["secretsmanager"], { SECRET_NAME: "orders/psp-key" }, undefined],
    );
  });

  it("is handed to a container by an ARN that is known beforehand", () => {
    const start = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:orders/psp-key";
    assert.equal(secretValueFrom(at, "orders/psp-key"), start);
    assert.equal(secretValueFrom(at, "orders/psp-key", "password"), `${start}:password::`);
  });
});

describe("a secret refuses", () => {
  it("a name that Secrets Manager refuses, or takes for an ARN's end", async () => {
    for (const secretName of ["", "a b", "a:b", "a".repeat(513)])
      await assert.rejects(made({ secretName }), /secretName is /);
    for (const secretName of ["orders-stripe", "a-123456", "orders/a-b-c-d-"])
      await assert.rejects(made({ secretName }), /ends in a hyphen and six characters/, secretName);
    for (const secretName of ["orders/stripe", "orders-psp", "a-1234567"])
      assert.equal((await made({ secretName })).one(secretType).inputs["name"], secretName);
  });

  it("to be undescribed, or renewed by nobody or never", async () => {
    await assert.rejects(made({ description: " " }), /description is empty/);
    for (const everyDays of [0, 1_001, 1.5])
      await assert.rejects(made({ rotation: { ...rotation, everyDays } }), /everyDays is .*1 to 1,000/);
    for (const lambdaArn of ["", "renew-key", `${rotation.lambdaArn}:live`])
      await assert.rejects(made({ rotation: { ...rotation, lambdaArn } }), /lambdaArn is /);
  });
});
