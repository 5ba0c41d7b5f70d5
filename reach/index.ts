/** Who can reach whom in a plan's networks: read from the planned resources, decided packet by packet. */
export { decide } from "./decide";
export type { Decision, Party, Question } from "./decision";
export { flowText } from "./flows";
export type { Network, NotUnderstood } from "./model";
export { type Cell, type Overview, overviewOf } from "./overview";
export { groupsOfPlaces, outsiders, partiesOf, sharedName } from "./parties";
export { networkOf } from "./read";
export type { Resource, StackOfResources } from "./resource";
export type { Hop } from "./walk";
