import { type Cases, unknown } from "./example";

const target = "aws:cloudwatch/eventTarget:EventTarget";
const machine = "aws:sfn/stateMachine:StateMachine";
const schedule = (ecsParameters: unknown) => ({ props: { target: { ecsParameters } } });
const running = (AwsvpcConfiguration: unknown) => ({
  type: machine,
  props: {
    definition: JSON.stringify({
      States: {
        Each: { Type: "Map", Run: [{ Arguments: { NetworkConfiguration: { AwsvpcConfiguration } } }] },
      },
    }),
  },
});

export default [
  {
    rule: "ecs-run-no-public-ip",
    accepts: [
      schedule({ networkConfiguration: { subnets: [unknown], assignPublicIp: false } }),
      schedule(undefined),
      { type: target, props: { ecsTarget: { networkConfiguration: { subnets: ["subnet-1"] } } } },
      running({ Subnets: ["subnet-1"], AssignPublicIp: "DISABLED" }),
      { type: machine, props: { definition: '{"States":{"Done":{"Type":"Succeed"}}}' } },
    ],
    refuses: [
      schedule({ networkConfiguration: { assignPublicIp: true } }),
      { type: target, props: { ecsTarget: { networkConfiguration: { assignPublicIp: true } } } },
      running({ Subnets: ["subnet-1"], AssignPublicIp: "ENABLED" }),
      running({ Subnets: ["subnet-1"] }),
      {
        type: machine,
        props: {
          definition: JSON.stringify({
            States: {
              Run: { Parameters: { NetworkConfiguration: { awsvpcConfiguration: { Subnets: unknown } } } },
            },
          }),
        },
      },
    ],
    unknown: [
      schedule({ networkConfiguration: { assignPublicIp: unknown } }),
      schedule(unknown),
      { type: target, props: { ecsTarget: unknown } },
      { type: machine, props: { definition: unknown } },
      running(unknown),
      running({ AssignPublicIp: unknown }),
      { type: machine, props: { definition: JSON.stringify({ States: { Run: unknown } }) } },
    ],
  },
  {
    rule: "ecs-run-no-shell",
    accepts: [
      schedule({ enableExecuteCommand: false }),
      schedule({}),
      { type: target, props: { ecsTarget: {} } },
    ],
    refuses: [
      schedule({ enableExecuteCommand: true }),
      { type: target, props: { ecsTarget: { enableExecuteCommand: true } } },
    ],
    unknown: [schedule({ enableExecuteCommand: unknown })],
  },
] satisfies Cases[];
