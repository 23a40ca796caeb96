import type { Conversation } from './conversation';

/** A turn that may be the source of another one. */
export interface Finished {
	index: number;
	prompt: string;
	transcript: string;
	sid?: string;
	taskId?: string;
}

/** Where a modification starts from, or why it cannot. */
export type Source =
	{ kind: 'none' } | { kind: 'found'; sid?: string } | { kind: 'mismatch'; message: string };

const excerptLength = 24;

const firstDifference = (a: Buffer, b: Buffer): number => {
	const shorter = Math.min(a.length, b.length);
	for (let at = 0; at < shorter; at++) if (a[at] !== b[at]) return at;
	return shorter;
};

const excerpt = (bytes: Buffer, at: number) =>
	JSON.stringify(bytes.subarray(Math.max(0, at - 4), at + excerptLength).toString());

/** Says at which byte a text leaves the sent one that it is most like. */
const difference = (index: number, text: string, finished: Finished[]): string => {
	const got = Buffer.from(text);
	const [nearest] = finished
		.map((turn) => {
			const sent = Buffer.from(turn.transcript);
			return { turn, sent, at: firstDifference(sent, got) };
		})
		.sort((a, b) => b.at - a.at);
	const place = `messages[${index}].content`;
	if (!nearest) return `${place} is nothing this relay has sent: it has not finished a turn yet`;
	const { turn, sent, at } = nearest;
	return [
		`${place} is not what this relay sent in turn ${turn.index}: they differ at byte ${at}`,
		`(sent ${sent.length} bytes, got ${got.length});`,
		`sent ${excerpt(sent, at)}, got ${excerpt(got, at)}`,
	].join(' ');
};

/** A strict relay: every previous text byte for byte, after the prompt that led to it. */
export function verbatimSource({ previous }: Conversation, finished: Finished[]): Source {
	let source: Finished | undefined;
	for (const { index, text, prompt } of previous) {
		source = finished.find(({ transcript }) => transcript === text);
		if (!source) return { kind: 'mismatch', message: difference(index, text, finished) };
		if (source.prompt !== prompt) {
			const said = JSON.stringify(source.prompt);
			const message = `messages[${index}] answers ${said}, but stands after ${JSON.stringify(prompt)}`;
			return { kind: 'mismatch', message };
		}
	}
	if (!source) return { kind: 'none' };
	return source.sid === undefined ? { kind: 'found' } : { kind: 'found', sid: source.sid };
}

const sids = /\bs_[0-9A-Za-z]+/g;

/** As the real relays do it: some sid or task id in the last text is enough, wherever it comes from. */
export function looseSource({ previous }: Conversation, finished: Finished[]): Source {
	const last = previous.at(-1);
	if (!last) return { kind: 'none' };
	// The fence's sid is the source of that turn; its own comes last.
	const sid = last.text.match(sids)?.at(-1);
	if (sid) return { kind: 'found', sid };

	const known = finished.find(({ taskId }) => taskId && last.text.includes(taskId));
	if (known?.sid) return { kind: 'found', sid: known.sid };
	if (known || /task_\w+|[0-9a-f]{8}-[0-9a-f-]{27}/.test(last.text)) return { kind: 'found' };
	return {
		kind: 'mismatch',
		message: `messages[${last.index}].content names no video: neither a sid nor a task id`,
	};
}
