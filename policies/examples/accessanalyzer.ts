import { type Cases, unknown } from "./example";

const delegation = {
  type: "aws:organizations/delegatedAdministrator:DelegatedAdministrator",
  name: "delegation",
  props: { servicePrincipal: "access-analyzer.amazonaws.com" },
};
const analyzer = (type: string, region = "eu-central-1") => ({
  type: "aws:accessanalyzer/analyzer:Analyzer",
  name: `${type}-${region}`,
  props: { type, region },
});
const detector = (region: string) => ({
  type: "aws:guardduty/detector:Detector",
  name: `detector-${region}`,
  props: { region },
});

export default [
  {
    rule: "accessanalyzer-external",
    accepts: [
      [delegation, analyzer("ORGANIZATION"), detector("eu-central-1")],
      [{ ...delegation, props: { servicePrincipal: "config.amazonaws.com" } }],
    ],
    refuses: [
      [delegation],
      [delegation, analyzer("ORGANIZATION_UNUSED_ACCESS")],
      [delegation, analyzer("ORGANIZATION"), detector("eu-central-1"), detector("eu-west-1")],
    ],
    unknown: [[delegation, analyzer(unknown)]],
  },
  {
    rule: "accessanalyzer-unused",
    accepts: [
      [delegation, analyzer("ORGANIZATION_UNUSED_ACCESS")],
      [{ ...delegation, props: { servicePrincipal: "config.amazonaws.com" } }],
    ],
    refuses: [[delegation], [delegation, analyzer("ORGANIZATION")]],
    unknown: [[delegation, analyzer(unknown)]],
  },
] satisfies Cases[];
