import type { INodeProperties, NodeParameterValueType } from 'n8n-workflow';
import { isRecord } from '../chat/json';
import { InvalidInput } from '../n8n/InvalidInput';
import type { Item } from '../n8n/item';
import { toBody } from './body';
import { headerRows, toHeaders } from './headers';
import { isUnset, toBytes, toCount, toFlag, toMilliseconds, type Label } from './values';

/** All there is to say about one option. */
interface Option<Value> {
	field: Omit<INodeProperties, 'name' | 'default'>;
	/** What counts where nothing is set. */
	default: NodeParameterValueType;
	/**
	 * Makes the value of what is set.
	 *
	 * @throws {InvalidInput} when that cannot be used
	 */
	read(value: unknown, label: Label): Value;
	/** It changes what is sent: with another value it is another call. */
	inRequest?: true;
}

const flag = (displayName: string, usual: boolean, description: string) =>
	({ field: { displayName, type: 'boolean', description }, default: usual, read: toFlag }) as const;

const amount = (
	displayName: string,
	usual: number,
	description: string,
	read: (value: unknown, label: Label) => number,
) =>
	({
		field: { displayName, type: 'number', typeOptions: { minValue: 1 }, description },
		default: usual,
		read,
	}) as const;

/** All options there are, one row each, in the order of the panel. */
const table = {
	body: {
		field: {
			displayName: 'Body',
			type: 'json',
			description: 'Fields to add to the request body as JSON, for instance {"max_tokens": 4000}',
		},
		default: '{}',
		read: toBody,
		inRequest: true,
	},
	downloadPoster: flag(
		'Download Poster',
		false,
		'Whether to put the still picture of the video in the binary field "poster"',
	),
	downloadTimeout: amount(
		'Download Timeout (Seconds)',
		3_600, // the largest usual file at 300 KB/s
		'Seconds the download of one file may take',
		toMilliseconds,
	),
	failOnDownload: flag(
		'Fail on Download',
		false,
		'Whether the item fails when a file cannot be downloaded, instead of keeping its links and a note',
	),
	headers: {
		field: {
			displayName: 'Headers',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Header',
			description: 'Headers to send along, for instance X-Forwarded-Host',
			options: headerRows,
		},
		default: {},
		read: toHeaders,
	},
	idleTimeout: amount(
		'Idle Timeout (Seconds)',
		300,
		'Seconds the service may be silent before the answer counts as broken off',
		toMilliseconds,
	),
	ignoreSslIssues: flag(
		'Ignore SSL Issues (Insecure)',
		false,
		'Whether to connect even if the certificate of the service cannot be verified',
	),
	keepTrack: flag(
		'Keep Track',
		true,
		'Whether to note each call in the data table "Chat Video calls", so that a paid video is found again even after n8n was killed',
	),
	maxConcurrency: amount(
		'Max Concurrency',
		1,
		'How many items to work on at the same time; the first item’s value counts',
		toCount,
	),
	maxSize: amount(
		'Max Size (MB)',
		1_024, // a minute of video in high definition is a tenth of it
		'Megabytes a downloaded file may have',
		toBytes,
	),
	maxTries: amount(
		'Max Tries',
		3,
		'How often to send a request that was refused before anything could be charged, for instance by a busy service',
		toCount,
	),
	recover: flag(
		'Recover',
		true,
		'Whether to ask for the task when the answer breaks off after it was started, instead of failing',
	),
	sleepWhileWaiting: flag(
		'Sleep While Waiting',
		false,
		'Whether to let go of the connection while the video is made, and have n8n wake the execution when it may be done. Meanwhile it holds no worker and survives a restart; the video comes about a minute late. For many videos at once. The connection is held all the same where the service gives no link to the data of the task, for an agent’s tool, for a chat or a webhook that waits for the answer, and where n8n cannot wake the node; the log says so.',
	),
	sourceUrl: {
		field: {
			displayName: 'Source URL',
			type: 'string',
			placeholder: 'e.g. https://asyncdata.net/source/task_01k7dzptgwf2z87wj2c3t36qk0',
			description:
				'The data link of the task, from its transcript; many services have the state of their tasks only there',
		},
		default: '',
		read: toSourceUrl,
	},
	submitAgain: flag(
		'Submit Again',
		false,
		'Whether to send again although an earlier try may have been charged. Turn it on for one run only.',
	),
	timeout: amount(
		'Timeout (Seconds)',
		1_800,
		'Seconds the whole turn may take, queue included; a download has its own',
		toMilliseconds,
	),
	wait: flag('Wait', true, 'Whether to wait until the video is done, instead of asking once'),
} as const satisfies Record<string, Option<unknown>>;

export type OptionName = keyof typeof table;

/** What is set in the options, or usual; seconds have become milliseconds, megabytes bytes. */
export type Options = { [Name in OptionName]: ReturnType<(typeof table)[Name]['read']> };

const names = Object.keys(table) as OptionName[];

/** The options that change what is sent. */
export const optionsInRequest = names.filter((name) => 'inRequest' in table[name]);

/** What a download goes by, for the operations that post nothing. */
export const fileOptions: readonly OptionName[] = [
	'downloadPoster',
	'downloadTimeout',
	'failOnDownload',
	'idleTimeout',
	'ignoreSslIssues',
	'maxSize',
];

const ofGet: readonly OptionName[] = ['sourceUrl', 'wait'];

/** For the operations that post. */
export const turnOptions = names.filter((name) => !ofGet.includes(name));

/** The options of an operation, in the order of the table. */
export const optionsField = (shown: readonly OptionName[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: names
		.filter((name) => shown.includes(name))
		.map((name) => ({ ...table[name].field, name, default: table[name].default })),
});

/**
 * Reads the options.
 *
 * @throws {InvalidInput} for one that cannot be used, by its name in the panel
 */
export function optionsParameter({ context, index }: Pick<Item, 'context' | 'index'>): Options {
	const given: unknown = context.getNodeParameter('options', index, {});
	const set = isRecord(given) ? given : {};
	return Object.fromEntries(names.map((name) => [name, read(name, set[name])])) as Options;
}

function read(name: OptionName, value: unknown): unknown {
	const row: Option<unknown> = table[name];
	return row.read(isUnset(value) ? row.default : value, toLabel(row));
}

const toLabel = ({ field, default: usual }: Option<unknown>): Label => ({
	title: field.displayName.replace(/ \([^()]*\)$/, ''),
	default: usual,
});

/** The link to a task's data; empty where there is none. */
function toSourceUrl(value: unknown): string {
	const url = typeof value === 'string' ? value.trim() : '';
	if (url === '' || (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))) return url;
	throw new InvalidInput(
		'Source URL is not an http(s) address',
		'Copy the data link of the transcript, or leave it empty.',
	);
}
