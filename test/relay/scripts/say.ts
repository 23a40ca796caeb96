import type { Beat } from '../beat';

/** Text, one delta each. */
export const say = (...texts: string[]): Beat[] => texts.map((content) => ({ delta: { content } }));
