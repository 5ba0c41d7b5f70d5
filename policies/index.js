// The SDK's runner compiles TypeScript too, but type-checks whatever changed: seconds longer to start, and a type
// error stops a deployment. tsx only strips types; `npm test` checks them.
require("tsx/cjs");
require("./pack.ts");
