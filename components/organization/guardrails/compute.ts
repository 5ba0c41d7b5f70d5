import { type Guardrail, type GuardrailSettings, serviceControl } from "./settings";

/** Source: Amazon EC2 user guide, "Configure the Instance Metadata Service", "Example IAM policies". */
export const imdsv2Only = (): Guardrail =>
  serviceControl(
    {
      Sid: "StartWithImdsv2",
      Effect: "Deny",
      Action: "ec2:RunInstances",
      Resource: "arn:aws:ec2:*:*:instance/*",
      Condition: { StringNotEquals: { "ec2:MetadataHttpTokens": "required" } },
    },
    {
      Sid: "StayWithImdsv2",
      Effect: "Deny",
      Action: "ec2:ModifyInstanceMetadataOptions",
      Resource: "*",
      Condition: { StringEquals: { "ec2:Attribute/HttpTokens": "optional" } },
    },
    {
      Sid: "NoCredentialsFromImdsv1",
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { NumericLessThan: { "ec2:RoleDelivery": "2.0" } },
    },
  );

export const instanceFamilies = ({ instanceFamilies: families }: GuardrailSettings): Guardrail =>
  serviceControl({
    Sid: "InstanceFamilies",
    Effect: "Deny",
    Action: "ec2:RunInstances",
    Resource: "arn:aws:ec2:*:*:instance/*",
    Condition: { StringNotLike: { "ec2:InstanceType": families.map(family => `${family}.*`) } },
  });

/**
 * A shell comes through Session Manager, which records it. What it can not record, because it carries something else
 * inside, is refused, and so are keys for SSH.
 * Source: Systems Manager user guide, "Logging session activity".
 */
export const noSsh = (): Guardrail =>
  serviceControl(
    {
      Sid: "NoSshKeys",
      Effect: "Deny",
      Action: [
        "ec2:CreateKeyPair",
        "ec2:ImportKeyPair",
        "ec2-instance-connect:OpenTunnel",
        "ec2-instance-connect:SendSSHPublicKey",
        "ec2-instance-connect:SendSerialConsoleSSHPublicKey",
      ],
      Resource: "*",
    },
    {
      Sid: "NoUnrecordedSessions",
      Effect: "Deny",
      Action: "ssm:StartSession",
      // To a remote host by way of a task: see noShellInProd.
      Resource: ["SSHSession", "PortForwardingSession", "PortForwardingSessionToSocket"].map(
        document => `arn:aws:ssm:*:*:document/AWS-Start${document}`,
      ),
    },
  );
