/** The same question of every client. */
export const ask = {
	model: 'sora-2',
	messages: [{ role: 'user', content: 'A calico kitten asleep in the sun' }],
	stream: true,
} as const;

export const apiKey = 'sk-benchmark';

/** For the clients that have no other way to ask than by hand. */
export const request = {
	method: 'POST',
	headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
	body: JSON.stringify(ask),
} as const;

export const endpoint = (baseUrl: string): string => `${baseUrl}/v1/chat/completions`;
