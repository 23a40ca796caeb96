/** The soak (`npm run test:soak`) takes everything; the ordinary run a fixed part of what is many. */
export const isSoak = process.env.CHAT_VIDEO_SOAK !== undefined;

/** One of every so many, beginning with the one at `from`; all of them in the soak. */
export const sampled = <T>(all: readonly T[], every: number, from = 0): T[] =>
	isSoak ? [...all] : all.filter((_, index) => index % every === from % every);
