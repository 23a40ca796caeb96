import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { costNotice, modelField, promptField } from './fields';
import { historyFields, historyParameter } from './history';
import { imagesField } from './images';
import type { Operation } from './operation';
import { optionsField, turnOptions } from './options';
import { outputFields } from './outputFields';
import { modelParameter, promptParameter } from './parameters';
import { toTurnJob } from './turnJob';

const fields: INodeProperties[] = [
	modelField,
	promptField('e.g. Give the kitten a tiny straw hat', 'What to change in the video'),
	imagesField,
	...historyFields,
	...outputFields({ downloadVideo: true }),
	costNotice,
	optionsField(turnOptions),
];

/** A video is changed: one more turn of the conversation it came from, sent back word by word. */
export const modify: Operation = {
	option: {
		name: 'Modify Video',
		value: 'modify',
		action: 'Modify video',
		description: 'Change a video that was made before',
	},
	costs: true,
	fields: updateDisplayOptions({ show: { operation: ['modify'] } }, fields),
	async prepare(item) {
		return await toTurnJob(item, {
			model: modelParameter(item),
			prompt: promptParameter(item),
			shape: '',
			history: await historyParameter(item),
		});
	},
};
