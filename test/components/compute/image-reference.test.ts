import assert from "node:assert/strict";
import fc from "fast-check";
import { imageReference, repositoryOf } from "../../../components/compute/image-reference";
import { cachedImage, sidecarImages } from "../../../components/compute/sidecars/images";
import { at } from "../planned";
import { registry } from "./tasks";

const digest = `sha256:${"0a".repeat(32)}`;

describe("an image's reference", () => {
  it("names a tag or a digest in the account's registry", () => {
    assert.equal(imageReference(at, "orders/api", "1.2.3"), `${registry}/orders/api:1.2.3`);
    assert.equal(imageReference(at, "orders/api", digest), `${registry}/orders/api@${digest}`);
  });

  it("leads back to the repository, whatever that is", () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,8}([._-][a-z0-9]{1,4})?$/);
    const release = fc.oneof(
      fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/).filter(tag => tag !== "latest"),
      fc.constant(digest),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), release, (parts, its) => {
        const name = parts.join("/");
        assert.equal(repositoryOf(at, imageReference(at, name, its)), name);
      }),
    );
  });

  for (const [release, message] of [
    ["latest", /orders\/api is latest, which is another image tomorrow/],
    ["", /must be a tag/],
    ["-1", /must be a tag/],
    ["a b", /must be a tag/],
    ["a".repeat(129), /must be a tag/],
    ["sha256:abc", /must be a tag .*sha256: and 64/],
    [`sha256:${"A0".repeat(32)}`, /must be a tag/],
  ] as const)
    it(`refuses the release ${release.slice(0, 20)}`, () =>
      assert.throws(() => imageReference(at, "orders/api", release), message));

  it("refuses a repository that is none", () => {
    for (const name of ["", "Orders/api", "orders//api", "orders/api:1"])
      assert.throws(() => imageReference(at, name, "1"), /repositoryName is/);
  });

  it("refuses to look in other registries, and for what has no release", () => {
    for (const image of [
      "public.ecr.aws/docker/library/nginx:1.28.0",
      "nginx",
      `${registry}/orders/api`,
      `${registry}/orders/api:latest`,
      `${registry.replace("1111", "4444")}/orders/api:1`,
      `${registry.replace("central", "west")}/orders/api:1`,
    ])
      assert.throws(() => repositoryOf(at, image), /it must be 1{4}2{4}3{4}\.dkr\.ecr/, image);
  });

  it("has what runs beside a task cached, with a release that stays", () => {
    for (const image of Object.values(sidecarImages)) {
      const cached = cachedImage(at, image);
      assert.ok(cached.startsWith(`${registry}/bases/ecr-public/`), cached);
      assert.ok(cached.endsWith(image.replace("public.ecr.aws/", "")), cached);
    }
    assert.equal(
      cachedImage(at, `public.ecr.aws/nginx/nginx@${digest}`),
      `${registry}/bases/ecr-public/nginx/nginx@${digest}`,
    );
    assert.throws(() => cachedImage(at, "public.ecr.aws/nginx/nginx:latest"), /latest/);
    assert.throws(() => cachedImage(at, "public.ecr.aws/nginx/nginx"), /must be a tag/);
    assert.throws(() => cachedImage(at, "docker.io/nginx:1"), /need no credentials/);
  });
});
