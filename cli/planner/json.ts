/** What a command says as JSON: the same bytes for the same value; of a plan but for the milliseconds. */
export const toJson = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
