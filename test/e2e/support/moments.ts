import type { Relay } from '../../relay/relay';
import type { Situation } from '../../relay/situations';
import type { CallsTable, Row } from './callsTable';
import { chatVideo, itemsOf, type Given } from './chain';
import { until } from './until';
import { webhook } from './webhook';

/** Where an execution is when its process dies. */
export interface Moment {
	/** What its items ask for. */
	prompts: readonly string[];
	/** Which rows there are by then. */
	statuses: readonly string[];
	/** The node before or after the generation does not end. */
	held?: 'before' | 'after';
}

export const moments = {
	'before the generation began': { prompts: ['Early'], held: 'before', statuses: [] },
	'after it was sent, before an id came': { prompts: ['Unnamed'], statuses: ['sent'] },
	'in the middle of it': { prompts: ['Halfway'], statuses: ['task'] },
	'while its file was fetched': { prompts: ['Made'], statuses: ['done'] },
	'in a later node': { prompts: ['Late'], held: 'after', statuses: ['done'] },
	'in the second of three items': {
		prompts: ['First', 'Halfway, second', 'Third'],
		statuses: ['done', 'task'],
	},
} satisfies Record<string, Moment>;

const situations: Record<string, Situation> = {
	Unnamed: { kind: 'generate', silentAt: 'beforeTask' },
	Halfway: { kind: 'generate', silentAt: 'afterProgress' },
	Made: { kind: 'generate', media: { answer: 'silent' } },
};

/** For the relay: how it holds a generation at its moment. */
export const situationOf = ({ prompt }: { prompt: string }): Situation | undefined =>
	Object.entries(situations).find(([name]) => prompt.startsWith(name))?.[1];

/** The time is in what is sent, so that no two tries send the same. */
const withoutTime = (prompt = ''): string => prompt.replace(/ \d+$/, '');

/** What holds executions at their moments, and lets them go on. */
export interface Holding {
	/** A workflow's, the first of which starts it. */
	nodes(moment: Moment): Given[];
	untilReached(...all: readonly Moment[]): Promise<void>;
	/** From here on nothing is held. */
	release(): void;
	/** Which tasks of it were paid for. */
	billed(moment: Moment): string[];
}

export function holdAtMoments(relay: Relay, calls: CallsTable): Holding {
	const gate = relay.publish('gif', { answer: 'silent' });
	const held = (name: string): Given => ({
		name,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: { url: `${gate}?${name}`, options: {} },
	});
	const isOf = ({ prompts }: Moment, prompt = ''): boolean => prompts.includes(withoutTime(prompt));
	const isReached = (moment: Moment, rows: readonly Row[]): boolean => {
		const statuses = rows.filter(({ prompt }) => isOf(moment, prompt)).map(({ status }) => status);
		const isHeld =
			moment.held === undefined ||
			relay.requests.some(({ path }) => path.endsWith(`?${moment.held}`));
		return isHeld && statuses.join() === moment.statuses.join();
	};
	return {
		nodes: (moment) => [
			webhook(),
			...(moment.held === 'before' ? [held('before')] : []),
			itemsOf(...moment.prompts.map((prompt) => ({ prompt }))),
			chatVideo({ prompt: '={{ $json.prompt }} {{ $now.toMillis() }}' }),
			...(moment.held === 'after' ? [held('after')] : []),
		],
		untilReached: (...all) =>
			until(async () => {
				const rows = await calls.rows(relay.url);
				return all.every((moment) => isReached(moment, rows));
			}),
		release() {
			const files = relay.turns.map(({ videoUrl }) => videoUrl);
			for (const url of [gate, ...files.filter((file) => file !== undefined)]) {
				const medium = relay.archive.medium(new URL(url).pathname);
				if (medium !== undefined) medium.behaviour = {};
			}
		},
		billed: (moment) =>
			relay.bills.filter(({ prompt }) => isOf(moment, prompt)).map(({ taskId }) => taskId),
	};
}
