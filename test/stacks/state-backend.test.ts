import assert from "node:assert/strict";
import {
  checked,
  DescriptionError,
  environmentNames,
  type LandingZone,
  pulumiCloud,
  type State,
  s3State,
} from "../../stacks/description";
import example from "../../stacks/landing-zone";
import { stacksOf } from "../../stacks/names";
import { applyRole, planRole, stateBucket, stateKeyAlias } from "../../stacks/platform-names";
import { stateBackend } from "../../stacks/state-backend";

const withState = (state: unknown): LandingZone => ({
  ...example,
  organization: { ...example.organization, state: state as State },
});

describe("the state", () => {
  it("is in a bucket of the management account's where the description says nothing", () => {
    const { state: _, ...silent } = example.organization;
    for (const zone of [{ ...example, organization: silent }, withState(s3State())])
      assert.equal(
        stateBackend(zone, {}).url,
        "s3://landing-zone-state-111122223333?region=eu-central-1&awssdk=v2",
      );
  });

  it("is encrypted in a context of its own for each environment, and for what they share", () => {
    const { secretsProvider, stackName } = stateBackend(withState(s3State()), {});
    for (const stack of stacksOf(example)) {
      const url = new URL(secretsProvider(stack) ?? "");
      assert.equal(`${url.protocol}//${url.host}${url.pathname}`, `awskms://${stateKeyAlias}`);
      assert.deepEqual(Object.fromEntries(url.searchParams), {
        region: "eu-central-1",
        awssdk: "v2",
        context_environment: stack.environment ?? "shared",
      });
      assert.equal(stackName(stack), stack.name);
    }
  });

  it("is in the region and the account that the description names", () => {
    const { ids, accounts, region: _, ...rest } = example.organization;
    const zone: LandingZone = {
      ...example,
      organization: {
        ...rest,
        accounts,
        region: "eu-west-1",
        ids: { ...ids, accounts: { ...ids.accounts, management: "999988887777" } },
      },
    };
    assert.equal(stateBucket(zone), "landing-zone-state-999988887777");
    const { url, secretsProvider } = stateBackend(zone, {});
    assert.equal(url, "s3://landing-zone-state-999988887777?region=eu-west-1&awssdk=v2");
    assert.match(secretsProvider({}) ?? "", /region=eu-west-1&awssdk=v2&context_environment=shared$/);
  });

  it("is kept by Pulumi Cloud where the description says so, which encrypts it itself", () => {
    const { url, secretsProvider, stackName } = stateBackend(withState(pulumiCloud("example")), {});
    assert.equal(url, "https://api.pulumi.com");
    assert.equal(stackName({ name: "network" }), "example/landing-zone/network");
    assert.equal(secretsProvider({ environment: "prod" }), undefined);
  });

  it("is where PULUMI_BACKEND_URL says before anything else, unless that is empty", () => {
    for (const state of [s3State(), pulumiCloud("example")]) {
      const named = stateBackend(withState(state), { PULUMI_BACKEND_URL: "file:///tmp/state" });
      assert.equal(named.url, "file:///tmp/state");
      assert.equal(named.stackName({ name: "network" }), "network");
      assert.equal(named.secretsProvider({}), undefined);
      const empty = stateBackend(withState(state), { PULUMI_BACKEND_URL: "" });
      assert.equal(empty.url, stateBackend(withState(state), {}).url);
    }
  });

  it("is reached by a role for each environment, whose names are those of the bootstrap", () => {
    assert.deepEqual(
      [planRole, ...(["shared", ...environmentNames] as const).map(applyRole)],
      [
        "landing-zone-plan",
        "landing-zone-apply-shared",
        "landing-zone-apply-dev",
        "landing-zone-apply-int",
        "landing-zone-apply-prod",
      ],
    );
  });

  for (const state of [undefined, s3State(), pulumiCloud("example"), pulumiCloud("my-company_2")])
    it(`may be ${JSON.stringify(state)}`, () => {
      assert.doesNotThrow(() => checked(withState(state)));
    });

  for (const [state, path, problem] of [
    ["s3", "organization.state", /must be s3State\(\) or pulumiCloud/],
    [{ kind: "gcs" }, "organization.state.kind", /must be s3State\(\) or pulumiCloud/],
    [{ kind: "s3", bucket: "mine" }, "organization.state.bucket", /no word of the description/],
    [{ kind: "pulumiCloud" }, "organization.state.organization", /name of an organization in Pulumi Cloud/],
    [pulumiCloud("not/one"), "organization.state.organization", /name of an organization in Pulumi Cloud/],
    [pulumiCloud(""), "organization.state.organization", /name of an organization in Pulumi Cloud/],
  ] as const)
    it(`may not be ${JSON.stringify(state)}: ${path}`, () => {
      try {
        checked(withState(state));
      } catch (error) {
        assert.ok(error instanceof DescriptionError);
        const found = error.faults.find(fault => fault.path === path);
        assert.match(found?.problem ?? "", problem);
        return;
      }
      assert.fail("accepted");
    });
});
