/** Controls of Security Hub that are not in the edition of FSBP in fsbp.ts; only those that a rule may stand for. */
export const securityHub = `
Account.2
APIGateway.10 APIGateway.11

BedrockAgentCore.1 BedrockAgentCore.2 BedrockAgentCore.5 BedrockAgentCore.6
CloudFront.2 CloudFront.16 CloudFront.17
CloudTrail.3 CloudTrail.6 CloudTrail.7 CloudTrail.10
CloudWatch.1 CloudWatch.2 CloudWatch.3 CloudWatch.4 CloudWatch.5 CloudWatch.6 CloudWatch.7 CloudWatch.8 CloudWatch.9 CloudWatch.10 CloudWatch.11 CloudWatch.12 CloudWatch.13 CloudWatch.14 CloudWatch.15 CloudWatch.16 CloudWatch.17
Cognito.1 Cognito.4 Cognito.5 Cognito.6
DynamoDB.4
EC2.12 EC2.13 EC2.14 EC2.22 EC2.28 EC2.29 EC2.33 EC2.34 EC2.35 EC2.36 EC2.37 EC2.38 EC2.39 EC2.40 EC2.41 EC2.42 EC2.43 EC2.44 EC2.45 EC2.46 EC2.47 EC2.48 EC2.49 EC2.50 EC2.52 EC2.53 EC2.54 EC2.182 EC2.183
ECR.5
ECS.13 ECS.14 ECS.15 ECS.16 ECS.17 ECS.18 ECS.19 ECS.20
EKS.3
ElasticBeanstalk.2
ELB.8 ELB.16 ELB.21 ELB.22
EventBridge.4
IAM.9 IAM.10 IAM.19 IAM.22 IAM.26
KMS.4
Lambda.3 Lambda.7
MSK.2
Neptune.9
Opensearch.11
RDS.26 RDS.38 RDS.39 RDS.46 RDS.50 RDS.51
S3.4 S3.7 S3.14 S3.15 S3.17 S3.20 S3.22 S3.23
SES.3
WAF.11
`;
