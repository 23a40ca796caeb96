import type { INodeProperties } from 'n8n-workflow';
import { imagesOption } from './images';
import { downloadOptions } from './outputFields';

/** Fields that several operations show, each written once. */

export const modelField: INodeProperties = {
	displayName: 'Model',
	name: 'model',
	type: 'resourceLocator',
	default: { mode: 'list', value: 'sora-2' },
	description: 'The model that makes the video; any the service offers',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a model…',
			typeOptions: { searchListMethod: 'searchModels', searchable: true },
		},
		{ displayName: 'ID', name: 'id', type: 'string', placeholder: 'e.g. sora-2-pro' },
	],
};

/** What the video should be, or how it should change. */
export const promptField = (placeholder: string, description: string): INodeProperties => ({
	displayName: 'Prompt',
	name: 'prompt',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	placeholder,
	description,
});

/** What must be known before it costs something. */
export const costNotice: INodeProperties = {
	displayName:
		'Your service charges for each video, and often for one that fails. The links it gives expire: turn on Download Video to keep the file.',
	name: 'notice',
	type: 'notice',
	default: '',
};

const headersOption: INodeProperties = {
	displayName: 'Headers',
	name: 'headers',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Header',
	default: {},
	description: 'Headers to send along, for instance X-Forwarded-Host',
	options: [
		{
			displayName: 'Header',
			name: 'header',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. X-Forwarded-Host',
				},
				{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			],
		},
	],
};

/** Titles in capitals; `localeCompare` would load the rules of a language, at each start of n8n. */
const byName = (left: INodeProperties, right: INodeProperties): number =>
	left.displayName < right.displayName ? -1 : 1;

/** All options there are; an operation has some of them. */
const options: INodeProperties[] = [
	{
		displayName: 'Body',
		name: 'body',
		type: 'json',
		default: '{}',
		description: 'Fields to add to the request body as JSON, for instance {"max_tokens": 4000}',
	},
	...downloadOptions,
	headersOption,
	imagesOption,
	{
		displayName: 'Idle Timeout',
		name: 'idleTimeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 300,
		description: 'Seconds the service may be silent before the answer counts as broken off',
	},
	{
		displayName: 'Ignore SSL Issues (Insecure)',
		name: 'ignoreSslIssues',
		type: 'boolean',
		default: false,
		description: 'Whether to connect even if the certificate of the service cannot be verified',
	},
	{
		displayName: 'Max Concurrency',
		name: 'maxConcurrency',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1,
		description: 'How many items to work on at the same time; the first item’s value counts',
	},
	{
		displayName: 'Max Tries',
		name: 'maxTries',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 3,
		description:
			'How often to send a request that was refused before anything could be charged, for instance by a busy service',
	},
	{
		displayName: 'Recover',
		name: 'recover',
		type: 'boolean',
		default: true,
		description:
			'Whether to ask for the task when the answer breaks off after it was started, instead of failing',
	},
	{
		displayName: 'Submit Again',
		name: 'submitAgain',
		type: 'boolean',
		default: false,
		description:
			'Whether to send again although an earlier try may have been charged. Turn it on for one run only.',
	},
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1800,
		description: 'Seconds the whole turn may take, queue included',
	},
];

/** The options of an operation, with some of its own; alphabetical, as n8n shows them. */
export const optionsField = (
	names: readonly string[],
	own: readonly INodeProperties[] = [],
): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [...options.filter(({ name }) => names.includes(name)), ...own].sort(byName),
});

/** For the operations that post: all of them. */
export const turnOptions = optionsField(options.map(({ name }) => name));

/** What a download can be told, for the operations that post nothing. */
export const fileOptionNames = [
	...downloadOptions.map(({ name }) => name),
	'idleTimeout',
	'ignoreSslIssues',
];
