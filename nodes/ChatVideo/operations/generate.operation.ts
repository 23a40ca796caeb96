import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { toUserMessage } from '../chat/messages';
import { modelField, simplifyField, turnOptions } from './fields';
import type { Operation } from './operation';
import { modelParameter, promptParameter } from './parameters';
import { toTurnJob } from './turnJob';

const fields: INodeProperties[] = [
	modelField,
	{
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. A calico kitten asleep in the sun, landscape',
		description:
			'What the video should show. Most services take orientation and definition from its words.',
	},
	simplifyField,
	turnOptions,
];

export const generate: Operation = {
	option: {
		name: 'Generate Video',
		value: 'generate',
		action: 'Generate video',
		description: 'Make a video from a prompt',
	},
	fields: updateDisplayOptions({ show: { operation: ['generate'] } }, fields),
	async prepare(item) {
		const model = modelParameter(item);
		const prompt = promptParameter(item);
		return await toTurnJob(item, { model, prompt, messages: [toUserMessage(prompt)] });
	},
};
