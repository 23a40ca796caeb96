import { taskIdsOf } from './taskIds';

/** The first task that JSON of a relay names outside its text. */
export const taskIdOf = (value: object): string | undefined => taskIdsOf(value)[0];
