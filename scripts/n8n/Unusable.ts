/** Something on this machine is in the way: one sentence that says what to do. */
export class Unusable extends Error {}
