import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { InvalidInput } from '../n8n/InvalidInput';
import { isRecord } from '../chat/json';
import { createProgressStream } from '../n8n/progressStream';
import { toItem } from '../n8n/outputItem';
import type { VideoResult } from '../transcript/result';
import type { LogEntry } from '../transcript/progressLog';
import { redact } from '../call/redact';
import { fileOptionNames, optionsField } from './fields';
import type { Operation } from './operation';
import { outputFields, outputParameter } from './outputFields';
import { optionsParameter, textParameter } from './parameters';
import { toApiKey, toBaseUrl } from './service';

const fields: INodeProperties[] = [
	{
		displayName: 'Task ID',
		name: 'taskId',
		type: 'string',
		default: '',
		placeholder: 'e.g. task_01k7dzptgwf2z87wj2c3t36qk0',
		description: 'The task to ask for: in an item, an error, or the log of the execution',
	},
	...outputFields,
	optionsField(
		[...fileOptionNames, 'timeout'],
		[
			{
				displayName: 'Source URL',
				name: 'sourceUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://asyncdata.net/source/task_01k7dzptgwf2z87wj2c3t36qk0',
				description:
					'The link to the data of the task, from its transcript; many services tell about their tasks only there',
			},
			{
				displayName: 'Wait',
				name: 'wait',
				type: 'boolean',
				default: true,
				description: 'Whether to wait until the video is done, instead of asking once',
			},
		],
	),
];

/** Asks for a task by its id, once or until it is done; nothing it sends costs. */
export const get: Operation = {
	option: {
		name: 'Get Video',
		value: 'get',
		action: 'Get video',
		description: 'Get the result of a task that was started before; costs nothing',
	},
	fields: updateDisplayOptions({ show: { operation: ['get'] } }, fields),
	async prepare(item) {
		const { context, index, session } = item;
		const taskId = textParameter(item, 'taskId');
		if (taskId === '') {
			throw new InvalidInput('Task ID is empty', 'Enter the id of the task, e.g. task_01k7….');
		}
		if (/[\s\p{Cc}]/u.test(taskId)) {
			const found = JSON.stringify(taskId.slice(0, 100));
			throw new InvalidInput(
				`Task ID holds a blank or a line break: ${found}`,
				'Enter the id alone, e.g. task_01k7….',
			);
		}
		const options: unknown = context.getNodeParameter('options', index, {});
		const { sourceUrl, wait } = isRecord(options) ? options : {};
		const source = toSourceUrl(sourceUrl);
		const turnOptions = optionsParameter(item);
		const { timeout, ignoreSslIssues } = turnOptions;
		const output = outputParameter(item, turnOptions);
		const { baseUrl, apiKey } = await context.getCredentials('chatVideoApi', index);
		const task = { taskId, ...(source !== '' && { sourceUrl: source }) };
		const asked = {
			baseUrl: toBaseUrl(baseUrl),
			apiKey: toApiKey(apiKey),
			task,
			model: '',
			prompt: '',
			log: [],
			once: wait === false,
			allows: session.allows,
		};
		return async () => {
			const [{ recover }, { createDeadline: openWatch }] = await Promise.all([
				import('../call/recover'),
				import('../transport/deadline'),
			]);
			const client = await session.client(ignoreSslIssues);
			const progressStream = createProgressStream(context, index, asked.apiKey);
			const deadline = openWatch({ timeout, cancel: session.cancel });
			let result: VideoResult;
			try {
				const onEntry = (entry: LogEntry): void => progressStream.write(undefined, [entry]);
				const found = await recover(client, { ...asked, onEntry }, deadline);
				result = redact(found, asked.apiKey);
			} catch (cause) {
				throw redact(cause, asked.apiKey);
			} finally {
				deadline.close();
				progressStream.end();
			}
			return await toItem(item, result, output);
		};
	},
};

function toSourceUrl(value: unknown): string {
	const url = typeof value === 'string' ? value.trim() : '';
	if (url !== '' && !(URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))) {
		throw new InvalidInput(
			'Source URL is not an http(s) address',
			'Copy the data link of the transcript, or leave it empty.',
		);
	}
	return url;
}
