// The SDK's runner compiles TypeScript too, but type-checks whatever changed: seconds longer to start, and a type
// error stops a deployment. tsx only strips types; `npm test` checks them.
require("tsx/cjs");
// The SDK's runner installs source maps of its own, which know nothing of tsx's: a broken rule would be told at a line of
// the code that tsx made.
Error.prepareStackTrace = undefined;
require("./pack.ts");
