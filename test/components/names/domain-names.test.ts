import assert from "node:assert/strict";
import fc from "fast-check";
import { checkAddress, checkRange } from "../../../components/names/addresses";
import { checkBelow, checkDomain, resolverName } from "../../../components/names/domain-names";

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/);
const domain = fc
  .tuple(fc.array(label, { maxLength: 5 }), fc.constantFrom("com", "services", "arpa", "x1"))
  .map(([labels, last]) => [...labels, last].join("."));

describe("a domain name", () => {
  it("is labels of letters, digits and inner hyphens", () => {
    fc.assert(fc.property(domain, name => checkDomain(name)));
  });

  const none = {
    nothing: "",
    "the root": ".",
    "a dot at the end": "example.com.",
    "a dot at the beginning": ".example.com",
    "an empty label": "example..com",
    "upper case": "Example.com",
    "an underscore": "_dmarc.example.com",
    "a star": "*.example.com",
    "a hyphen first": "-a.example.com",
    "a hyphen last": "a-.example.com",
    "a space": "a b.com",
    "a new line": "example.com\n",
    "an address": "192.0.2.1",
    "a number": "111122223333",
    "a label of 64": `${"a".repeat(64)}.com`,
    "254 characters": `${"a.".repeat(126)}aa`,
  };
  for (const [what, name] of Object.entries(none))
    it(`is not ${what}`, () => {
      assert.throws(() => checkDomain(name), {
        message: `"${name}" is no domain name`,
      });
    });

  it("may be as long as DNS allows", () => {
    checkDomain(`${"a".repeat(63)}.com`);
    checkDomain(`${"a.".repeat(126)}a`);
  });

  it("is below another one if it ends in it after a dot, and not if it is the same", () => {
    fc.assert(
      fc.property(domain, label, (parent, first) => {
        checkBelow(`${first}.${parent}`, parent);
        assert.throws(() => checkBelow(parent, parent), /is not below/);
        assert.throws(() => checkBelow(parent, `${first}.${parent}`), /is not below/);
        assert.throws(() => checkBelow(`${first}${parent}`, parent), /is not below/);
      }),
    );
  });

  it("that is none has nothing below it and is below nothing", () => {
    assert.throws(() => checkBelow("a.Example.com", "Example.com"), /"Example.com" is no domain name/);
    assert.throws(() => checkBelow("*.example.com", "example.com"), /"\*.example.com" is no domain name/);
  });
});

describe("a name of Resolver's", () => {
  it("is one that Resolver takes, whatever it is made of, and the same for the same", () => {
    fc.assert(
      fc.property(
        fc.oneof(domain, fc.string(), fc.stringMatching(/^\d{12}$/), fc.stringMatching(/^[a-z]{40,80}$/)),
        of => {
          const name = resolverName(of);
          assert.match(name, /^(?!^[0-9]+$)[a-zA-Z0-9\-_ ]{1,64}$/);
          assert.equal(resolverName(of), name);
        },
      ),
    );
  });

  it("tells what it is of", () => {
    assert.equal(resolverName("hub-corp.example.com"), "landing-zone-hub-corp-example-com");
  });
});

describe("an address of a DNS server", () => {
  it("is four numbers up to 255", () => {
    fc.assert(fc.property(fc.ipV4(), checkAddress));
    for (const none of [
      "",
      "10.0.0",
      "10.0.0.256",
      "10.0.0.0/8",
      "2001:db8::1",
      "dns.example.com",
      "10.0.0.01",
    ])
      assert.throws(() => checkAddress(none), { message: `"${none}" is no IPv4 address` });
  });
});

describe("a range of DNS servers", () => {
  it("is private or as narrow, and begins where it says", () => {
    for (const range of ["10.0.0.0/8", "192.0.2.0/24", "203.0.113.7/32", "172.16.0.0/12"]) checkRange(range);
  });

  it("is not anything else", () => {
    for (const none of [
      "",
      "10.0.0.0",
      "10.0.0.0/",
      "10.0.0.0/33",
      "10.0.0.0/8/8",
      "2001:db8::/32",
      "x/8",
      "10.0.0/8",
    ])
      assert.throws(() => checkRange(none), { message: `"${none}" is no IPv4 range` });
  });

  it("says all of its bits", () => {
    assert.throws(() => checkRange("10.1.2.3/8"), /bits beyond its prefix: 10.0.0.0\/8 is meant/);
    assert.throws(() => checkRange("192.0.2.129/25"), /192.0.2.128\/25 is meant/);
  });

  it("is not the internet or much of it", () => {
    for (const range of ["0.0.0.0/0", "0.0.0.0/1", "10.0.0.0/7"])
      assert.throws(() => checkRange(range), /reaches the internet/);
  });
});
