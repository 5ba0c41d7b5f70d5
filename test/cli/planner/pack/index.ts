import { PolicyPack } from "@pulumi/policy";

/** Topics say by their display name what the rules are to do with them. */
const topic = "aws:sns/topic:Topic";

new PolicyPack("test-pack", {
  policies: [
    {
      name: "meddles",
      description: "Writes into what it is given",
      enforcementLevel: "advisory",
      validateResource: ({ name, props }) => {
        if (name === "meddled") props["displayName"] = "bad";
      },
    },
    {
      name: "no-bad-name",
      description: "No topic is bad",
      enforcementLevel: "mandatory",
      validateResource: ({ type, props }, report) => {
        if (type === topic && String(props["displayName"]).startsWith("bad"))
          report(`the name is ${props["displayName"]}`);
      },
    },
    {
      name: "throws",
      description: "Fails on purpose",
      enforcementLevel: "advisory",
      validateResource: ({ type, props }) => {
        if (type === topic && props["displayName"] === "throw") throw new Error("this rule is broken");
      },
    },
    {
      name: "explicit-provider",
      description: "No default provider",
      enforcementLevel: "advisory",
      validateResource: ({ type, provider }, report) => {
        if (type === topic && provider?.name.startsWith("default_")) report("it has the default provider");
      },
    },
    {
      name: "mends",
      description: "Topics have a master key",
      enforcementLevel: "advisory",
      configSchema: {
        properties: { key: { type: "string" }, strict: { type: "string", enum: ["yes", "no"] } },
      },
      remediateResource: ({ type, props, getConfig }) =>
        type === topic ? { ...props, kmsMasterKeyId: getConfig<{ key?: string }>().key } : undefined,
    },
    {
      name: "pairs",
      description: "Of topics there are two, one made of the other",
      enforcementLevel: "advisory",
      validateStack: ({ resources }, report) => {
        const [made] = resources.filter(
          ({ propertyDependencies }) => propertyDependencies["displayName"]?.length,
        );
        if (made)
          report(
            `${made.name} of ${made.provider?.name} is made of ${made.propertyDependencies["displayName"]?.[0]?.name}`,
            made.urn,
          );
      },
    },
  ],
});
