/** Why data lies under a key of the company's own; many services' rules say so. */
export const ownKey =
  "Whoever may use the key decides who can read, and use of it is logged; AWS's own keys allow neither";
