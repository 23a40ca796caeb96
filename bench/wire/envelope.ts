/** One event as the reference relay writes it: the same envelope around every delta. */
export function envelope(delta: object, finishReason: string | null = null, more = {}): string {
	const chunk = {
		id: 'chatcmpl-89C77NMqv7oh6ajWBZful0xBNsJN1',
		object: 'chat.completion.chunk',
		created: 1_760_338_775,
		model: 'sora-2',
		choices: [{ index: 0, delta, finish_reason: finishReason }],
		...more,
	};
	return `data: ${JSON.stringify(chunk)}\n\n`;
}
