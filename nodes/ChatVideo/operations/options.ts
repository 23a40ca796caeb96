import type { INodeProperties } from 'n8n-workflow';
import { isRecord } from '../chat/json';
import type { Item } from '../n8n/item';
import { toBytes, toCount, toFlag, toMilliseconds } from './amounts';
import { toBody } from './body';
import { headerRows, toHeaders } from './headers';
import type { Label, Option } from './option';
import { toSourceUrl } from './sourceUrl';

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
	downloadPoster: {
		field: {
			displayName: 'Download Poster',
			type: 'boolean',
			description: 'Whether to put the still picture of the video in the binary field "poster"',
		},
		default: false,
		read: toFlag,
	},
	downloadTimeout: {
		field: {
			displayName: 'Download Timeout (Seconds)',
			type: 'number',
			typeOptions: { minValue: 1 },
			description: 'Seconds the download of one file may take',
		},
		default: 3_600, // the largest usual file at 300 KB/s
		read: toMilliseconds,
	},
	failOnDownload: {
		field: {
			displayName: 'Fail on Download',
			type: 'boolean',
			description:
				'Whether the item fails when a file cannot be downloaded, instead of keeping its links and a note',
		},
		default: false,
		read: toFlag,
	},
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
	idleTimeout: {
		field: {
			displayName: 'Idle Timeout (Seconds)',
			type: 'number',
			typeOptions: { minValue: 1 },
			description: 'Seconds the service may be silent before the answer counts as broken off',
		},
		default: 300,
		read: toMilliseconds,
	},
	ignoreSslIssues: {
		field: {
			displayName: 'Ignore SSL Issues (Insecure)',
			type: 'boolean',
			description: 'Whether to connect even if the certificate of the service cannot be verified',
		},
		default: false,
		read: toFlag,
	},
	keepTrack: {
		field: {
			displayName: 'Keep Track',
			type: 'boolean',
			description:
				'Whether to note each call in the data table "Chat Video calls", so that a paid video is found again even after n8n was killed',
		},
		default: true,
		read: toFlag,
	},
	maxConcurrency: {
		field: {
			displayName: 'Max Concurrency',
			type: 'number',
			typeOptions: { minValue: 1 },
			description: 'How many items to work on at the same time; the first item’s value counts',
		},
		default: 1,
		read: toCount,
	},
	maxSize: {
		field: {
			displayName: 'Max Size (MB)',
			type: 'number',
			typeOptions: { minValue: 1 },
			description: 'Megabytes a downloaded file may have',
		},
		default: 1_024, // a minute of video in high definition is a tenth of it
		read: toBytes,
	},
	maxTries: {
		field: {
			displayName: 'Max Tries',
			type: 'number',
			typeOptions: { minValue: 1 },
			description:
				'How often to send a request that was refused before anything could be charged, for instance by a busy service',
		},
		default: 3,
		read: toCount,
	},
	recover: {
		field: {
			displayName: 'Recover',
			type: 'boolean',
			description:
				'Whether to ask for the task when the answer breaks off after it was started, instead of failing',
		},
		default: true,
		read: toFlag,
	},
	sleepWhileWaiting: {
		field: {
			displayName: 'Sleep While Waiting',
			type: 'boolean',
			description:
				'Whether to let go of the connection while the video is made, and have n8n wake the execution when it may be done. Meanwhile it holds no worker and survives a restart; the video comes about a minute late. For many videos at once. The connection is held all the same where the service gives no link to the data of the task, for an agent’s tool, for a chat or a webhook that waits for the answer, and where n8n cannot wake the node; the log says so.',
		},
		default: false,
		read: toFlag,
	},
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
	submitAgain: {
		field: {
			displayName: 'Submit Again',
			type: 'boolean',
			description:
				'Whether to send again although an earlier try may have been charged. Turn it on for one run only.',
		},
		default: false,
		read: toFlag,
	},
	timeout: {
		field: {
			displayName: 'Timeout (Seconds)',
			type: 'number',
			typeOptions: { minValue: 1 },
			description: 'Seconds the whole turn may take, queue included; a download has its own',
		},
		default: 1_800,
		read: toMilliseconds,
	},
	wait: {
		field: {
			displayName: 'Wait',
			type: 'boolean',
			description: 'Whether to wait until the video is done, instead of asking once',
		},
		default: true,
		read: toFlag,
	},
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
	options: names.filter((name) => shown.includes(name)).map(toField),
});

const toField = (name: OptionName): INodeProperties => {
	const { field, default: usual } = table[name];
	return { ...field, name, default: usual };
};

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
	const isSet = value !== undefined && value !== null && value !== '';
	return row.read(isSet ? value : row.default, toLabel(row));
}

const toLabel = ({ field, default: usual }: Option<unknown>): Label => ({
	title: field.displayName.replace(/ \([^()]*\)$/, ''),
	default: usual,
});
