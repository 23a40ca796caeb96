/** Where services count their states, and what the numbers mean. */
const counted: ReadonlyArray<readonly [path: string, number: RegExp, word: string]> = [
	['Resp.status', /^5$/, 'generating'],
	['Resp.status', /^6$/, 'expired'],
	['Resp.status', /^7$/, 'moderated'],
	['Resp.status', /^8$/, 'failed'],
	['successFlag', /^0$/, 'generating'],
	['successFlag', /^[23]$/, 'failed'],
	['successFlag', /^[14]$/, 'completed'], // the last of one whose callback failed
];

/** What a task endpoint may say besides the state of its task; those words are in `chat/states.ts`. */
export const statusWords = {
	/** Around a task: that it could answer, which says nothing of the task. */
	envelope: /^(?:\d+|ok|true|success|none|null|nil|n\/a|无|無|-)$/i,
	counted,
	/** A state that is counted in some way of its own. */
	number: /^(?:-?\d{1,2}|100)$/,
	/** With a status of 200, of a task it does not know. */
	notFound:
		/^(?:[^:：,，]{0,40}[:：,，]\s?)?(?:the )?(?:task|job|record|video)(?:[\s_]id)?[\s_](?:(?:is|was|does) )?(?:not[\s_](?:found|exists?)|doesn['’]t exist)\W*$|^(?:[^:：,，]{0,40}[:：,，]\s?)?(?:任务|任務|记录|記錄)(?:ID)?(?:不存在|未找到)\W*$/i,
	/** With a status of 200, where it could not answer at all. */
	notAnswered:
		/unauthori[sz]ed|(?:invalid|incorrect) (?:api key|token)|无效的令牌|internal (?:server )?error|try (?:again )?later|not[ _]?found/i,
	/** Of a step that left the video as it was, where it failed. */
	upsampling: /upsampl|upscal|放大|超分/i,
};
