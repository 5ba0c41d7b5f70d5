#!/usr/bin/env node
// The one file that Node reads by itself: from here on tsx loads TypeScript.
require("tsx/cjs");
require("./main.ts");
