/** How the tests of what products keep have it kept. */
import { at } from "../planned";
import { alarmTopics } from "../told";

export const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";
export const kept = { at, keyArn, deletionProtection: true, multiZone: true, alarmTopics };
