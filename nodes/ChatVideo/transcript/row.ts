import type { Fact } from './effects';
import type { places } from './patterns';

/** One way in which relays say one fact. The capture groups are the fact's values, in order. */
export interface Row {
	fact: Fact;
	/** Without the flag `u`: it makes words many times slower to find. */
	pattern: RegExp;
	/** Where it counts, if not everywhere. */
	at?: keyof typeof places;
	/** For speed: only lines that match this are looked at. */
	within?: RegExp;
	/** What is found counts only in lines that match this as well. */
	given?: RegExp;
	/** The value is the rest of the line, or the line from the match on. */
	takes?: 'rest' | 'sentence';
}
