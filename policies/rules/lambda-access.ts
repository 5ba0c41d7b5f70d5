/** Who may call functions. */
import { mustBe } from "../demands";
import type { Rule } from "../rule";

const permissions = ["aws:lambda/permission:Permission"];
const urls = ["aws:lambda/functionUrl:FunctionUrl"];
const layerPermissions = ["aws:lambda/layerVersionPermission:LayerVersionPermission"];

export const lambdaAccess: readonly Rule[] = [
  {
    name: "lambda-not-public",
    theme: "exposure",
    title: "A function is called by those who are named",
    why: "Everyone includes every other AWS account",
    fix: "set principal to an account or a service, or principalOrgId to the organization",
    severity: "critical",
    level: "mandatory",
    controls: ["FSBP Lambda.1", "CIS 7.0 2.21"],
    types: permissions,
    check(permission, report) {
      const principal = permission.at("principal").text() ?? "";
      if (
        principal.includes("*") &&
        !["principalOrgId", "sourceAccount"].some(key => permission.at(key).isSet)
      )
        report.refuse(`principal is ${principal}`);
    },
  },
  {
    name: "lambda-permission-source",
    theme: "least-privilege",
    title: "A service calls a function only on behalf of a resource or an account that is named",
    why: "A service works for every customer, and one of them could have it call your function",
    fix: "set sourceArn to what calls; for S3 set sourceAccount too, because a bucket's name may be another's tomorrow",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP Lambda.1"],
    types: permissions,
    check(permission, report) {
      const principal = permission.at("principal").text() ?? "";
      if (!/\.amazonaws\.com(\.cn)?$|^[a-z0-9-]+\.amazon\.com$/.test(principal)) return;
      const isSet = (key: string) => permission.at(key).isSet;
      if (principal === "s3.amazonaws.com" && !isSet("sourceAccount"))
        report.refuse("sourceAccount is not set, and principal is s3.amazonaws.com");
      else if (!["sourceArn", "sourceAccount", "principalOrgId", "eventSourceToken"].some(isSet))
        report.refuse(`neither sourceArn nor sourceAccount is set, and principal is ${principal}`);
    },
  },
  {
    name: "lambda-url-auth",
    theme: "exposure",
    title: "A function's URL asks for a signature",
    why: "Without one anybody on the internet calls the function, and no firewall is before it",
    fix: 'set authorizationType: "AWS_IAM", or put the function behind an API or CloudFront',
    severity: "high",
    level: "mandatory",
    controls: ["FSBP Lambda.1"],
    types: urls,
    check: mustBe("authorizationType", "AWS_IAM"),
  },
  {
    name: "lambda-url-cors",
    theme: "exposure",
    title: "A function's URL does not let every web site call it as its user",
    why: "A page that a user happens to open could then call the function with what the user may",
    fix: "name the origins in cors.allowOrigins, or leave allowCredentials out",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: urls,
    check(url, report) {
      const origins = url.at("cors", "allowOrigins").list();
      report.each(origins, origin => {
        if (/^(https?:\/\/)?\*$/.test(origin.text() ?? "") && url.at("cors", "allowCredentials").is(true))
          report.refuse(`allowOrigins has ${origin.text()}, and allowCredentials is true`);
      });
    },
  },
  {
    name: "lambda-layer-not-public",
    theme: "exposure",
    title: "A layer is used by accounts that are named, or by the organization",
    why: "A layer is code; with it goes to everybody what is written down in it",
    fix: "set principal to an account, or organizationId beside the principal *",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: layerPermissions,
    check(permission, report) {
      if (permission.at("principal").is("*") && !permission.at("organizationId").isSet)
        report.refuse("principal is *, and organizationId is not set");
    },
  },
];
