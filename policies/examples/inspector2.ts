import { type Cases, unknown } from "./example";

const organization = (autoEnable: unknown) => ({
  type: "aws:inspector2/organizationConfiguration:OrganizationConfiguration",
  props: { autoEnable },
});

const scan = (rule: string, type: string, property: string): Cases => ({
  rule,
  accepts: [
    { props: { resourceTypes: ["EC2", "ECR", "LAMBDA", "LAMBDA_CODE"] } },
    organization({ ec2: true, ecr: true, lambda: true, lambdaCode: true }),
    { props: { resourceTypes: [unknown, type] } },
  ],
  refuses: [
    { props: { resourceTypes: ["EC2", "ECR", "LAMBDA", "LAMBDA_CODE"].filter(one => one !== type) } },
    organization({ ec2: true, ecr: true, lambda: true, lambdaCode: true, [property]: false }),
    organization({}),
  ],
  unknown: [{ props: { resourceTypes: unknown } }, organization({ [property]: unknown })],
});

export default [
  scan("inspector-ec2", "EC2", "ec2"),
  scan("inspector-ecr", "ECR", "ecr"),
  scan("inspector-lambda-code", "LAMBDA_CODE", "lambdaCode"),
  scan("inspector-lambda", "LAMBDA", "lambda"),
] satisfies Cases[];
