import { promptField, turnFields } from './fields';
import { historyFields, historyParameter } from './history';
import type { Operation } from './operation';
import { toTurnJob } from './turnJob';

/** A video is changed: one more turn of the conversation it came from, sent back word by word. */
export const modify: Operation = {
	option: {
		name: 'Modify Video',
		action: 'Modify video',
		description: 'Change a video that was made before',
	},
	costs: true,
	fields: turnFields(
		promptField('e.g. Give the kitten a tiny straw hat', 'What to change in the video'),
		historyFields,
	),
	async prepare(item) {
		return await toTurnJob(item, '', await historyParameter(item));
	},
};
