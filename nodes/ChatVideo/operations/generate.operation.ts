import { promptField, turnFields } from './fields';
import type { Operation } from './operation';
import { shapeFields, shapeParameter } from './shape';
import { toTurnJob } from './turnJob';

/** A prompt becomes a video: one turn, with nothing before it. */
export const generate: Operation = {
	option: {
		name: 'Generate Video',
		action: 'Generate video',
		description: 'Make a video from a prompt',
	},
	costs: true,
	fields: turnFields(
		promptField('e.g. A calico kitten asleep in the sun', 'What the video should show'),
		shapeFields,
	),
	async prepare(item) {
		return await toTurnJob(item, shapeParameter(item), []);
	},
};
