import type { Invariant } from './invariant';

/** A second after the last execution nothing is connected any more. */
export const closesItsSockets: Invariant = ({ socketsLeft }) =>
	socketsLeft === 0 ? [] : [`${socketsLeft} sockets are still open`];
