import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { defined } from '../chat/defined';
import { ChatError } from '../chat/errors';
import { messageOf } from '../chat/messageOf';
import { InvalidInput } from '../n8n/InvalidInput';
import type { Item } from '../n8n/item';
import { toChanges, toTask, toVideoResult, type JournalRow } from '../n8n/journalRow';
import { toItem } from '../n8n/outputItem';
import type { VideoResult } from '../transcript/result';
import type { ServiceKey } from '../transport/serviceKey';
import { lookUp } from './lookUp';
import type { Operation } from './operation';
import { fileOptions, optionsField, optionsParameter, type Options } from './options';
import { outputFields, outputParameter } from './outputFields';
import { serviceParameter } from './service';
import { toCount } from './values';

const fields: INodeProperties[] = [
	{
		displayName: 'State',
		name: 'state',
		type: 'options',
		options: [
			{
				name: 'Unfinished',
				value: 'unfinished',
				description: 'Paid for, and not delivered, as when n8n was killed; each is given once',
			},
			{ name: 'All', value: 'all', description: 'Every call that is kept, as it is known' },
		],
		default: 'unfinished',
		description: 'Which videos to get',
	},
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
	...outputFields({ downloadVideo: true }),
	optionsField([...fileOptions, 'timeout']),
];

const limitLabel = { title: 'Limit', default: 50 };

/** Gives what the data table of calls knows, and asks the service for what was left alone. */
export const getMany: Operation = {
	option: {
		name: 'Get Many Videos',
		action: 'Get many videos',
		description: 'Get videos that were paid for and not delivered; costs nothing',
	},
	costs: false,
	fields,
	async prepare(item) {
		const { context, index, session } = item;
		const state = context.getNodeParameter('state', index, 'unfinished');
		const returnAll = context.getNodeParameter('returnAll', index, false) === true;
		const limit = returnAll ? 0 : toCount(context.getNodeParameter('limit', index, 50), limitLabel);
		const options = optionsParameter(item);
		const service = await serviceParameter(item);
		const output = { ...outputParameter(item, options), service };
		return async () => {
			const { journal } = session;
			const isAll = state === 'all';
			const found = isAll ? journal.latest(limit) : journal.takeUnfinished(service.baseUrl, limit);
			const items: INodeExecutionData[] = [];
			const given: string[] = [];
			let withoutFile: unknown;
			for (const row of await found.catch(noTable)) {
				const result = isAll ? toVideoResult(row) : await askForRow(item, row, service, options);
				const made = await toItem(item, result, output).catch((cause: unknown) => {
					withoutFile ??= withoutFileOnly(cause);
				});
				if (!made) continue;
				items.push(made);
				if (!isAll && isEnded(result)) given.push(row.call);
			}
			// One file that never comes must not keep the others from whoever waits for them.
			if (items.length === 0 && withoutFile !== undefined) throw withoutFile;
			for (const call of given) session.ready(call);
			// Whoever finds them undelivered must find the execution that has put them out.
			await journal.areSaved(given);
			return items;
		};
	},
};

function noTable(cause: unknown): never {
	throw new InvalidInput(
		`The calls of this node cannot be looked up: ${messageOf(cause)}`,
		'They are kept in a data table, which takes n8n 2 and a workflow that is saved.',
	);
}

/** Asks for the task of a row once; a link that is known already may have expired. */
async function askForRow(
	item: Item,
	row: JournalRow,
	service: ServiceKey,
	options: Options,
): Promise<VideoResult> {
	const known = toVideoResult(row);
	const { prompt, model } = row;
	const log = known.progressLog.slice(0, 1);
	const asked = { ...service, task: toTask(row), prompt, model, log, wait: false };
	const found = await lookUp(item, { ...asked, onEntry: () => {} }, options).catch(
		(cause: unknown) => afterAsking(known, cause),
	);
	const result = known.status === 'completed' && found.status !== 'completed' ? known : found;
	if (isEnded(result)) {
		const recoveredBy = item.context.getExecutionId();
		item.session.journal.amend(row, { ...changesBy(result), recoveredBy });
	}
	return { ...known, ...defined(result) };
}

const isEnded = ({ status }: VideoResult): boolean => status === 'completed' || status === 'failed';

/** Fail on Download leaves the row as it is, for the next time. */
function withoutFileOnly(cause: unknown): ChatError {
	if (cause instanceof ChatError && cause.kind === 'download') return cause;
	throw cause;
}

/** What asking without a result comes to: the relay's no is final, anything else is for later. */
function afterAsking(known: VideoResult, cause: unknown): VideoResult {
	if (!(cause instanceof ChatError) || cause.kind === 'cancelled') throw cause;
	const isFinal = cause.kind === 'failed' || cause.kind === 'moderated';
	return { ...known, status: isFinal ? 'failed' : 'unfinished', reason: cause.message };
}

function changesBy(result: VideoResult): Partial<JournalRow> {
	if (result.status === 'completed') return toChanges({ state: 'done', result });
	return { status: 'failed', note: result.reason ?? '' };
}
