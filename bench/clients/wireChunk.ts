/** What all who parse by hand look at. */
export interface WireChunk {
	choices: Array<{ delta?: { content?: string | null } }>;
}

export const textOf = (data: string): string =>
	(JSON.parse(data) as WireChunk).choices[0]?.delta?.content ?? '';
