/** How relays name tasks outside of transcripts, by where that stands. */
export const taskWords = {
	/**
	 * Anywhere: what only a task is called, as `task_01k…`, `video_68e…`, `cgt-2025…`, and any of them
	 * or a UUID after its model, as `sora-2:`; `ID:` and `task_id:` are labels. A bare UUID may be
	 * anything where no label says that it is a task's, and so may words with an underscore.
	 */
	form: /(?<![\w.-])(?:(?!(?:task|job|video|[\w.-]*id):)[a-z][\w.-]*:)?(?:(?:task|video|vid|job)_(?=[a-z-]*\d)[\da-z-]{8,}|cgt-\d{8,}[\w-]*|(?:(?<=:)(?<!id:)|(?<=(?:(?:task|job|video|generation)[\s_-]?id|任[务務](?:\s?id)?|(?:^|[\n>])[\s*]{0,3}id)["'\x60“\s:：=#*]{1,6}))[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?![\w-])/gi,
	/** Google's: `models/…/operations/…`, or longer. */
	operation: /^(?:[\w.-]{1,100}\/){0,8}operations\/[\w-]{1,100}$/,
	/** In JSON: at these keys an id of any form. */
	key: /^(?:task|job)_?id$/i,
	/** And at `id` of these. */
	holder: /^(?:task|job)$/,
	/** But none of these: a share's id, an answer's, and the 0 of relays in Go. */
	otherId: /^(?:0|s_|(?:chatcmpl|cmpl|resp|msg|gen)[-_])/i,
	/** In the JSON of an error. */
	errorKey: /^(?:task|job|video|generation)_?id$/i,
	/** In an error's words: an id of any form after what it is called. */
	label:
		/(?:\b(?:task|job|generation|video)[\s_-]*id|\b(?:task|job)|任务(?:ID)?|任務(?:ID)?)["'`“\s:：=#]{1,4}([\w:.-]{8,200})/gi,
	/** But not where they speak of what still goes on: that is another's, which a limit names. */
	ofLimit:
		/still (?:running|process|generating|in progress|queued)|already (?:running|process|generating|in progress)|in progress|concurren|limit|正在|尚未|未完成/i,
	/** In the head of an answer: headers that have an id of any form. */
	header: /(?:^|[-_])(?:task|job)[-_]?id$/,
	/** Where a task can be asked for, as `Location` or `Operation-Location` say it. */
	place: /\/(?:videos?|tasks?|jobs?|generations?)\/([\w:.-]{8,200})/gi,
} as const;
