import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { costNotice, modelField, promptField } from './fields';
import { imagesField } from './images';
import type { Operation } from './operation';
import { optionsField, turnOptions } from './options';
import { outputFields } from './outputFields';
import { modelParameter, promptParameter } from './parameters';
import { shapeFields, shapeParameter } from './shape';
import { toTurnJob } from './turnJob';

const fields: INodeProperties[] = [
	modelField,
	promptField('e.g. A calico kitten asleep in the sun', 'What the video should show'),
	imagesField,
	...shapeFields,
	...outputFields({ downloadVideo: true }),
	costNotice,
	optionsField(turnOptions),
];

/** A prompt becomes a video: one turn, with nothing before it. */
export const generate: Operation = {
	option: {
		name: 'Generate Video',
		value: 'generate',
		action: 'Generate video',
		description: 'Make a video from a prompt',
	},
	costs: true,
	fields: updateDisplayOptions({ show: { operation: ['generate'] } }, fields),
	async prepare(item) {
		return await toTurnJob(item, {
			model: modelParameter(item),
			prompt: promptParameter(item),
			shape: shapeParameter(item),
			history: [],
		});
	},
};
