/** Characters one event may have; the largest real ones carry a whole transcript of a few KB. */
export const largestEvent = 8 * 1024 * 1024;

/** Characters one transcript may have: a thousand times a real one, so only a fault reaches it. */
export const largestTranscript = 4 * 1024 * 1024;

/** Characters a history may have as JSON; it is sent with every turn. */
export const largestHistory = 1_000_000;
