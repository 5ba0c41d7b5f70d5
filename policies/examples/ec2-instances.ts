import { type Cases, unknown } from "./example";

const template = (props: object) => ({ type: "aws:ec2/launchTemplate:LaunchTemplate", props });
const ofTemplate = { launchTemplate: { id: unknown } };
const tokens = (httpTokens: unknown) => ({ metadataOptions: { httpTokens } });
const encoded = (text: string) => Buffer.from(text).toString("base64");
const machine = (props: Readonly<Record<string, unknown>>, madeFrom = {}) => ({
  type: "aws:ec2/instance:Instance",
  name: "machine",
  props,
  madeFrom,
});
const key = "AKIAIOSFODNN7EXAMPLE";
const bottlerocket = "[settings.ecs]\ncluster = 'shop'\n[settings.kernel]\nlockdown = 'integrity'\n";

export default [
  {
    rule: "ec2-instance-imdsv2",
    accepts: [
      { props: tokens("required") },
      { props: ofTemplate },
      { props: { metadataOptions: { httpEndpoint: "disabled" } } },
    ],
    refuses: [
      {},
      { props: tokens("optional") },
      { props: { ...ofTemplate, ...tokens("optional") } },
      { props: { metadataOptions: {} } },
    ],
    unknown: [{ props: tokens(unknown) }],
  },
  {
    rule: "ec2-launch-template-imdsv2",
    accepts: [{ props: tokens("required") }, { props: { metadataOptions: { httpEndpoint: "disabled" } } }],
    refuses: [{}, { props: tokens("optional") }],
    unknown: [{ props: tokens(unknown) }],
  },
  {
    rule: "ec2-launch-template-hop-limit",
    accepts: [template({ metadataOptions: { httpPutResponseHopLimit: 1 } }), template({}), machine({})],
    refuses: [
      template({ metadataOptions: { httpPutResponseHopLimit: 2 } }),
      machine({ metadataOptions: { httpPutResponseHopLimit: 64 } }),
    ],
    unknown: [machine({ metadataOptions: { httpPutResponseHopLimit: unknown } })],
  },
  {
    rule: "ec2-instance-no-public-ip",
    accepts: [{ props: { associatePublicIpAddress: false } }, {}],
    refuses: [{ props: { associatePublicIpAddress: true } }],
    unknown: [{ props: { associatePublicIpAddress: unknown } }],
  },
  {
    rule: "ec2-launch-template-no-public-ip",
    accepts: [{ props: { networkInterfaces: [{ associatePublicIpAddress: "false" }] } }, {}],
    refuses: [
      { props: { networkInterfaces: [{ associatePublicIpAddress: "true" }] } },
      { props: { networkInterfaces: [unknown, { associatePublicIpAddress: true }] } },
    ],
    unknown: [{ props: { networkInterfaces: unknown } }],
  },
  {
    rule: "ec2-instance-profile",
    accepts: [{ props: { iamInstanceProfile: unknown } }, { props: ofTemplate }],
    refuses: [{}, { props: { iamInstanceProfile: "" } }],
  },
  {
    rule: "ec2-no-key-pair",
    accepts: [machine({}), template({ imageId: unknown })],
    refuses: [
      machine({ keyName: "laptop" }),
      template({ keyName: unknown }),
      { type: "aws:ec2/keyPair:KeyPair", props: { publicKey: "ssh-ed25519" } },
    ],
  },
  {
    rule: "ec2-root-volume-encrypted",
    accepts: [{ props: { rootBlockDevice: { encrypted: true } } }, { props: ofTemplate }],
    refuses: [
      { props: { rootBlockDevice: { encrypted: false } } },
      {},
      { props: { ...ofTemplate, rootBlockDevice: { volumeSize: 20 } } },
    ],
    unknown: [{ props: { rootBlockDevice: { encrypted: unknown } } }],
  },
  {
    rule: "ec2-extra-volumes-encrypted",
    accepts: [{ props: { ebsBlockDevices: [{ deviceName: "/dev/sdf", encrypted: true }] } }, {}],
    refuses: [
      { props: { ebsBlockDevices: [{ deviceName: "/dev/sdf" }] } },
      { props: { ebsBlockDevices: [{ encrypted: unknown }, { encrypted: false }] } },
    ],
    unknown: [{ props: { ebsBlockDevices: unknown } }],
  },
  {
    rule: "ec2-launch-template-volumes-encrypted",
    accepts: [
      { props: { blockDeviceMappings: [{ deviceName: "/dev/sda1", ebs: { encrypted: "true" } }] } },
      { props: { blockDeviceMappings: [{ ebs: { encrypted: true } }, { virtualName: "ephemeral0" }] } },
      {},
    ],
    refuses: [
      { props: { blockDeviceMappings: [{ deviceName: "/dev/sda1", ebs: { volumeSize: 20 } }] } },
      { props: { blockDeviceMappings: [{ ebs: { encrypted: "false" } }] } },
    ],
    unknown: [{ props: { blockDeviceMappings: [{ ebs: unknown }] } }],
  },
  {
    rule: "ec2-spot-fleet-volumes-encrypted",
    accepts: [
      { props: { launchSpecifications: [{ rootBlockDevices: [{ encrypted: true }] }] } },
      { props: { launchSpecifications: [{ ebsBlockDevices: [{ encrypted: true }] }, {}] } },
    ],
    refuses: [
      { props: { launchSpecifications: [{ rootBlockDevices: [{ volumeSize: 20 }] }] } },
      {
        props: {
          launchSpecifications: [{ rootBlockDevices: unknown, ebsBlockDevices: [{ encrypted: false }] }],
        },
      },
    ],
    unknown: [{ props: { launchSpecifications: [{ rootBlockDevices: [{ encrypted: unknown }] }] } }],
  },
  {
    rule: "ec2-single-eni",
    accepts: [machine({}), template({ networkInterfaces: [{ deviceIndex: 0 }] })],
    refuses: [
      template({ networkInterfaces: [{ deviceIndex: 0 }, unknown] }),
      machine({ secondaryNetworkInterfaces: [{ networkInterfaceId: unknown }] }),
      template({ secondaryInterfaces: [{}] }),
    ],
    unknown: [template({ networkInterfaces: unknown })],
  },
  {
    rule: "ec2-no-paravirtual",
    accepts: [machine({ instanceType: "m7g.large" }), machine({ instanceType: "c3x.large" }), template({})],
    refuses: [machine({ instanceType: "m1.small" }), template({ instanceType: "t1.micro" })],
    unknown: [machine({ instanceType: unknown })],
  },
  {
    rule: "ec2-source-dest-check",
    accepts: [{ props: { sourceDestCheck: true } }, {}],
    refuses: [{ props: { sourceDestCheck: false } }, machine({ sourceDestCheck: false })],
    unknown: [{ props: { sourceDestCheck: unknown } }],
  },
  {
    rule: "ec2-detailed-monitoring",
    accepts: [
      machine({ monitoring: true }),
      template({ monitoring: { enabled: true } }),
      machine({ tags: { environment: "dev" } }),
    ],
    refuses: [
      machine({ tags: { environment: "prod" } }),
      machine({ monitoring: false }),
      template({ monitoring: { enabled: false } }),
      template({}),
    ],
    unknown: [machine({ monitoring: unknown }), machine({ monitoring: false, tags: unknown })],
  },
  {
    rule: "ec2-termination-protection",
    accepts: [
      { props: { disableApiTermination: true } },
      { props: ofTemplate },
      { props: { tags: { environment: "dev" } } },
    ],
    refuses: [{}, { props: { ...ofTemplate, disableApiTermination: false } }],
    unknown: [{ props: { disableApiTermination: unknown } }],
  },
  {
    rule: "ec2-no-secrets-in-user-data",
    accepts: [
      machine({ userData: "#!/bin/sh\nDB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id db)\n" }),
      template({ userData: encoded(bottlerocket) }),
      machine({ userData: "password=" }),
      machine({}),
    ],
    refuses: [
      machine({ userData: "#!/bin/sh\nexport DB_PASSWORD=correct-horse-battery\n" }),
      machine({ userData: `aws_access_key_id = ${key}` }),
      template({ userData: encoded(`export AWS_ACCESS_KEY_ID=${key}`) }),
      machine({ userDataBase64: encoded("-----BEGIN OPENSSH PRIVATE KEY-----") }),
      machine({ userData: unknown, userDataBase64: encoded("api_token: 0123456789abcdef") }),
    ],
    unknown: [machine({ userData: unknown })],
  },
  {
    rule: "ec2-account-imds-defaults",
    accepts: [{ props: { httpTokens: "required" } }],
    refuses: [{}, { props: { httpTokens: "optional" } }, { props: { httpTokens: "no-preference" } }],
    unknown: [{ props: { httpTokens: unknown } }],
  },
  {
    rule: "ec2-serial-console-off",
    accepts: [{ props: { enabled: false } }],
    refuses: [{}, { props: { enabled: true } }],
    unknown: [{ props: { enabled: unknown } }],
  },
  {
    rule: "ec2-ami-block-public",
    accepts: [{ props: { state: "block-new-sharing" } }],
    refuses: [{ props: { state: "unblocked" } }, {}],
    unknown: [{ props: { state: unknown } }],
  },
  {
    rule: "ec2-image-known-owner",
    accepts: [
      [{ ...template({ imageId: "resolve:ssm:/aws/service/bottlerocket/image_id" }), name: "template" }],
      [
        machine({ ami: unknown }, { ami: ["image"] }),
        { type: "aws:imagebuilder/image:Image", name: "image" },
      ],
      [machine(ofTemplate)],
    ],
    refuses: [
      [machine({ ami: "ami-0123456789abcdef0" })],
      [{ ...template({ imageId: "ami-0123456789abcdef0", ami: "resolve:ssm:/image" }), name: "template" }],
    ],
    unknown: [[machine({ ami: unknown })], [machine({ ami: unknown }, { ami: ["image"] }), machine({})]],
  },
] satisfies Cases[];
