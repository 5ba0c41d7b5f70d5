/** Shorter ones say nothing. The policies ask for as much. */
const shortestReason = 20;

/** Whether words are enough to say why something is less secure than it could be; blanks at the ends do not count. */
export const isReason = (words: string): boolean => words.trim().length >= shortestReason;
