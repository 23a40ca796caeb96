/** Of all that tests draw. CI has one of its own, so that a red run is the fault of the change. */
export const seed = Number(process.env.CHAT_VIDEO_SEED ?? Math.floor(Math.random() * 1e9));
