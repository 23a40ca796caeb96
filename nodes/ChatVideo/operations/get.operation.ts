import type { INodeProperties } from 'n8n-workflow';
import { linksOf } from '../chat/errors';
import { InvalidInput } from '../n8n/InvalidInput';
import { createProgressStream } from '../n8n/progressStream';
import { toItem } from '../n8n/outputItem';
import type { LogEntry } from '../transcript/progressLog';
import type { VideoResult } from '../transcript/result';
import { lookUp } from './lookUp';
import type { Operation } from './operation';
import { fileOptions, optionsField, optionsParameter } from './options';
import { outputFields, outputParameter } from './outputFields';
import { textParameter } from './parameters';
import { serviceParameter } from './service';

const fields: INodeProperties[] = [
	{
		displayName: 'Task ID',
		name: 'taskId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. task_01k7dzptgwf2z87wj2c3t36qk0',
		description: 'The task to ask for: in an item, an error, or the log of the execution',
	},
	...outputFields({ downloadVideo: true }),
	optionsField([...fileOptions, 'sourceUrl', 'timeout', 'wait']),
];

/** Asks for a task by its id, once or until it is done; nothing it sends costs. */
export const get: Operation = {
	option: {
		name: 'Get Video',
		action: 'Get video',
		description: 'Get the result of a task that was started before; costs nothing',
	},
	costs: false,
	fields,
	async prepare(item) {
		const { context, index } = item;
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
		const options = optionsParameter(item);
		const { sourceUrl, wait } = options;
		const output = outputParameter(item, options);
		const service = await serviceParameter(item);
		const asked = {
			...service,
			task: linksOf({ taskId, sourceUrl }),
			model: '',
			prompt: '',
			log: [],
			wait,
			isLookUp: true,
		} as const;
		return async () => {
			const progressStream = createProgressStream(context, index, service.apiKey);
			const onEntry = (entry: LogEntry): void => progressStream.write([entry]);
			let result: VideoResult | undefined;
			try {
				result = await lookUp(item, { ...asked, onEntry }, options);
			} finally {
				progressStream.end(result);
			}
			return await toItem(item, result, { ...output, service });
		};
	},
};
