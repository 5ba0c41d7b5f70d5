/** `npm run bench [-- sizes [RESOURCES...] | accounts [ACCOUNTS...] | policies]`: what plans cost; without words, all. */
import { accounts } from "./accounts";
import { policies } from "./policies";
import { sizes } from "./sizes";

const [which, ...given] = process.argv.slice(2);
const numbers = given.map(Number);
if (which === undefined || which === "sizes")
  console.log(sizes(numbers.length > 0 ? numbers : [2_500, 5_000, 15_000]));
if (which === undefined || which === "accounts")
  console.log(accounts(numbers.length > 0 ? numbers : [5, 50, 200]));
if (which === undefined || which === "policies") console.log(policies());
