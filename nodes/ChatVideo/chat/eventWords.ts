/** What relays call an event, or say in one, that is no part of the answer. */
export const eventWords = {
	/** The name of an event that only holds the connection, whatever its data. */
	keepAlive: /^(?:ping|pong|heart_?beat|keep[-_]?alive)$/i,
	/** In JSON with a message, a type or a state that makes it no error but a word on the way. */
	notice:
		/^(?:ping|pong|heart_?beat|keep[-_]?alive|comment|log|debug|status|progress|info|notice|queued?|queueing|pending|waiting|submitted|processing|running|generating|in_progress|completed?|succeeded|success|finished)$/i,
	/** And a code that does. */
	success: /^(?:0|200|ok|success)$/i,
	/** What a text that is no stream must hold to be worth reading. */
	mayName: /https?:\/\/|task|任务|任務/i,
	/** A finish reason by which the service kept the video back. */
	filtered:
		/content_?filter|safety|prohibited|blocklist|guardrail|^(?:spii|recitation|refusal|sensitive|moderat\w*)$|toxic/i,
	/** And one by which it broke off. */
	broken: /^error(?:_limit)?$/i,
} as const;
